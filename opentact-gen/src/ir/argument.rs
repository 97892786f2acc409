//! Values of requests, for the examples in the documentation.

use openapi_tree::{Node, Value, reference, resolve};

/// The longest text of an example, in bytes.
const LONGEST: usize = 60;
/// The most properties of an object that are not required.
const OPTIONAL: usize = 2;

/// The most items of a list.
const ITEMS: usize = 1;

/// A value of a parameter, request body or property, from an example of the spec.
#[derive(Clone, Debug)]
pub(crate) enum Argument {
    Boolean(bool),
    Integer(i64),
    /// A string or decimal, or a value of an inline enumeration.
    Text(String),
    /// A value of an enumeration that is a component schema.
    Variant {
        schema: String,
        value: String,
    },
    Uuid(String),
    DateTime(String),
    /// JSON of an object without known properties.
    Json(String),
    List(Vec<Self>),
    /// An object of a component schema.
    Object {
        schema: String,
        /// The required properties, and some of the others.
        properties: Vec<(String, Self)>,
    },
}

impl Argument {
    /// Returns the argument for a value of a schema. Returns `None` if it would be no short code.
    pub(super) fn new(root: &Node, schema: &Node, value: &Node) -> Option<Self> {
        let component = reference(schema).and_then(|reference| reference.rsplit('/').next());
        let schema = resolve(root, schema)?;
        let format = schema.str_at("format");
        match &value.value {
            Value::Bool(value) => Some(Self::Boolean(*value)),
            Value::Number(number) if format == Some("decimal") => {
                Some(Self::Text(number.to_string()))
            }
            Value::Number(number) => number.as_i64().map(Self::Integer),
            Value::String(text) if text.len() > LONGEST => None,
            Value::String(text) => Some(match format {
                Some("uuid") => Self::Uuid(text.to_string()),
                Some("date-time") => Self::DateTime(text.to_string()),
                Some("date") => return None,
                _ => match component.filter(|_| schema.get("enum").is_some()) {
                    Some(component) => Self::Variant {
                        schema: component.to_owned(),
                        value: text.to_string(),
                    },
                    None => Self::Text(text.to_string()),
                },
            }),
            Value::Sequence(items) => {
                let schema = schema.get("items").filter(|items| is_plain(root, items))?;
                let items = items
                    .iter()
                    .take(ITEMS)
                    .map(|item| Self::new(root, schema, item));
                items.collect::<Option<_>>().map(Self::List)
            }
            Value::Mapping(_) if schema.get("properties").is_none() => {
                let values = schema.get("additionalProperties");
                let is_of_any_kind = values.is_none_or(|values| values.as_bool().is_some());
                let json = value.to_json().to_string();
                (is_of_any_kind && json.len() <= LONGEST).then_some(Self::Json(json))
            }
            Value::Mapping(_) => Self::object(root, component?, schema, value),
            Value::Null => None,
        }
    }

    fn object(root: &Node, component: &str, schema: &Node, value: &Node) -> Option<Self> {
        let required = schema.items_at("required");
        let mut rest = OPTIONAL;
        let mut properties = Vec::new();
        for property in schema.entries_at("properties") {
            let argument = value
                .get(&property.key)
                .and_then(|value| Self::new(root, &property.node, value));
            if required
                .iter()
                .any(|name| name.as_str() == Some(&property.key))
            {
                properties.push((property.key.to_string(), argument?));
            } else if rest > 0
                && let Some(argument) = argument
            {
                rest -= 1;
                properties.push((property.key.to_string(), argument));
            }
        }
        Some(Self::Object {
            schema: component.to_owned(),
            properties,
        })
    }
}

/// Returns `true` if the code of the example can make an item of a list of these: a value of Rust's own
/// types, a UUID, or a value of an enumeration or object that is a component schema.
fn is_plain(root: &Node, items: &Node) -> bool {
    let Some(schema) = resolve(root, items) else {
        return false;
    };
    let is_component = reference(items).is_some();
    let mut other = ["minLength", "maxLength", "pattern", "nullable"].into_iter();
    match schema.str_at("type") {
        Some("object") => is_component,
        Some("string") if schema.get("enum").is_some() => is_component,
        Some("string") if schema.str_at("format") == Some("uuid") => true,
        Some("string" | "integer") => other.all(|keyword| schema.get(keyword).is_none()),
        _ => false,
    }
}
