//! The keywords of OpenAPI 3 that the other modules tell apart.

/// The methods of a path item, in OpenAPI's order.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Returns `true` if a keyword of a path item is an HTTP method.
pub fn is_method(keyword: &str) -> bool {
    METHODS.contains(&keyword)
}

/// Returns `true` if a keyword is a specification extension (`x-`).
pub fn is_extension(keyword: &str) -> bool {
    keyword.starts_with("x-")
}

/// The form in which a keyword of a schema holds schemas.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Holds {
    /// One schema. It may be a boolean instead.
    One,
    /// A list of schemas.
    List,
    /// An object with a schema for each name.
    Named,
}

/// The keywords of a schema that hold schemas: those of OpenAPI 3.0, and then those that OpenAPI 3.1
/// adds with JSON Schema 2020-12.
pub const SUBSCHEMA_KEYWORDS: [(&str, Holds); 19] = [
    ("properties", Holds::Named),
    ("allOf", Holds::List),
    ("anyOf", Holds::List),
    ("oneOf", Holds::List),
    ("items", Holds::One),
    ("additionalProperties", Holds::One),
    ("not", Holds::One),
    ("prefixItems", Holds::List),
    ("contains", Holds::One),
    ("patternProperties", Holds::Named),
    ("propertyNames", Holds::One),
    ("dependentSchemas", Holds::Named),
    ("if", Holds::One),
    ("then", Holds::One),
    ("else", Holds::One),
    ("unevaluatedItems", Holds::One),
    ("unevaluatedProperties", Holds::One),
    ("contentSchema", Holds::One),
    ("$defs", Holds::Named),
];

/// Returns the form in which a keyword of a schema holds schemas, or `None` if it holds none.
pub(crate) fn holds_schemas(keyword: &str) -> Option<Holds> {
    let mut known = SUBSCHEMA_KEYWORDS.into_iter();
    known.find_map(|(known, holds)| (known == keyword).then_some(holds))
}

/// Returns `true` if the value of a keyword is data, which may look like anything.
pub(crate) fn holds_data(keyword: &str) -> bool {
    matches!(keyword, "example" | "default" | "enum" | "value") || is_extension(keyword)
}

/// Returns `true` if the keys below a keyword are names that the author chose.
pub(crate) fn holds_names(keyword: &str) -> bool {
    matches!(
        keyword,
        "callbacks"
            | "content"
            | "encoding"
            | "examples"
            | "headers"
            | "links"
            | "mapping"
            | "parameters"
            | "pathItems"
            | "properties"
            | "requestBodies"
            | "responses"
            | "schemas"
            | "scopes"
            | "securitySchemes"
            | "variables"
            | "webhooks"
    )
}
