//! A schema of the spec: its types, its properties, and the checks of a value.

use crate::resolve::suggest::suggestion;
use openapi_tree::{JsonSchemas, Node, ValueError, resolve};
use serde_json::Value;

/// A schema of the spec.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'a> {
    root: &'a Node,
    node: &'a Node,
}

/// A property of an object.
pub(crate) struct Property<'a> {
    pub(crate) name: &'a str,
    pub(crate) is_required: bool,
    pub(crate) schema: Schema<'a>,
}

impl<'a> Schema<'a> {
    pub(crate) fn new(root: &'a Node, node: &'a Node) -> Self {
        Self { root, node }
    }

    /// Returns the description: that beside the reference, or else that of the schema.
    pub(crate) fn description(&self) -> &'a str {
        let own = self.node.str_at("description");
        let mut parts = self.parts().into_iter();
        own.or_else(|| parts.find_map(|part| part.str_at("description")))
            .unwrap_or_default()
    }

    /// Returns `true` if a value can have this JSON type.
    pub(crate) fn allows(&self, kind: &str) -> bool {
        let parts = self.parts();
        let mut kinds = parts.iter().filter(|part| !is_null(part));
        match kind {
            "null" => parts.iter().any(|part| part.is_true("nullable")),
            _ => kinds.any(|part| part.str_at("type") == Some(kind)),
        }
    }

    /// Returns `true` if the schema says nothing about the type of a value.
    pub(crate) fn allows_anything(&self) -> bool {
        let parts = self.parts();
        !parts.iter().any(|part| part.get("type").is_some())
    }

    /// Returns `true` if a value is a password, a token or a digest.
    pub(crate) fn is_secret(&self) -> bool {
        self.has_format("password")
    }

    pub(crate) fn has_format(&self, format: &str) -> bool {
        let mut parts = self.parts().into_iter();
        parts.any(|part| part.str_at("format") == Some(format))
    }

    /// Returns the schema of the items of a list.
    pub(crate) fn items(&self) -> Option<Self> {
        let mut parts = self.parts().into_iter();
        parts
            .find_map(|part| part.get("items"))
            .map(|node| self.at(node))
    }

    /// Returns the properties of an object, in the order of the spec.
    pub(crate) fn properties(&self) -> Vec<Property<'a>> {
        let parts = self.parts();
        let is_required = |name: &str| {
            let mut required = parts.iter().flat_map(|part| part.items_at("required"));
            required.any(|node| node.as_str() == Some(name))
        };
        let properties = parts.iter().flat_map(|part| part.entries_at("properties"));
        properties
            .map(|entry| Property {
                name: &entry.key,
                is_required: is_required(&entry.key),
                schema: self.at(&entry.node),
            })
            .collect()
    }

    /// Returns the schema of a property. An object can be open to any name.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        let parts = self.parts();
        let named = parts
            .iter()
            .find_map(|part| part.get("properties")?.get(name));
        let others = || {
            parts
                .iter()
                .find_map(|part| part.get("additionalProperties"))
        };
        named.or_else(others).map(|node| self.at(node))
    }

    /// Returns `true` if an object can have properties that the spec does not name.
    fn is_open(&self) -> bool {
        let mut parts = self.parts().into_iter();
        parts.any(|part| part.get("additionalProperties").is_some()) || self.properties().is_empty()
    }

    /// Returns the type in words, such as `UUID` or `list of strings`.
    pub(crate) fn kind(&self) -> String {
        let known = self.known_values();
        if !known.is_empty() {
            return known.join(" | ");
        }
        if let Some(items) = self.items() {
            return format!("list of {}", items.kind());
        }
        for (format, kind) in [
            ("uuid", "UUID"),
            ("date-time", "date-time"),
            ("password", "secret"),
        ] {
            if self.has_format(format) {
                return kind.to_owned();
            }
        }
        let kinds = ["string", "integer", "number", "boolean", "object"];
        let kinds: Vec<&str> = kinds.into_iter().filter(|kind| self.allows(kind)).collect();
        match kinds.is_empty() {
            true => "any JSON".to_owned(),
            false => kinds.join(" or "),
        }
    }

    fn known_values(&self) -> Vec<&'a str> {
        let parts = self.parts().into_iter();
        let values = parts.flat_map(|part| part.items_at("enum"));
        values.filter_map(Node::as_str).collect()
    }

    /// Returns the reasons why a value does not fit. `name` stands for the value as a whole.
    pub(crate) fn errors(&self, name: &str, value: &Value) -> Vec<String> {
        let unknown = self.unknown(name, value);
        if !unknown.is_empty() {
            return unknown;
        }
        let validator = match JsonSchemas::new(self.root).compile(self.node) {
            Ok(validator) => validator,
            Err(error) => return vec![error],
        };
        let mut errors: Vec<String> = Vec::new();
        for error in validator.errors(value) {
            let segments: Vec<String> = error.pointer.segments().collect();
            let place = place(name, &segments);
            let is_repeated = errors
                .iter()
                .any(|known| known.starts_with(&format!("`{place}` ")));
            // A UUID breaks both a format and a pattern.
            if !is_repeated || error.keyword == "required" {
                errors.push(self.within(&segments).reason(name, &place, &error));
            }
        }
        errors
    }

    /// Returns the schema of a part of a value.
    fn within(&self, segments: &[String]) -> Self {
        segments.iter().fold(*self, |schema, segment| {
            let property = schema.property(segment);
            property.or_else(|| schema.items()).unwrap_or(schema)
        })
    }

    fn reason(&self, name: &str, place: &str, error: &ValueError) -> String {
        match error.keyword.as_str() {
            "required" => {
                let missing = error.message.split('"').nth(1).unwrap_or_default();
                match place == name {
                    true => format!("`{missing}` is missing"),
                    false => format!("`{place}.{missing}` is missing"),
                }
            }
            "format" | "pattern" | "type" | "enum" | "anyOf" | "oneOf" | "allOf" => {
                format!("`{place}` is not a valid value: expected {}", self.kind())
            }
            _ => {
                let message = error.message.trim_start_matches("the value ");
                format!("`{place}` {message}")
            }
        }
    }

    /// Returns the properties of a value that the spec does not have, with the nearest name.
    fn unknown(&self, name: &str, value: &Value) -> Vec<String> {
        match value {
            Value::Object(object) => {
                let mut unknown = Vec::new();
                for (property, value) in object {
                    let at = place(name, std::slice::from_ref(property));
                    match self.property(property) {
                        Some(schema) => unknown.extend(schema.unknown(&at, value)),
                        None if self.is_open() => {}
                        None => {
                            let known = self.properties();
                            let known = known.iter().map(|property| property.name);
                            let near = suggestion(property, known);
                            unknown.push(format!("`{at}` is not a known property{near}"));
                        }
                    }
                }
                unknown
            }
            Value::Array(items) => match self.items() {
                Some(schema) => {
                    let items = items.iter();
                    items.flat_map(|item| schema.unknown(name, item)).collect()
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Returns the secrets in a value.
    pub(crate) fn secrets<'v>(&self, value: &'v Value) -> Vec<&'v str> {
        match value {
            Value::String(text) if self.is_secret() => vec![text.as_str()],
            Value::Object(object) => {
                let properties = object.iter();
                let schemas =
                    properties.filter_map(|(name, value)| Some((self.property(name)?, value)));
                schemas
                    .flat_map(|(schema, value)| schema.secrets(value))
                    .collect()
            }
            Value::Array(items) => match self.items() {
                Some(schema) => items.iter().flat_map(|item| schema.secrets(item)).collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn at(&self, node: &'a Node) -> Self {
        Self::new(self.root, node)
    }

    /// Returns the schema itself, and those that it is composed of.
    fn parts(&self) -> Vec<&'a Node> {
        let mut parts: Vec<&Node> = Vec::new();
        let mut pending = vec![self.node];
        while let Some(node) = pending.pop() {
            let Some(node) = resolve(self.root, node) else {
                continue;
            };
            if parts.iter().any(|known| std::ptr::eq(*known, node)) {
                continue;
            }
            parts.push(node);
            let composed = ["allOf", "anyOf", "oneOf"].into_iter();
            let composed: Vec<&Node> = composed.flat_map(|key| node.items_at(key)).collect();
            pending.extend(composed.into_iter().rev());
        }
        parts
    }
}

/// Returns `true` if a schema stands for `null` only, in the form that OpenAPI 3.0 requires.
fn is_null(node: &Node) -> bool {
    node.is_true("nullable")
        && node.get("enum").is_some()
        && node.items_at("enum").iter().all(|it| it.as_str().is_none())
}

fn place(name: &str, segments: &[String]) -> String {
    let is_whole = segments.is_empty();
    match name {
        _ if is_whole => name.to_owned(),
        BODY => segments.join("."),
        _ => format!("{name}.{}", segments.join(".")),
    }
}

/// The name of a request body as a whole.
pub(crate) const BODY: &str = "the body";
