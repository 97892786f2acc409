//! The types of changes, each with its stable name, its compatibility and its sentence.

use std::fmt;

use crate::compatibility::Compatibility;

/// The second part of a sentence: the clients that are affected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Audience {
    /// None: the fact says it all.
    Unnamed,
    /// The same clients at every level.
    Fixed(&'static str),
    /// Those that the level and the direction select, because other values are valid.
    Values,
    /// The same, because an element was added.
    Added,
    /// The same, because an element was removed.
    Removed,
    /// The same, because an element became required.
    Required,
    /// The same, because an element became optional.
    Optional,
}

/// Declares the ids. Each has a name, the compatibility of such a change, unless the comparison finds
/// another one, such as by a proof, and both parts of its sentence.
macro_rules! change_ids {
    ($($id:ident = $name:literal, $compatibility:ident, $fact:literal, $audience:expr;)*) => {
        /// The type of a change. [`ChangeId::as_str`] is its stable name.
        ///
        /// Each is described by the fact in its sentences. `{subject}` and `{name}` stand for
        /// [`Change::subject`](crate::Change::subject) and [`Change::name`](crate::Change::name),
        /// `{changed}` and `{keywords}` for the former and the new value.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ChangeId {
            $(#[doc = concat!("\"", $fact, "\"")] $id,)*
        }

        impl ChangeId {
            /// All ids.
            pub const ALL: &[Self] = &[$(Self::$id,)*];

            /// Returns the stable name, such as `property-became-required`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$id => $name,)*
                }
            }

            /// Returns the compatibility of such a change, unless the comparison finds another one.
            pub(crate) fn compatibility(self) -> Compatibility {
                match self {
                    $(Self::$id => Compatibility::$compatibility,)*
                }
            }

            /// Returns both parts of a sentence: the fact with placeholders, and the audience.
            pub(crate) fn sentence(self) -> (&'static str, Audience) {
                use Audience::{Added, Fixed, Optional, Removed, Required, Unnamed, Values};
                match self {
                    $(Self::$id => ($fact, $audience),)*
                }
            }
        }
    };
}

change_ids! {
    OperationAdded = "operation-added", ADDITIVE, "{subject} was added", Unnamed;
    OperationRemoved = "operation-removed", BREAKING, "{subject} was removed", Fixed("clients that call it fail");
    DeprecatedOperationRemoved = "deprecated-operation-removed", BREAKING, "{subject}, which was deprecated, was removed", Fixed("clients that call it fail");
    OperationMoved = "operation-moved", BREAKING, "{subject} is now {new}", Fixed("clients that use the old method or path fail");
    PathRewritten = "path-rewritten", DOCUMENTATION, "{subject} is now written {new} instead of {old}", Fixed("requests stay the same, but names in generated code can change");
    CallbackAdded = "callback-added", ADDITIVE, "the callback `{name}` of {subject} was added", Fixed("clients need not support it");
    CallbackRemoved = "callback-removed", BREAKING, "the callback `{name}` of {subject} was removed", Fixed("clients that wait for it receive nothing");
    CallbackRenamed = "callback-renamed", DOCUMENTATION, "the callback {old} of {subject} is now called {new}", Fixed("requests stay the same, but names in generated code can change");
    CallbackOperationAdded = "callback-operation-added", ADDITIVE, "the callback operation `{name}` of {subject} was added", Fixed("clients need not support it");
    CallbackOperationRemoved = "callback-operation-removed", BREAKING, "the callback operation `{name}` of {subject} was removed", Fixed("clients that wait for it receive nothing");
    WebhookAdded = "webhook-added", ADDITIVE, "the webhook `{name}` was added", Fixed("clients need not support it");
    WebhookRemoved = "webhook-removed", BREAKING, "the webhook `{name}` was removed", Fixed("clients that wait for it receive nothing");
    BehaviouralExtensionChanged = "behavioural-extension-changed", ADDITIVE, "`{name}` of {subject} {changed}", Fixed("clients that act on it may behave differently");
    ContractExtensionAdded = "contract-extension-added", ADDITIVE, "`{name}` of {subject} {changed}", Fixed("clients need not use it");
    ContractExtensionChanged = "contract-extension-changed", BREAKING, "`{name}` of {subject} {changed}", Fixed("clients that follow the old one may send or read something else");
    ContractExtensionRemoved = "contract-extension-removed", BREAKING, "`{name}` of {subject} {changed}", Fixed("clients that use it can no longer rely on it");
    ServerAdded = "server-added", ADDITIVE, "the server `{name}` of {subject} was added", Unnamed;
    ServerRemoved = "server-removed", BREAKING, "the server `{name}` of {subject} was removed", Fixed("clients that use the old URL fail");
    ServerReplaced = "server-replaced", BREAKING, "the server of {subject} {changed}", Fixed("clients that use the old URL fail");
    DefaultServerChanged = "default-server-changed", BREAKING, "the first server of {subject} {changed}", Fixed("clients without a configured URL now use the new one");
    ServerVariablesChanged = "server-variables-changed", BREAKING, "`variables` of {subject} {changed}", Fixed("clients that set them may use another URL");
    ServerUrlsAdded = "server-urls-added", ADDITIVE, "the server `{name}` of {subject} now also stands for {new list}", Unnamed;
    ServerUrlsRemoved = "server-urls-removed", BREAKING, "the server `{name}` of {subject} no longer stands for {old list}", Fixed("clients that use these URLs fail");
    ServerRewritten = "server-rewritten", DOCUMENTATION, "the server {old} of {subject} is now written {new}", Fixed("requests stay the same");
    BasePathMoved = "base-path-moved", DOCUMENTATION, "`{name}` of all URLs moved from {old} to {new}", Fixed("requests stay the same, but names in generated code can change");
    SecurityTightened = "security-tightened", BREAKING, "{subject} changed from {old requirements} to {new requirements}", Fixed("existing credentials are no longer sufficient");
    SecurityRelaxed = "security-relaxed", ADDITIVE, "{subject} changed from {old requirements} to {new requirements}", Fixed("existing credentials keep working");
    SecurityRewritten = "security-rewritten", DOCUMENTATION, "{subject} changed from {old requirements} to {new requirements}", Fixed("the same credentials are accepted");
    ScopesIneffective = "scopes-ineffective", DOCUMENTATION, "the scopes that operations list for {subject} changed, which has no effect because only `oauth2` and `openIdConnect` have scopes", Values;
    SecuritySchemeChanged = "security-scheme-changed", BREAKING, "`{name}` of {subject} {changed}", Fixed("existing credentials may be rejected");
    OauthFlowAdded = "oauth-flow-added", ADDITIVE, "the flow `{name}` of {subject} was added", Unnamed;
    OauthFlowRemoved = "oauth-flow-removed", BREAKING, "the flow `{name}` of {subject} was removed", Fixed("clients that use it receive no token");
    OauthUrlChanged = "oauth-url-changed", BREAKING, "`{name}` of {subject} {changed}", Fixed("clients that use the old URL fail");
    OauthUrlAdded = "oauth-url-added", ADDITIVE, "`{name}` of {subject} {changed}", Fixed("clients need not use it");
    OauthScopeAdded = "oauth-scope-added", ADDITIVE, "the scope `{name}` of {subject} was added", Unnamed;
    OauthScopeRemoved = "oauth-scope-removed", BREAKING, "the scope `{name}` of {subject} was removed", Fixed("clients that request it fail");
    OauthScopeDescriptionChanged = "oauth-scope-description-changed", DOCUMENTATION, "the description of the scope `{name}` of {subject} changed", Values;
    ParameterAdded = "parameter-added", ADDITIVE, "{subject} was added", Fixed("clients need not send it");
    RequiredParameterAdded = "required-parameter-added", BREAKING, "{subject} was added and is required", Fixed("requests without it are rejected");
    ParameterRemoved = "parameter-removed", BREAKING, "{subject} was removed", Removed;
    ParameterRenamed = "parameter-renamed", DOCUMENTATION, "the name of {subject} {changed}", Fixed("requests stay the same, but names in generated code can change");
    ParametersRegrouped = "parameters-regrouped", DOCUMENTATION, "the query parameters {old list} of {subject} are now described by {new list}", Fixed("requests stay the same, but names in generated code can change");
    ParameterBecameRequired = "parameter-became-required", NARROWER, "{subject} is now required", Required;
    ParameterBecameOptional = "parameter-became-optional", WIDER, "{subject} is now optional", Optional;
    EmptyValueAllowed = "empty-value-allowed", WIDER, "{subject} can now be empty", Values;
    EmptyValueForbidden = "empty-value-forbidden", NARROWER, "{subject} must no longer be empty", Values;
    ReservedCharactersAllowed = "reserved-characters-allowed", WIDER, "reserved characters in {subject} need no longer be percent-encoded", Values;
    ReservedCharactersForbidden = "reserved-characters-forbidden", NARROWER, "reserved characters in {subject} must now be percent-encoded", Values;
    SerializationChanged = "serialization-changed", BREAKING, "`{name}` of {subject} {changed}", Fixed("clients that use the old form fail");
    ContentKeywordChanged = "content-keyword-changed", BREAKING, "{subject} is now described by {new} instead of {old}", Fixed("its serialization may be different");
    RequestBodyAdded = "request-body-added", ADDITIVE, "{subject} now accepts a request body", Fixed("clients need not send one");
    RequiredRequestBodyAdded = "required-request-body-added", BREAKING, "{subject} now requires a request body", Fixed("requests without one are rejected");
    RequestBodyRemoved = "request-body-removed", BREAKING, "the request body of {subject} was removed", Fixed("the server ignores what clients send");
    RequestBodyBecameRequired = "request-body-became-required", NARROWER, "{subject} is now required", Required;
    RequestBodyBecameOptional = "request-body-became-optional", WIDER, "{subject} is now optional", Optional;
    SuccessResponseAdded = "success-response-added", WIDER, "the response {name} of {subject} was added", Fixed("clients may receive a response that they do not expect");
    OtherResponseAdded = "other-response-added", ADDITIVE, "the response {name} of {subject} is now described", Unnamed;
    ResponseRemoved = "response-removed", BREAKING, "the response {name} of {subject} was removed", Fixed("clients that read it can no longer rely on it");
    ResponseNarrowed = "response-narrowed", NARROWER, "the response {name} of {subject} is now only {statuses}", Values;
    HeaderAdded = "header-added", ADDITIVE, "the header `{name}` of {subject} was added", Fixed("clients need not use it");
    RequiredHeaderAdded = "required-header-added", NARROWER, "the header `{name}` of {subject} was added and is required", Required;
    HeaderRemoved = "header-removed", BREAKING, "the header `{name}` of {subject} was removed", Removed;
    HeaderRenamed = "header-renamed", DOCUMENTATION, "the header `{name}` of {subject} is now written {new} instead of {old}", Fixed("responses stay the same");
    HeaderBecameRequired = "header-became-required", NARROWER, "{subject} is now required", Required;
    HeaderBecameOptional = "header-became-optional", WIDER, "{subject} is now optional", Optional;
    MediaTypeAdded = "media-type-added", ADDITIVE, "{subject} {media type added}", Fixed("clients need not use it");
    MediaTypeRemoved = "media-type-removed", BREAKING, "{subject} can no longer be `{name}`", Fixed("clients that support no other media type fail");
    MediaTypeWidened = "media-type-widened", WIDER, "{subject} {media type widened}", Values;
    MediaTypeNarrowed = "media-type-narrowed", NARROWER, "{subject} can now only be {new list} instead of any `{name}`", Values;
    MediaTypeRewritten = "media-type-rewritten", DOCUMENTATION, "the media type {old} of {subject} is now written {new}", Fixed("messages stay the same");
    EncodingChanged = "encoding-changed", BREAKING, "`{name}` of {subject} {changed}", Values;
    ContentSchemaAdded = "content-schema-added", NARROWER, "{subject} now has a schema", Values;
    ContentSchemaRemoved = "content-schema-removed", WIDER, "{subject} no longer has a schema", Values;
    TypeChanged = "type-changed", UNPROVEN, "{keywords}", Values;
    NullAllowed = "null-allowed", UNPROVEN, "{subject} can now be `null`", Values;
    NullForbidden = "null-forbidden", UNPROVEN, "{subject} can no longer be `null`", Values;
    FormatChanged = "format-changed", UNPROVEN, "{keywords}", Values;
    EnumChanged = "enum-changed", UNPROVEN, "`{name}` of {subject} {values}", Values;
    PatternChanged = "pattern-changed", UNPROVEN, "{keywords}", Values;
    LimitChanged = "limit-changed", UNPROVEN, "{keywords}", Values;
    KeywordChanged = "keyword-changed", UNPROVEN, "`{name}` of {subject} {changed}", Values;
    DefaultChanged = "default-changed", REQUEST_BREAKING, "`{name}` of {subject} {changed}", Fixed("clients that omit it may get another result");
    XmlChanged = "xml-changed", UNPROVEN, "`{name}` of {subject} {changed}", Values;
    PropertyAdded = "property-added", UNPROVEN, "{subject} was added", Added;
    RequiredPropertyAdded = "required-property-added", UNPROVEN, "{subject} was added and is required", Added;
    PropertyRemoved = "property-removed", UNPROVEN, "{subject} was removed", Removed;
    PropertyBecameRequired = "property-became-required", NARROWER, "{subject} is now required", Required;
    PropertyBecameOptional = "property-became-optional", WIDER, "{subject} is now optional", Optional;
    PropertyBecameReadOnly = "property-became-read-only", UNPROVEN, "{subject} is now `readOnly`", Removed;
    PropertyNoLongerReadOnly = "property-no-longer-read-only", UNPROVEN, "{subject} is no longer `readOnly`", Values;
    PropertyBecameWriteOnly = "property-became-write-only", UNPROVEN, "{subject} is now `writeOnly`", Removed;
    PropertyNoLongerWriteOnly = "property-no-longer-write-only", UNPROVEN, "{subject} is no longer `writeOnly`", Values;
    AdditionalPropertiesAllowed = "additional-properties-allowed", WIDER, "{subject} now allows additional properties", Values;
    AdditionalPropertiesForbidden = "additional-properties-forbidden", NARROWER, "{subject} no longer allows additional properties", Values;
    AdditionalPropertiesConstrained = "additional-properties-constrained", NARROWER, "additional properties of {subject} now have a schema", Values;
    AdditionalPropertiesUnconstrained = "additional-properties-unconstrained", WIDER, "additional properties of {subject} can now have any value", Values;
    ItemsConstrained = "items-constrained", NARROWER, "the items of {subject} now have a schema", Values;
    ItemsUnconstrained = "items-unconstrained", WIDER, "the items of {subject} no longer have a schema", Values;
    CompositionChanged = "composition-changed", UNPROVEN, "`{name}` of {subject} {schemas}", Values;
    AlternativeAdded = "alternative-added", WIDER, "`{name}` of {subject} {schemas}", Values;
    AlternativeRemoved = "alternative-removed", NARROWER, "`{name}` of {subject} {schemas}", Values;
    CompositionReplaced = "composition-replaced", UNPROVEN, "{subject} changed from {old composition} to {new composition}", Values;
    SchemaReplaced = "schema-replaced", UNPROVEN, "the schema of {subject} {changed}", Values;
    AlternativesOverlap = "alternatives-overlap", UNPROVEN, "the alternatives of {subject} changed, and {overlap}", Values;
    NotAdded = "not-added", NARROWER, "`not` of {subject} now excludes values", Values;
    NotRemoved = "not-removed", WIDER, "`not` of {subject} no longer excludes values", Values;
    NotChanged = "not-changed", UNPROVEN, "`not` of {subject} now excludes other values", Values;
    DiscriminatorChanged = "discriminator-changed", UNPROVEN, "`{name}` of {subject} {changed}", Values;
    DiscriminatorValueChanged = "discriminator-value-changed", BREAKING, "the discriminator of {subject} now has the value {new} instead of {old} for `{name}`", Values;
    DiscriminatorValueAdded = "discriminator-value-added", WIDER, "the discriminator of {subject} now has the value `{name}`", Values;
    DiscriminatorValueRemoved = "discriminator-value-removed", NARROWER, "the discriminator of {subject} no longer has the value `{name}`", Values;
    ReferenceUnresolved = "reference-unresolved", UNPROVEN, "{subject} is not compared, because the reference `{name}` leads nowhere", Values;
    NullableTookEffect = "nullable-took-effect", UNPROVEN, "{subject} can now be `null`, and the `nullable` before had no effect", Fixed("most generators and servers took it for null before, too, so that this is most likely no change for clients");
    NullableLostEffect = "nullable-lost-effect", UNPROVEN, "{subject} can no longer be `null`, and `nullable` has no effect any more", Fixed("most generators and servers take it for null all the same, so that this is most likely no change for clients");
    NullableIneffective = "nullable-ineffective", DOCUMENTATION, "`nullable` of {subject} was {added or removed}, which has no effect without a `type` beside it, but most generators and servers take it for null all the same", Unnamed;
    KeywordIneffective = "keyword-ineffective", DOCUMENTATION, "{ineffective}", Unnamed;
    Deprecated = "deprecated", DOCUMENTATION, "{subject} is now deprecated", Values;
    NoLongerDeprecated = "no-longer-deprecated", DOCUMENTATION, "{subject} is no longer deprecated", Values;
    AnnotationChanged = "annotation-changed", DOCUMENTATION, "`{name}` of {subject} {changed}", Values;
    ExamplesChanged = "examples-changed", DOCUMENTATION, "the examples of {subject} changed from {old list} to {new list}", Values;
    ExampleAdded = "example-added", DOCUMENTATION, "the example `{name}` of {subject} was added", Values;
    ExampleRemoved = "example-removed", DOCUMENTATION, "the example `{name}` of {subject} was removed", Values;
    ExampleChanged = "example-changed", DOCUMENTATION, "the example `{name}` of {subject} changed", Values;
    LinkAdded = "link-added", DOCUMENTATION, "the link `{name}` of {subject} was added", Values;
    LinkRemoved = "link-removed", DOCUMENTATION, "the link `{name}` of {subject} was removed", Values;
    LinkChanged = "link-changed", DOCUMENTATION, "the link `{name}` of {subject} changed", Values;
    TagsChanged = "tags-changed", DOCUMENTATION, "the tags of {subject} changed from {old list} to {new list}", Values;
    TagDescriptionsChanged = "tag-descriptions-changed", DOCUMENTATION, "the descriptions of the tags of {subject} changed", Values;
}

impl ChangeId {
    /// Returns `true` if the change is one of a keyword that has no effect where it stands, so that
    /// its author probably meant something else.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Self::KeywordIneffective | Self::NullableIneffective | Self::ScopesIneffective
        )
    }
}

/// The ids for a condition that became true, and for a keyword that is no longer `true`.
pub(crate) type FlagIds = (ChangeId, ChangeId);

/// Returns the id of a changed condition, or `None` if it did not change.
pub(crate) fn flag_change(was: bool, is: bool, (set, cleared): FlagIds) -> Option<ChangeId> {
    match (was, is) {
        (false, true) => Some(set),
        (true, false) => Some(cleared),
        _ => None,
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
