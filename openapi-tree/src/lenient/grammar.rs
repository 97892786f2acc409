//! The objects of OpenAPI 3.0 and 3.1, and the objects inside them.

use crate::keywords::{is_extension, is_method};

/// The kind of a node.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Object {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Schema,
    Discriminator,
    Server,
    Variable,
    /// An object that holds no other objects than of its own kind, such as `info`.
    Description,
}

/// The meaning of a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Meaning {
    One(Object),
    /// An object with a value of this kind for each name.
    Named(Object),
    /// A list of values of this kind.
    List(Object),
    /// Anything, such as an example or a text.
    Data,
}

use Meaning::{Data, List, Named, One};
use Object::{
    Callback, Components, Description, Discriminator, Document, Encoding, Example, Header, Link,
    MediaType, Operation, Parameter, PathItem, RequestBody, Response, Schema, SecurityScheme,
    Server, Variable,
};

impl Object {
    /// Returns the keyword of the components of this kind, or `None` if there are none.
    pub(super) fn components(self) -> Option<&'static str> {
        Some(match self {
            Schema => "schemas",
            Response => "responses",
            Parameter => "parameters",
            Example => "examples",
            RequestBody => "requestBodies",
            Header => "headers",
            SecurityScheme => "securitySchemes",
            Link => "links",
            Callback => "callbacks",
            PathItem => "pathItems",
            _ => return None,
        })
    }

    /// Returns the meaning of the value of a keyword of this object.
    pub(super) fn keyword(self, key: &str) -> Meaning {
        if is_extension(key) && self != Discriminator {
            return Data;
        }
        match (self, key) {
            (Document, "paths" | "webhooks") => Named(PathItem),
            (Document, "components") => One(Components),
            (Document, "info") => One(Description),
            (Document | PathItem | Operation, "servers") => List(Server),
            (Document, "tags") => List(Description),
            (Description, "contact" | "license") => One(Description),
            (_, "externalDocs" | "xml") => One(Description),
            (Components, "schemas") => Named(Schema),
            (Components | Operation, "responses") => Named(Response),
            (Components, "parameters") => Named(Parameter),
            (Components | Parameter | Header | MediaType, "examples") => Named(Example),
            (Components, "requestBodies") => Named(RequestBody),
            (Components | Response | Encoding, "headers") => Named(Header),
            (Components, "securitySchemes") => Named(SecurityScheme),
            (Components | Response, "links") => Named(Link),
            (Components | Operation, "callbacks") => Named(Callback),
            (Components, "pathItems") => Named(PathItem),
            (PathItem | Operation, "parameters") => List(Parameter),
            (PathItem, method) if is_method(method) => One(Operation),
            (Operation, "requestBody") => One(RequestBody),
            (Parameter | RequestBody | Response | Header, "content") => Named(MediaType),
            (Parameter | Header | MediaType, "schema") => One(Schema),
            (MediaType, "encoding") => Named(Encoding),
            (Callback, _) => One(PathItem),
            (Link, "server") => One(Server),
            (Server, "variables") => Named(Variable),
            (Schema, _) => of_schema(key),
            _ => Data,
        }
    }
}

fn of_schema(key: &str) -> Meaning {
    match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Named(Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => List(Schema),
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => One(Schema),
        "discriminator" => One(Discriminator),
        _ => Data,
    }
}

impl Meaning {
    /// Returns the meaning of the value of a key or position of a value with this meaning.
    pub(super) fn below(self, key: &str) -> Self {
        match self {
            One(object) => object.keyword(key),
            Named(PathItem | Response | Callback) if is_extension(key) => Data,
            Named(object) | List(object) => One(object),
            Data => Data,
        }
    }
}
