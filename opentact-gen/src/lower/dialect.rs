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
        if !sending {
            self.inline_limited(schema);
        }
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        nullable_reference(schema);
        only_password(schema);
        // The server fills in a default. A client that sends it does not leave the property out.
        schema.remove("default");
        if !sending {
            let is_uuid = schema.get("format") == Some(&json!("uuid"));
            schema.retain(|keyword, _| !is_limit(keyword) && (keyword != "pattern" || is_uuid));
        }
        optional_lists(schema, sending);
        subschemas(schema).for_each(|schema| self.translate(schema, sending));
    }

    /// Replaces a reference to a limited value that is also sent, such as a name, by the value, so
    /// that it is received without the limits.
    fn inline_limited(self, schema: &mut Value) {
        let name = schema["$ref"].as_str();
        let name = name.and_then(|target| target.strip_prefix(SCHEMAS));
        let Some(name) = name.filter(|name| self.sent.contains(*name)) else {
            return;
        };
        let target = &self.components["schemas"][name];
        if !matches!(target["type"].as_str(), None | Some("object" | "array")) {
            *schema = target.clone();
        }
    }
}

/// Returns `true` if a keyword limits a value. Limits are not imposed on what the server sends.
fn is_limit(keyword: &str) -> bool {
    let prefixes = ["exclusive", "max", "min"];
    prefixes.iter().any(|prefix| keyword.starts_with(prefix))
        || matches!(keyword, "enum" | "multipleOf" | "uniqueItems")
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
    let is_null = null["enum"] == json!([null]) && null["nullable"] == json!(true);
    if is_null && reference.get("$ref").is_some() {
        let reference = reference.clone();
        schema.remove("anyOf");
        schema.insert("nullable".to_owned(), json!(true));
        schema.insert("allOf".to_owned(), json!([reference]));
    }
}

/// Removes the limits of a password: progenitor would make a checked string of it, whose `Debug`
/// shows the value.
fn only_password(schema: &mut Map<String, Value>) {
    if schema.get("format") == Some(&json!("password")) {
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
