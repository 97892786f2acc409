//! Parameters and properties.

use openapi_tree::{Entry, Node, resolve};

use super::argument::Argument;
use super::text::text;
use crate::spec::examples_of;

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// The smallest integer that is allowed.
    pub(crate) minimum: Option<i64>,
    /// The largest integer that is allowed.
    pub(crate) maximum: Option<i64>,
    /// The least number of characters of a password. For other strings, typify checks it.
    pub(crate) min_length: Option<i64>,
    /// The largest number of characters of a password.
    pub(crate) max_length: Option<i64>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) required: bool,
    /// The first example.
    pub(crate) example: Option<Argument>,
    /// `true` for a password, which is never shown.
    pub(crate) secret: bool,
    /// The smallest integer that is allowed.
    pub(crate) minimum: Option<i64>,
    /// The largest integer that is allowed.
    pub(crate) maximum: Option<i64>,
}

impl Property {
    /// Reads a property of a schema.
    pub(super) fn new(root: &Node, owner: &Node, property: &Entry) -> Self {
        let schema = resolve(root, &property.node).unwrap_or(&property.node);
        let mut required = owner.items_at("required").iter();
        let description = text(&property.node, "description");
        Self {
            name: property.key.to_string(),
            description: description.or_else(|| text(schema, "description")),
            required: required.any(|name| name.as_str() == Some(&property.key)),
            nullable: is_nullable(schema),
            minimum: minimum(schema),
            maximum: maximum(schema),
            min_length: integer(schema, "minLength").filter(|_| is_secret(schema)),
            max_length: integer(schema, "maxLength").filter(|_| is_secret(schema)),
        }
    }
}

impl Parameter {
    /// Reads a parameter, which is no reference.
    pub(super) fn new(root: &Node, parameter: &Node) -> Self {
        let schema = parameter
            .get("schema")
            .and_then(|schema| resolve(root, schema));
        let schema = schema.unwrap_or(parameter);
        let example = examples_of(root, parameter).next();
        Self {
            name: text(parameter, "name").unwrap_or_default(),
            description: text(parameter, "description"),
            required: parameter.is_true("required"),
            example: example.and_then(|example| Argument::new(root, schema, example)),
            secret: is_secret(schema),
            minimum: minimum(schema),
            maximum: maximum(schema),
        }
    }
}

/// Returns `true` if a value may be `null`: by `nullable`, or by an alternative that is `null`.
fn is_nullable(schema: &Node) -> bool {
    let alternatives = ["anyOf", "oneOf"].into_iter();
    let mut alternatives = alternatives.flat_map(|keyword| schema.items_at(keyword));
    schema.is_true("nullable") || alternatives.any(|alternative| alternative.is_true("nullable"))
}

fn is_secret(schema: &Node) -> bool {
    schema.str_at("format") == Some("password")
}

fn minimum(schema: &Node) -> Option<i64> {
    let minimum = integer(schema, "minimum")?;
    let excluded = schema.is_true("exclusiveMinimum");
    minimum.checked_add(i64::from(excluded))
}

fn maximum(schema: &Node) -> Option<i64> {
    let maximum = integer(schema, "maximum")?;
    let excluded = schema.is_true("exclusiveMaximum");
    maximum.checked_sub(i64::from(excluded))
}

fn integer(schema: &Node, keyword: &str) -> Option<i64> {
    schema.get(keyword)?.as_number()?.as_i64()
}
