//! Values of a wrong type that have one evident reading.

use std::collections::HashMap;

use super::grammar::Meaning::{self, Data, List, Named, One};
use super::grammar::Object;
use crate::finding::Finding;
use crate::node::{Entry, Mapping, Node, Value};
use crate::source::{Sources, Span};

const RULE: &str = "value-type";

/// The type of the value of a keyword.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Expected {
    Text,
    Flag,
    Number,
    /// A flag in OpenAPI 3.0, and a number in OpenAPI 3.1.
    FlagOrNumber,
    /// A list of texts.
    Texts,
    /// A list of anything.
    List,
}

/// Replaces values of a wrong type by those that the author evidently meant.
pub(super) fn correct(root: &mut Node, sources: &Sources, warnings: &mut Vec<Finding>) {
    let mut reader = Reader {
        sources,
        warnings,
        statuses: HashMap::new(),
    };
    reader.node(root, One(Object::Document));
    let statuses = reader.statuses;
    warnings.extend(statuses.into_values().map(|(first, number)| {
        let message = match number {
            1 => "a status is written as a number".to_owned(),
            _ => format!("{number} statuses in this file are written as numbers"),
        };
        Finding::new("status-number", &first, message, "write them in quotes")
    }));
}

struct Reader<'s> {
    sources: &'s Sources,
    warnings: &'s mut Vec<Finding>,
    /// The first status that is a number, and the number of those, by the position of the file.
    statuses: HashMap<usize, (Span, usize)>,
}

impl Reader<'_> {
    fn node(&mut self, node: &mut Node, meaning: Meaning) {
        match meaning {
            One(object) => self.object(node, object),
            Named(object) => {
                if object == Object::Response {
                    node.entries().iter().for_each(|entry| self.status(entry));
                }
                for (key, value) in node.entries_mut() {
                    let below = meaning.below(key);
                    if below != Data && matches!(value.value, Value::Null) {
                        self.warn(&value.span, &format!("`{key}` has no value"), "write `{}`");
                        value.value = Value::Mapping(Mapping::new(Vec::new()));
                    }
                    self.node(value, below);
                }
            }
            List(object) => {
                if let Value::Sequence(items) = &mut node.value {
                    for item in items {
                        self.node(item, One(object));
                    }
                }
            }
            Data => {}
        }
    }

    fn object(&mut self, node: &mut Node, object: Object) {
        let mut absent = Vec::new();
        for (key, value) in node.entries_mut() {
            let meaning = object.keyword(key);
            let expected = match meaning {
                List(_) => Some(Expected::List),
                _ => expected(object, key),
            };
            let is_null = matches!(value.value, Value::Null);
            if object == Object::Schema && key == "type" {
                self.types(value);
            } else if is_null && (expected.is_some() || meaning != Data) {
                let message = format!("`{key}` has no value; it is read as absent");
                self.warn(
                    &value.span,
                    &message,
                    "remove the keyword, or write a value",
                );
                absent.push(key.to_owned());
                continue;
            } else if let Some(expected) = expected {
                self.value(key, value, expected);
            }
            self.node(value, meaning);
        }
        if let Value::Mapping(mapping) = &mut node.value {
            for key in absent {
                mapping.remove(&key);
            }
        }
        if object == Object::Parameter && node.str_at("in") == Some("path") {
            self.path_parameter(node);
        }
    }

    /// Makes a path parameter required, because there is no request without it.
    fn path_parameter(&mut self, node: &mut Node) {
        const HELP: &str = "write `required: true`";
        if node.is_true("required") {
            return;
        }
        let name = node.str_at("name").unwrap_or_default();
        let message =
            format!("the path parameter `{name}` is not `required`; it is read as required");
        match node.get_mut("required") {
            Some(required) => {
                required.value = Value::Bool(true);
                let span = required.span.clone();
                self.warn(&span, &message, HELP);
            }
            None => {
                let span = node.span.clone();
                self.warn(&span, &message, HELP);
                node.add(Entry {
                    key: "required".into(),
                    key_span: span.clone(),
                    node: Node {
                        span,
                        value: Value::Bool(true),
                    },
                });
            }
        }
    }

    fn value(&mut self, key: &str, node: &mut Node, expected: Expected) {
        let text = node.as_str().map(str::trim);
        let is_scalar = matches!(node.value, Value::Number(_) | Value::Bool(_));
        let (value, kind) = match (expected, text) {
            (Expected::Text, None) if is_scalar => (Some(self.text(node)), "a text"),
            (Expected::Flag, Some(text)) => (flag(text), "`true` or `false`"),
            (Expected::Number, Some(text)) => (number(text), "a number"),
            (Expected::FlagOrNumber, Some(text)) => (
                flag(text).or_else(|| number(text)),
                "a number, `true` or `false`",
            ),
            (Expected::Texts, Some(_)) => (Some(listed(node)), "a list"),
            (Expected::Texts, None) => return self.texts(node),
            (Expected::List, _) if !node.entries().is_empty() => (Some(listed(node)), "a list"),
            _ => return,
        };
        if let Some(value) = value {
            self.expect(key, &node.span, kind);
            node.value = value;
        }
    }

    /// Makes every item of a list a text.
    fn texts(&mut self, node: &mut Node) {
        let Value::Sequence(items) = &mut node.value else {
            return;
        };
        for item in items {
            if matches!(item.value, Value::Number(_) | Value::Bool(_)) {
                self.expect("an item", &item.span, "a text");
                item.value = self.text(item);
            }
        }
    }

    /// Reads `null` without quotes as the name of the type.
    fn types(&mut self, node: &mut Node) {
        let types = match &mut node.value {
            Value::Sequence(items) => &mut items[..],
            _ => std::slice::from_mut(node),
        };
        for name in types {
            if matches!(name.value, Value::Null) {
                self.warn(
                    &name.span,
                    "the type `null` without quotes",
                    "write `\"null\"`",
                );
                name.value = Value::String("null".into());
            }
        }
    }

    /// Returns a number or boolean as the author wrote it.
    fn text(&self, node: &Node) -> Value {
        let written = self.sources.text(&node.span).trim();
        Value::String(match written {
            "" => node.to_json().to_string().into(),
            written => written.into(),
        })
    }

    fn status(&mut self, entry: &Entry) {
        let written = self.sources.text(&entry.key_span);
        if written.starts_with(|first: char| first.is_ascii_digit())
            && entry.key.parse::<u32>().is_ok()
        {
            let file = self.sources.position(entry.key_span.start);
            let first = (entry.key_span.clone(), 0);
            self.statuses.entry(file).or_insert(first).1 += 1;
        }
    }

    fn expect(&mut self, key: &str, span: &Span, kind: &str) {
        let name = match key {
            "an item" => key.to_owned(),
            key => format!("`{key}`"),
        };
        let message = format!("{name} must be {kind}, and is read so");
        self.warn(span, &message, &format!("write {kind}"));
    }

    fn warn(&mut self, span: &Span, message: &str, help: &str) {
        self.warnings.push(Finding::new(RULE, span, message, help));
    }
}

fn expected(object: Object, key: &str) -> Option<Expected> {
    Some(match (object, key) {
        (Object::Discriminator, "propertyName") => Expected::Text,
        (Object::Discriminator | Object::Callback | Object::Components, _) => return None,
        (Object::Parameter | Object::Header | Object::RequestBody, "required") => Expected::Flag,
        (Object::Schema, "required") | (Object::Operation, "tags") | (Object::Variable, "enum") => {
            Expected::Texts
        }
        (Object::Document | Object::Operation, "security") => Expected::List,
        (Object::Description, "version") | (Object::Variable, "default") => Expected::Text,
        (
            _,
            "title" | "summary" | "description" | "termsOfService" | "operationId" | "name" | "in"
            | "url" | "email" | "identifier" | "bearerFormat" | "scheme" | "openIdConnectUrl"
            | "style" | "contentType" | "externalValue" | "operationRef",
        )
        | (
            Object::Schema,
            "format" | "pattern" | "contentEncoding" | "contentMediaType" | "$comment",
        ) => Expected::Text,
        (
            _,
            "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" | "attribute"
            | "wrapped",
        )
        | (
            Object::Schema,
            "additionalProperties" | "nullable" | "readOnly" | "writeOnly" | "uniqueItems",
        ) => Expected::Flag,
        (Object::Schema, "exclusiveMinimum" | "exclusiveMaximum") => Expected::FlagOrNumber,
        (
            Object::Schema,
            "maximum" | "minimum" | "multipleOf" | "maxLength" | "minLength" | "maxItems"
            | "minItems" | "maxProperties" | "minProperties" | "minContains" | "maxContains",
        ) => Expected::Number,
        _ => return None,
    })
}

/// Returns the boolean that a text says, in YAML 1.1 too.
fn flag(text: &str) -> Option<Value> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(Value::Bool(true)),
        "false" | "no" | "off" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    text.parse().ok().map(Value::Number)
}

fn listed(node: &Node) -> Value {
    Value::Sequence([node.clone()].into())
}
