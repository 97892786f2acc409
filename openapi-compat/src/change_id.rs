//! The types of changes. Their names are stable.

use std::fmt;

/// Declares the ids, each with its name.
macro_rules! change_ids {
    ($($(#[$doc:meta])* $id:ident = $name:literal,)*) => {
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
        }
    };
}

change_ids! {
    /// An operation was added.
    OperationAdded = "operation-added",
    /// An operation was removed.
    OperationRemoved = "operation-removed",
    /// An operation was removed that was deprecated before.
    DeprecatedOperationRemoved = "deprecated-operation-removed",
    /// An operation has another method or path.
    OperationMoved = "operation-moved",
    /// A path has other names of path parameters, which requests do not contain.
    PathRewritten = "path-rewritten",
    /// A callback was added to an operation.
    CallbackAdded = "callback-added",
    /// A callback was removed from an operation.
    CallbackRemoved = "callback-removed",
    /// An operation was added to a callback.
    CallbackOperationAdded = "callback-operation-added",
    /// An operation was removed from a callback.
    CallbackOperationRemoved = "callback-operation-removed",
    /// An extension that clients act on changed.
    BehaviouralExtensionChanged = "behavioural-extension-changed",
    /// A server was added.
    ServerAdded = "server-added",
    /// A server was removed.
    ServerRemoved = "server-removed",
    /// The first server was removed, and another one took its place.
    ServerReplaced = "server-replaced",
    /// Another server became the first one.
    DefaultServerChanged = "default-server-changed",
    /// The variables of a server changed.
    ServerVariablesChanged = "server-variables-changed",
    /// The security requirements reject credentials that they accepted before.
    SecurityTightened = "security-tightened",
    /// The security requirements accept more credentials.
    SecurityRelaxed = "security-relaxed",
    /// The security requirements accept the same credentials, but are written differently.
    SecurityRewritten = "security-rewritten",
    /// A security scheme changed.
    SecuritySchemeChanged = "security-scheme-changed",
    /// A flow of OAuth 2 was added.
    OauthFlowAdded = "oauth-flow-added",
    /// A flow of OAuth 2 was removed.
    OauthFlowRemoved = "oauth-flow-removed",
    /// A URL of a flow of OAuth 2 changed.
    OauthUrlChanged = "oauth-url-changed",
    /// A scope of OAuth 2 was added.
    OauthScopeAdded = "oauth-scope-added",
    /// A scope of OAuth 2 was removed.
    OauthScopeRemoved = "oauth-scope-removed",
    /// The description of a scope of OAuth 2 changed.
    OauthScopeDescriptionChanged = "oauth-scope-description-changed",
    /// An optional parameter was added.
    ParameterAdded = "parameter-added",
    /// A required parameter was added.
    RequiredParameterAdded = "required-parameter-added",
    /// A parameter was removed.
    ParameterRemoved = "parameter-removed",
    /// A parameter has another name, which requests do not contain or whose case does not matter.
    ParameterRenamed = "parameter-renamed",
    /// A parameter became required.
    ParameterBecameRequired = "parameter-became-required",
    /// A parameter became optional.
    ParameterBecameOptional = "parameter-became-optional",
    /// A parameter can have an empty value.
    EmptyValueAllowed = "empty-value-allowed",
    /// A parameter can no longer have an empty value.
    EmptyValueForbidden = "empty-value-forbidden",
    /// The serialization of a parameter or header changed.
    SerializationChanged = "serialization-changed",
    /// A parameter or header has `content` instead of `schema`, or the reverse.
    ContentKeywordChanged = "content-keyword-changed",
    /// An optional request body was added.
    RequestBodyAdded = "request-body-added",
    /// A required request body was added.
    RequiredRequestBodyAdded = "required-request-body-added",
    /// A request body was removed.
    RequestBodyRemoved = "request-body-removed",
    /// A request body became required.
    RequestBodyBecameRequired = "request-body-became-required",
    /// A request body became optional.
    RequestBodyBecameOptional = "request-body-became-optional",
    /// A response with a status of success or redirection was added.
    SuccessResponseAdded = "success-response-added",
    /// A response with any other status was added.
    OtherResponseAdded = "other-response-added",
    /// A response was removed.
    ResponseRemoved = "response-removed",
    /// A header was added to a response.
    HeaderAdded = "header-added",
    /// A header was removed from a response.
    HeaderRemoved = "header-removed",
    /// The case of a header's name changed.
    HeaderRenamed = "header-renamed",
    /// A header became required.
    HeaderBecameRequired = "header-became-required",
    /// A header became optional.
    HeaderBecameOptional = "header-became-optional",
    /// A media type was added.
    MediaTypeAdded = "media-type-added",
    /// A media type was removed.
    MediaTypeRemoved = "media-type-removed",
    /// The encoding of a media type changed.
    EncodingChanged = "encoding-changed",
    /// A media type received a schema.
    ContentSchemaAdded = "content-schema-added",
    /// A media type lost its schema.
    ContentSchemaRemoved = "content-schema-removed",
    /// `type` or `nullable` changed.
    TypeChanged = "type-changed",
    /// `format` changed.
    FormatChanged = "format-changed",
    /// The listed values changed.
    EnumChanged = "enum-changed",
    /// `pattern` changed.
    PatternChanged = "pattern-changed",
    /// A limit of numbers, lengths or sizes changed, such as `maxLength`.
    LimitChanged = "limit-changed",
    /// `default` changed.
    DefaultChanged = "default-changed",
    /// `xml` changed.
    XmlChanged = "xml-changed",
    /// A property was added.
    PropertyAdded = "property-added",
    /// A required property was added.
    RequiredPropertyAdded = "required-property-added",
    /// A property was removed.
    PropertyRemoved = "property-removed",
    /// A property became required.
    PropertyBecameRequired = "property-became-required",
    /// A property became optional.
    PropertyBecameOptional = "property-became-optional",
    /// A property became `readOnly`.
    PropertyBecameReadOnly = "property-became-read-only",
    /// A property is no longer `readOnly`.
    PropertyNoLongerReadOnly = "property-no-longer-read-only",
    /// A property became `writeOnly`.
    PropertyBecameWriteOnly = "property-became-write-only",
    /// A property is no longer `writeOnly`.
    PropertyNoLongerWriteOnly = "property-no-longer-write-only",
    /// Additional properties became allowed.
    AdditionalPropertiesAllowed = "additional-properties-allowed",
    /// Additional properties became forbidden.
    AdditionalPropertiesForbidden = "additional-properties-forbidden",
    /// Additional properties must be valid against a schema.
    AdditionalPropertiesConstrained = "additional-properties-constrained",
    /// Additional properties can have any value.
    AdditionalPropertiesUnconstrained = "additional-properties-unconstrained",
    /// The items of a list must be valid against a schema.
    ItemsConstrained = "items-constrained",
    /// The items of a list can have any value.
    ItemsUnconstrained = "items-unconstrained",
    /// Schemas were added to or removed from `allOf`, `anyOf` or `oneOf`.
    CompositionChanged = "composition-changed",
    /// A schema is composed in another way.
    CompositionReplaced = "composition-replaced",
    /// Another component took the place of a schema.
    SchemaReplaced = "schema-replaced",
    /// An alternative of `oneOf` changed, and a value may match several of them.
    AlternativesOverlap = "alternatives-overlap",
    /// `not` was added.
    NotAdded = "not-added",
    /// `not` was removed.
    NotRemoved = "not-removed",
    /// `not` excludes other values.
    NotChanged = "not-changed",
    /// The property of a discriminator changed.
    DiscriminatorChanged = "discriminator-changed",
    /// A value was added to a discriminator.
    DiscriminatorValueAdded = "discriminator-value-added",
    /// A value was removed from a discriminator.
    DiscriminatorValueRemoved = "discriminator-value-removed",
    /// `nullable` was added or removed without a `type` beside it, so that it has no effect.
    NullableIneffective = "nullable-ineffective",
    /// An element became deprecated.
    Deprecated = "deprecated",
    /// An element is no longer deprecated.
    NoLongerDeprecated = "no-longer-deprecated",
    /// A text, example, extension or other annotation changed.
    AnnotationChanged = "annotation-changed",
    /// A named example was added.
    ExampleAdded = "example-added",
    /// A named example was removed.
    ExampleRemoved = "example-removed",
    /// A named example changed.
    ExampleChanged = "example-changed",
    /// A link was added.
    LinkAdded = "link-added",
    /// A link was removed.
    LinkRemoved = "link-removed",
    /// A link changed.
    LinkChanged = "link-changed",
    /// The tags of the API or of an operation changed.
    TagsChanged = "tags-changed",
    /// The descriptions of the tags changed.
    TagDescriptionsChanged = "tag-descriptions-changed",
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
