//! The types of changes. Their names are stable.

use std::fmt;

use crate::compatibility::Compatibility;

/// Declares the ids. Each has a name, a description, and the compatibility of such a change, unless the
/// comparison finds another one, such as by a proof.
macro_rules! change_ids {
    ($($id:ident = $name:literal, $compatibility:ident, $doc:literal;)*) => {
        /// The type of a change. [`ChangeId::as_str`] is its stable name.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ChangeId {
            $(#[doc = $doc] $id,)*
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
    OperationAdded = "operation-added", ADDITIVE, "An operation was added.";
    OperationRemoved = "operation-removed", BREAKING, "An operation was removed.";
    DeprecatedOperationRemoved = "deprecated-operation-removed", BREAKING, "An operation was removed that was deprecated before.";
    OperationMoved = "operation-moved", BREAKING, "An operation has another method or path.";
    PathRewritten = "path-rewritten", DOCUMENTATION, "A path has other names of path parameters, which requests do not contain.";
    CallbackAdded = "callback-added", ADDITIVE, "A callback was added to an operation.";
    CallbackRemoved = "callback-removed", BREAKING, "A callback was removed from an operation.";
    CallbackOperationAdded = "callback-operation-added", ADDITIVE, "An operation was added to a callback.";
    CallbackOperationRemoved = "callback-operation-removed", BREAKING, "An operation was removed from a callback.";
    BehaviouralExtensionChanged = "behavioural-extension-changed", ADDITIVE, "An extension that clients act on changed.";
    ServerAdded = "server-added", ADDITIVE, "A server was added.";
    ServerRemoved = "server-removed", BREAKING, "A server was removed.";
    ServerReplaced = "server-replaced", BREAKING, "The first server was removed, and another one took its place.";
    DefaultServerChanged = "default-server-changed", BREAKING, "Another server became the first one.";
    ServerVariablesChanged = "server-variables-changed", BREAKING, "The variables of a server changed.";
    SecurityTightened = "security-tightened", BREAKING, "The security requirements reject credentials that they accepted before.";
    SecurityRelaxed = "security-relaxed", ADDITIVE, "The security requirements accept more credentials.";
    SecurityRewritten = "security-rewritten", DOCUMENTATION, "The security requirements accept the same credentials, but are written differently.";
    SecuritySchemeChanged = "security-scheme-changed", BREAKING, "A security scheme changed.";
    OauthFlowAdded = "oauth-flow-added", ADDITIVE, "A flow of OAuth 2 was added.";
    OauthFlowRemoved = "oauth-flow-removed", BREAKING, "A flow of OAuth 2 was removed.";
    OauthUrlChanged = "oauth-url-changed", BREAKING, "A URL of a flow of OAuth 2 changed.";
    OauthScopeAdded = "oauth-scope-added", ADDITIVE, "A scope of OAuth 2 was added.";
    OauthScopeRemoved = "oauth-scope-removed", BREAKING, "A scope of OAuth 2 was removed.";
    OauthScopeDescriptionChanged = "oauth-scope-description-changed", DOCUMENTATION, "The description of a scope of OAuth 2 changed.";
    ParameterAdded = "parameter-added", ADDITIVE, "An optional parameter was added.";
    RequiredParameterAdded = "required-parameter-added", BREAKING, "A required parameter was added.";
    ParameterRemoved = "parameter-removed", BREAKING, "A parameter was removed.";
    ParameterRenamed = "parameter-renamed", DOCUMENTATION, "A parameter has another name, which requests do not contain or whose case does not matter.";
    ParameterBecameRequired = "parameter-became-required", NARROWER, "A parameter became required.";
    ParameterBecameOptional = "parameter-became-optional", WIDER, "A parameter became optional.";
    EmptyValueAllowed = "empty-value-allowed", WIDER, "A parameter can have an empty value.";
    EmptyValueForbidden = "empty-value-forbidden", NARROWER, "A parameter can no longer have an empty value.";
    SerializationChanged = "serialization-changed", BREAKING, "The serialization of a parameter or header changed.";
    ContentKeywordChanged = "content-keyword-changed", BREAKING, "A parameter or header has `content` instead of `schema`, or the reverse.";
    RequestBodyAdded = "request-body-added", ADDITIVE, "An optional request body was added.";
    RequiredRequestBodyAdded = "required-request-body-added", BREAKING, "A required request body was added.";
    RequestBodyRemoved = "request-body-removed", BREAKING, "A request body was removed.";
    RequestBodyBecameRequired = "request-body-became-required", NARROWER, "A request body became required.";
    RequestBodyBecameOptional = "request-body-became-optional", WIDER, "A request body became optional.";
    SuccessResponseAdded = "success-response-added", WIDER, "A response with a status of success or redirection was added.";
    OtherResponseAdded = "other-response-added", ADDITIVE, "A response with any other status was added.";
    ResponseRemoved = "response-removed", BREAKING, "A response was removed.";
    HeaderAdded = "header-added", ADDITIVE, "A header was added to a response.";
    HeaderRemoved = "header-removed", BREAKING, "A header was removed from a response.";
    HeaderRenamed = "header-renamed", DOCUMENTATION, "The case of a header's name changed.";
    HeaderBecameRequired = "header-became-required", NARROWER, "A header became required.";
    HeaderBecameOptional = "header-became-optional", WIDER, "A header became optional.";
    MediaTypeAdded = "media-type-added", ADDITIVE, "A media type was added.";
    MediaTypeRemoved = "media-type-removed", BREAKING, "A media type was removed.";
    EncodingChanged = "encoding-changed", BREAKING, "The encoding of a media type changed.";
    ContentSchemaAdded = "content-schema-added", NARROWER, "A media type received a schema.";
    ContentSchemaRemoved = "content-schema-removed", WIDER, "A media type lost its schema.";
    TypeChanged = "type-changed", UNPROVEN, "`type` or `nullable` changed.";
    FormatChanged = "format-changed", UNPROVEN, "`format` changed.";
    EnumChanged = "enum-changed", UNPROVEN, "The listed values changed.";
    PatternChanged = "pattern-changed", UNPROVEN, "`pattern` changed.";
    LimitChanged = "limit-changed", UNPROVEN, "A limit of numbers, lengths or sizes changed, such as `maxLength`.";
    DefaultChanged = "default-changed", REQUEST_BREAKING, "`default` changed.";
    XmlChanged = "xml-changed", UNPROVEN, "`xml` changed.";
    PropertyAdded = "property-added", UNPROVEN, "A property was added.";
    RequiredPropertyAdded = "required-property-added", UNPROVEN, "A required property was added.";
    PropertyRemoved = "property-removed", UNPROVEN, "A property was removed.";
    PropertyBecameRequired = "property-became-required", NARROWER, "A property became required.";
    PropertyBecameOptional = "property-became-optional", WIDER, "A property became optional.";
    PropertyBecameReadOnly = "property-became-read-only", UNPROVEN, "A property became `readOnly`.";
    PropertyNoLongerReadOnly = "property-no-longer-read-only", UNPROVEN, "A property is no longer `readOnly`.";
    PropertyBecameWriteOnly = "property-became-write-only", UNPROVEN, "A property became `writeOnly`.";
    PropertyNoLongerWriteOnly = "property-no-longer-write-only", UNPROVEN, "A property is no longer `writeOnly`.";
    AdditionalPropertiesAllowed = "additional-properties-allowed", WIDER, "Additional properties became allowed.";
    AdditionalPropertiesForbidden = "additional-properties-forbidden", NARROWER, "Additional properties became forbidden.";
    AdditionalPropertiesConstrained = "additional-properties-constrained", NARROWER, "Additional properties must be valid against a schema.";
    AdditionalPropertiesUnconstrained = "additional-properties-unconstrained", WIDER, "Additional properties can have any value.";
    ItemsConstrained = "items-constrained", NARROWER, "The items of a list must be valid against a schema.";
    ItemsUnconstrained = "items-unconstrained", WIDER, "The items of a list can have any value.";
    CompositionChanged = "composition-changed", UNPROVEN, "Schemas were added to or removed from `allOf`, `anyOf` or `oneOf`.";
    CompositionReplaced = "composition-replaced", UNPROVEN, "A schema is composed in another way.";
    SchemaReplaced = "schema-replaced", UNPROVEN, "Another component took the place of a schema.";
    AlternativesOverlap = "alternatives-overlap", UNPROVEN, "An alternative of `oneOf` changed, and a value may match several of them.";
    NotAdded = "not-added", NARROWER, "`not` was added.";
    NotRemoved = "not-removed", WIDER, "`not` was removed.";
    NotChanged = "not-changed", UNPROVEN, "`not` excludes other values.";
    DiscriminatorChanged = "discriminator-changed", UNPROVEN, "The property of a discriminator changed.";
    DiscriminatorValueAdded = "discriminator-value-added", WIDER, "A value was added to a discriminator.";
    DiscriminatorValueRemoved = "discriminator-value-removed", NARROWER, "A value was removed from a discriminator.";
    NullableIneffective = "nullable-ineffective", DOCUMENTATION, "`nullable` was added or removed without a `type` beside it, so that it has no effect.";
    Deprecated = "deprecated", DOCUMENTATION, "An element became deprecated.";
    NoLongerDeprecated = "no-longer-deprecated", DOCUMENTATION, "An element is no longer deprecated.";
    AnnotationChanged = "annotation-changed", DOCUMENTATION, "A text, example, extension or other annotation changed.";
    ExampleAdded = "example-added", DOCUMENTATION, "A named example was added.";
    ExampleRemoved = "example-removed", DOCUMENTATION, "A named example was removed.";
    ExampleChanged = "example-changed", DOCUMENTATION, "A named example changed.";
    LinkAdded = "link-added", DOCUMENTATION, "A link was added.";
    LinkRemoved = "link-removed", DOCUMENTATION, "A link was removed.";
    LinkChanged = "link-changed", DOCUMENTATION, "A link changed.";
    TagsChanged = "tags-changed", DOCUMENTATION, "The tags of the API or of an operation changed.";
    TagDescriptionsChanged = "tag-descriptions-changed", DOCUMENTATION, "The descriptions of the tags changed.";
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
