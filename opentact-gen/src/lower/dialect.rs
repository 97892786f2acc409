//! Schemas as progenitor understands them.

use std::collections::BTreeSet;

use openapi_tree::{Holds, SUBSCHEMA_KEYWORDS};
use serde_json::{Map, Value, json};

use crate::reach::SCHEMAS;

/// A translation of the schemas of a spec. `sending` is `true` for schemas of sent values and `false`
/// for those of received values.
#[derive(Clone, Copy)]
pub(super) struct Dialect<'a> {
    /// The components of the spec.
    pub(super) components: &'a Value,
    /// The names of the component schemas that are sent.
    pub(super) sent: &'a BTreeSet<String>,
}

impl Dialect<'_> {
    /// Translates every schema in a path item, parameter or request body.
    pub(super) fn translate_part(self, part: &mut Value, sending: bool) {
        match part {
            Value::Object(members) => {
                for (keyword, member) in members {
                    match keyword.as_str() {
                        "schema" => self.translate(member, sending),
                        "responses" => self.translate_part(member, false),
                        _ => self.translate_part(member, sending),
                    }
                }
            }
            Value::Array(items) => {
                let items = items.iter_mut();
                items.for_each(|item| self.translate_part(item, sending));
            }
            _ => {}
        }
    }

    /// Translates a schema and all schemas in it.
    pub(super) fn translate(self, schema: &mut Value, sending: bool) {
        self.inline(schema, sending);
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        nullable_reference(schema);
        string_or_integer(schema);
        only_conversion(schema);
        // The server fills in a default. A client that sends it does not leave the property out.
        schema.remove("default");
        if is_number(schema) {
            // typify would choose another type of integer for other limits. The client checks them.
            schema.retain(|keyword, _| !is_range(keyword));
        }
        if !sending {
            let keeps_enum = schema.get("type") == Some(&json!("string"));
            let is_uuid = schema.get("format") == Some(&json!("uuid"));
            schema.retain(|keyword, _| match keyword.as_str() {
                "enum" => keeps_enum,
                "pattern" => is_uuid,
                keyword => !is_limit(keyword),
            });
        }
        optional_lists(schema, sending);
        subschemas(schema).for_each(|schema| self.translate(schema, sending));
    }

    /// Replaces a reference to a limited value that is also sent, such as a name, by the value, so
    /// that it is received without the limits. Replaces one to a number, whose limits the client
    /// checks: typify would make a type of it, which is no number.
    fn inline(self, schema: &mut Value, sending: bool) {
        let name = schema["$ref"].as_str();
        let Some(name) = name.and_then(|target| target.strip_prefix(SCHEMAS)) else {
            return;
        };
        let target = &self.components["schemas"][name];
        let is_number = matches!(target["type"].as_str(), Some("integer" | "number"));
        let is_limited = !sending && self.is_inlined(name);
        if is_limited || is_number && target.get("enum").is_none() {
            *schema = target.clone();
        }
    }

    /// Returns `true` if a component schema is a limited value that is sent, so that it is a type of
    /// its own in requests only. An enumeration is one type in both directions, because it keeps
    /// values that it does not list.
    pub(super) fn is_inlined(self, name: &str) -> bool {
        let target = &self.components["schemas"][name];
        let is_scalar = !matches!(target["type"].as_str(), None | Some("object" | "array"));
        let is_enum = target["type"] == "string" && target.get("enum").is_some();
        self.sent.contains(name) && is_scalar && !is_enum
    }
}

/// Returns `true` if a keyword limits a value. Limits are not imposed on what the server sends.
fn is_limit(keyword: &str) -> bool {
    let prefixes = ["exclusive", "max", "min"];
    prefixes.iter().any(|prefix| keyword.starts_with(prefix))
        || matches!(keyword, "multipleOf" | "uniqueItems")
}

/// Returns `true` if a keyword limits a number.
fn is_range(keyword: &str) -> bool {
    let keywords = [
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maximum",
        "minimum",
        "multipleOf",
    ];
    keywords.contains(&keyword)
}

fn is_number(schema: &Map<String, Value>) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    matches!(kind, Some("integer" | "number"))
}

/// Returns the schemas directly inside a schema.
fn subschemas(schema: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    schema.iter_mut().flat_map(|(keyword, value)| {
        let mut known = SUBSCHEMA_KEYWORDS.iter();
        let holds = known.find(|(known, _)| known == keyword);
        match (holds.map(|(_, holds)| holds), value) {
            (Some(Holds::Named), Value::Object(schemas)) => schemas.values_mut().collect(),
            (Some(Holds::List), Value::Array(schemas)) => schemas.iter_mut().collect(),
            (Some(Holds::One), schema) => vec![schema],
            _ => Vec::new(),
        }
    })
}

/// Replaces `anyOf: [{$ref: …}, {nullable: true, enum: [null], …}]` by a nullable `allOf`.
fn nullable_reference(schema: &mut Map<String, Value>) {
    let Some(Value::Array(alternatives)) = schema.get("anyOf") else {
        return;
    };
    let [reference, null] = &alternatives[..] else {
        return;
    };
    if is_null(null) && reference.get("$ref").is_some() {
        let reference = reference.clone();
        schema.remove("anyOf");
        schema.insert("nullable".to_owned(), json!(true));
        schema.insert("allOf".to_owned(), json!([reference]));
    }
}

/// The format of a string that stands for a string or an integer.
pub(crate) const STRING_OR_INTEGER: &str = "string-or-integer";

/// Replaces a choice of a string and an integer, and perhaps `null`, by one schema: typify would make
/// an enumeration of it that refuses an integer beyond those of an `i64`.
fn string_or_integer(schema: &mut Map<String, Value>) {
    let Some(keyword) = ["oneOf", "anyOf"]
        .into_iter()
        .find(|it| schema.contains_key(*it))
    else {
        return;
    };
    let parts = schema.get(keyword).and_then(Value::as_array);
    let parts = parts.map_or(&[][..], Vec::as_slice);
    let has = |kind: &str| parts.iter().any(|part| part["type"] == kind);
    let is_alone = schema
        .keys()
        .all(|key| key == keyword || is_annotation(key));
    if !is_alone || !has("string") || !has("integer") || !parts.iter().all(is_plain) {
        return;
    }
    let is_nullable = parts.iter().any(|part| part["nullable"] == json!(true));
    schema.remove(keyword);
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("format".to_owned(), json!(STRING_OR_INTEGER));
    if is_nullable {
        schema.insert("nullable".to_owned(), json!(true));
    }
}

/// Returns `true` if a keyword says nothing about the values of a schema.
fn is_annotation(keyword: &str) -> bool {
    let keywords = ["default", "deprecated", "description", "example", "title"];
    keywords.contains(&keyword) || keyword.starts_with("x-")
}

/// Returns `true` for a string or integer without limits, and for `null`.
fn is_plain(schema: &Value) -> bool {
    let keywords = schema.as_object().into_iter().flatten();
    let mut keywords = keywords.map(|(keyword, _)| keyword.as_str());
    match schema["type"].as_str() {
        Some("string" | "integer") => keywords.all(|it| {
            matches!(it, "type" | "nullable" | "description" | "example")
                || it == "format" && schema["format"] == "int64"
        }),
        Some("object") => is_null(schema),
        _ => false,
    }
}

/// Returns `true` for `{nullable: true, enum: [null], …}`.
fn is_null(schema: &Value) -> bool {
    schema["enum"] == json!([null]) && schema["nullable"] == json!(true)
}

/// Removes the limits of a value that the client converts to a type of its own: a password, whose
/// checked string would show it in `Debug`, a decimal number, and a string or integer.
fn only_conversion(schema: &mut Map<String, Value>) {
    let format = schema.get("format").and_then(Value::as_str);
    if matches!(format, Some("password" | "decimal" | STRING_OR_INTEGER)) {
        let kept = ["type", "format", "nullable", "description"];
        schema.retain(|keyword, _| kept.contains(&keyword.as_str()));
    }
}

/// Makes an optional list nullable if it is sent, and not nullable if it is received.
///
/// progenitor turns a nullable one into `Option<Vec>` and the other into `Vec`. In a request, absent
/// and empty differ. In a response, absent, `null` and empty are the same.
fn optional_lists(schema: &mut Map<String, Value>, sending: bool) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name| required.as_array().is_some_and(|it| it.contains(&name));
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        if property["type"] == "array" && !is_required(json!(name)) {
            property["nullable"] = json!(sending);
        }
    }
}
