//! The types of changes. Their names are stable.

use std::fmt;

use crate::compatibility::Compatibility;

/// Declares the ids. Each has a name and the compatibility of such a change, unless the comparison
/// finds another one, such as by a proof.
macro_rules! change_ids {
    ($($(#[$doc:meta])* $id:ident = $name:literal, $compatibility:ident;)*) => {
        /// The type of a change. [`ChangeId::as_str`] is its stable name.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ChangeId {
            $($(#[$doc])* $id,)*
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
        }
    };
}

change_ids! {
    /// An operation was added.
    OperationAdded = "operation-added", ADDITIVE;
    /// An operation was removed.
    OperationRemoved = "operation-removed", BREAKING;
    /// An operation was removed that was deprecated before.
    DeprecatedOperationRemoved = "deprecated-operation-removed", BREAKING;
    /// An operation has another method or path.
    OperationMoved = "operation-moved", BREAKING;
    /// A path has other names of path parameters, which requests do not contain.
    PathRewritten = "path-rewritten", DOCUMENTATION;
    /// A callback was added to an operation.
    CallbackAdded = "callback-added", ADDITIVE;
    /// A callback was removed from an operation.
    CallbackRemoved = "callback-removed", BREAKING;
    /// An operation was added to a callback.
    CallbackOperationAdded = "callback-operation-added", ADDITIVE;
    /// An operation was removed from a callback.
    CallbackOperationRemoved = "callback-operation-removed", BREAKING;
    /// An extension that clients act on changed.
    BehaviouralExtensionChanged = "behavioural-extension-changed", ADDITIVE;
    /// A server was added.
    ServerAdded = "server-added", ADDITIVE;
    /// A server was removed.
    ServerRemoved = "server-removed", BREAKING;
    /// The first server was removed, and another one took its place.
    ServerReplaced = "server-replaced", BREAKING;
    /// Another server became the first one.
    DefaultServerChanged = "default-server-changed", BREAKING;
    /// The variables of a server changed.
    ServerVariablesChanged = "server-variables-changed", BREAKING;
    /// The security requirements reject credentials that they accepted before.
    SecurityTightened = "security-tightened", BREAKING;
    /// The security requirements accept more credentials.
    SecurityRelaxed = "security-relaxed", ADDITIVE;
    /// The security requirements accept the same credentials, but are written differently.
    SecurityRewritten = "security-rewritten", DOCUMENTATION;
    /// A security scheme changed.
    SecuritySchemeChanged = "security-scheme-changed", BREAKING;
    /// A flow of OAuth 2 was added.
    OauthFlowAdded = "oauth-flow-added", ADDITIVE;
    /// A flow of OAuth 2 was removed.
    OauthFlowRemoved = "oauth-flow-removed", BREAKING;
    /// A URL of a flow of OAuth 2 changed.
    OauthUrlChanged = "oauth-url-changed", BREAKING;
    /// A scope of OAuth 2 was added.
    OauthScopeAdded = "oauth-scope-added", ADDITIVE;
    /// A scope of OAuth 2 was removed.
    OauthScopeRemoved = "oauth-scope-removed", BREAKING;
    /// The description of a scope of OAuth 2 changed.
    OauthScopeDescriptionChanged = "oauth-scope-description-changed", DOCUMENTATION;
    /// An optional parameter was added.
    ParameterAdded = "parameter-added", ADDITIVE;
    /// A required parameter was added.
    RequiredParameterAdded = "required-parameter-added", BREAKING;
    /// A parameter was removed.
    ParameterRemoved = "parameter-removed", BREAKING;
    /// A parameter has another name, which requests do not contain or whose case does not matter.
    ParameterRenamed = "parameter-renamed", DOCUMENTATION;
    /// A parameter became required.
    ParameterBecameRequired = "parameter-became-required", NARROWER;
    /// A parameter became optional.
    ParameterBecameOptional = "parameter-became-optional", WIDER;
    /// A parameter can have an empty value.
    EmptyValueAllowed = "empty-value-allowed", WIDER;
    /// A parameter can no longer have an empty value.
    EmptyValueForbidden = "empty-value-forbidden", NARROWER;
    /// The serialization of a parameter or header changed.
    SerializationChanged = "serialization-changed", BREAKING;
    /// A parameter or header has `content` instead of `schema`, or the reverse.
    ContentKeywordChanged = "content-keyword-changed", BREAKING;
    /// An optional request body was added.
    RequestBodyAdded = "request-body-added", ADDITIVE;
    /// A required request body was added.
    RequiredRequestBodyAdded = "required-request-body-added", BREAKING;
    /// A request body was removed.
    RequestBodyRemoved = "request-body-removed", BREAKING;
    /// A request body became required.
    RequestBodyBecameRequired = "request-body-became-required", NARROWER;
    /// A request body became optional.
    RequestBodyBecameOptional = "request-body-became-optional", WIDER;
    /// A response with a status of success or redirection was added.
    SuccessResponseAdded = "success-response-added", WIDER;
    /// A response with any other status was added.
    OtherResponseAdded = "other-response-added", ADDITIVE;
    /// A response was removed.
    ResponseRemoved = "response-removed", BREAKING;
    /// A header was added to a response.
    HeaderAdded = "header-added", ADDITIVE;
    /// A header was removed from a response.
    HeaderRemoved = "header-removed", BREAKING;
    /// The case of a header's name changed.
    HeaderRenamed = "header-renamed", DOCUMENTATION;
    /// A header became required.
    HeaderBecameRequired = "header-became-required", NARROWER;
    /// A header became optional.
    HeaderBecameOptional = "header-became-optional", WIDER;
    /// A media type was added.
    MediaTypeAdded = "media-type-added", ADDITIVE;
    /// A media type was removed.
    MediaTypeRemoved = "media-type-removed", BREAKING;
    /// The encoding of a media type changed.
    EncodingChanged = "encoding-changed", BREAKING;
    /// A media type received a schema.
    ContentSchemaAdded = "content-schema-added", NARROWER;
    /// A media type lost its schema.
    ContentSchemaRemoved = "content-schema-removed", WIDER;
    /// `type` or `nullable` changed.
    TypeChanged = "type-changed", UNPROVEN;
    /// `format` changed.
    FormatChanged = "format-changed", UNPROVEN;
    /// The listed values changed.
    EnumChanged = "enum-changed", UNPROVEN;
    /// `pattern` changed.
    PatternChanged = "pattern-changed", UNPROVEN;
    /// A limit of numbers, lengths or sizes changed, such as `maxLength`.
    LimitChanged = "limit-changed", UNPROVEN;
    /// `default` changed.
    DefaultChanged = "default-changed", REQUEST_BREAKING;
    /// `xml` changed.
    XmlChanged = "xml-changed", UNPROVEN;
    /// A property was added.
    PropertyAdded = "property-added", UNPROVEN;
    /// A required property was added.
    RequiredPropertyAdded = "required-property-added", UNPROVEN;
    /// A property was removed.
    PropertyRemoved = "property-removed", UNPROVEN;
    /// A property became required.
    PropertyBecameRequired = "property-became-required", NARROWER;
    /// A property became optional.
    PropertyBecameOptional = "property-became-optional", WIDER;
    /// A property became `readOnly`.
    PropertyBecameReadOnly = "property-became-read-only", UNPROVEN;
    /// A property is no longer `readOnly`.
    PropertyNoLongerReadOnly = "property-no-longer-read-only", UNPROVEN;
    /// A property became `writeOnly`.
    PropertyBecameWriteOnly = "property-became-write-only", UNPROVEN;
    /// A property is no longer `writeOnly`.
    PropertyNoLongerWriteOnly = "property-no-longer-write-only", UNPROVEN;
    /// Additional properties became allowed.
    AdditionalPropertiesAllowed = "additional-properties-allowed", WIDER;
    /// Additional properties became forbidden.
    AdditionalPropertiesForbidden = "additional-properties-forbidden", NARROWER;
    /// Additional properties must be valid against a schema.
    AdditionalPropertiesConstrained = "additional-properties-constrained", NARROWER;
    /// Additional properties can have any value.
    AdditionalPropertiesUnconstrained = "additional-properties-unconstrained", WIDER;
    /// The items of a list must be valid against a schema.
    ItemsConstrained = "items-constrained", NARROWER;
    /// The items of a list can have any value.
    ItemsUnconstrained = "items-unconstrained", WIDER;
    /// Schemas were added to or removed from `allOf`, `anyOf` or `oneOf`.
    CompositionChanged = "composition-changed", UNPROVEN;
    /// A schema is composed in another way.
    CompositionReplaced = "composition-replaced", UNPROVEN;
    /// Another component took the place of a schema.
    SchemaReplaced = "schema-replaced", UNPROVEN;
    /// An alternative of `oneOf` changed, and a value may match several of them.
    AlternativesOverlap = "alternatives-overlap", UNPROVEN;
    /// `not` was added.
    NotAdded = "not-added", NARROWER;
    /// `not` was removed.
    NotRemoved = "not-removed", WIDER;
    /// `not` excludes other values.
    NotChanged = "not-changed", UNPROVEN;
    /// The property of a discriminator changed.
    DiscriminatorChanged = "discriminator-changed", UNPROVEN;
    /// A value was added to a discriminator.
    DiscriminatorValueAdded = "discriminator-value-added", WIDER;
    /// A value was removed from a discriminator.
    DiscriminatorValueRemoved = "discriminator-value-removed", NARROWER;
    /// `nullable` was added or removed without a `type` beside it, so that it has no effect.
    NullableIneffective = "nullable-ineffective", DOCUMENTATION;
    /// An element became deprecated.
    Deprecated = "deprecated", DOCUMENTATION;
    /// An element is no longer deprecated.
    NoLongerDeprecated = "no-longer-deprecated", DOCUMENTATION;
    /// A text, example, extension or other annotation changed.
    AnnotationChanged = "annotation-changed", DOCUMENTATION;
    /// A named example was added.
    ExampleAdded = "example-added", DOCUMENTATION;
    /// A named example was removed.
    ExampleRemoved = "example-removed", DOCUMENTATION;
    /// A named example changed.
    ExampleChanged = "example-changed", DOCUMENTATION;
    /// A link was added.
    LinkAdded = "link-added", DOCUMENTATION;
    /// A link was removed.
    LinkRemoved = "link-removed", DOCUMENTATION;
    /// A link changed.
    LinkChanged = "link-changed", DOCUMENTATION;
    /// The tags of the API or of an operation changed.
    TagsChanged = "tags-changed", DOCUMENTATION;
    /// The descriptions of the tags changed.
    TagDescriptionsChanged = "tag-descriptions-changed", DOCUMENTATION;
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
