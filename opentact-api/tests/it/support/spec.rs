//! The spec as one document, read without any code of the generator.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../opentact-sandbox/src/openapi.json");
    serde_json::from_str(text).unwrap()
});

/// An operation of the spec.
#[derive(Clone, Copy)]
pub(crate) struct SpecOperation {
    /// The method in lower case.
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    item: &'static Value,
    node: &'static Value,
}

/// A parameter of an operation.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) is_in_path: bool,
    pub(crate) schema: &'static Value,
    pub(crate) example: &'static Value,
}

/// An example of a response.
pub(crate) struct Example {
    /// The status, such as `200` or `4XX`.
    pub(crate) status: &'static str,
    pub(crate) name: &'static str,
    pub(crate) body: &'static Value,
    pub(crate) schema: &'static Value,
}

/// Returns all operations, sorted by path.
pub(crate) fn operations() -> impl Iterator<Item = SpecOperation> {
    const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
    let items = entries(&DOCUMENT["paths"]);
    items.flat_map(|(path, item)| {
        let methods = entries(item).filter(|(method, _)| METHODS.contains(method));
        methods.map(move |(method, node)| SpecOperation {
            method,
            path,
            item,
            node,
        })
    })
}

/// Returns the operation with this name in Rust.
pub(crate) fn operation(name: &str) -> SpecOperation {
    let operation = operations().find(|operation| operation.name() == name);
    operation.unwrap_or_else(|| panic!("the spec has no operation {name}"))
}

/// Returns the operation of a request, whose path starts with that of the base URL.
pub(crate) fn operation_of_request(method: &str, path: &str) -> Option<SpecOperation> {
    let path = path.strip_prefix("/rest")?.split('?').next()?;
    let path: Vec<&str> = path.split('/').collect();
    let fits = |operation: &SpecOperation| {
        let template: Vec<&str> = operation.path.split('/').collect();
        let mut segments = template.iter().zip(&path);
        operation.method.eq_ignore_ascii_case(method)
            && template.len() == path.len()
            && segments.all(|(template, segment)| template.starts_with('{') || template == segment)
    };
    // A path without parameters goes before one with them.
    operations()
        .filter(fits)
        .min_by_key(|operation| operation.path.matches('{').count())
}

impl SpecOperation {
    pub(crate) fn name(&self) -> &'static str {
        self.node["x-rust-name"].as_str().unwrap()
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.node["x-idempotent"] == true
    }

    pub(crate) fn paging(&self) -> Option<&'static Value> {
        self.node.get("x-paging")
    }

    /// Returns the names of the security schemes, the preferred one first.
    pub(crate) fn schemes(&self) -> Vec<&'static str> {
        let schemes = self
            .node
            .get("security")
            .or_else(|| DOCUMENT.get("security"));
        let schemes = schemes.and_then(Value::as_array).unwrap();
        let schemes = schemes.iter().flat_map(entries);
        schemes.map(|(name, _)| name).collect()
    }

    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let lists = [self.item.get("parameters"), self.node.get("parameters")];
        let parameters = lists.into_iter().flatten().flat_map(items);
        let parameters = parameters.map(|parameter| {
            let parameter = resolved(parameter);
            Parameter {
                name: parameter["name"].as_str().unwrap(),
                is_in_path: parameter["in"] == "path",
                schema: resolved(&parameter["schema"]),
                example: &parameter["example"],
            }
        });
        parameters.collect()
    }

    /// Returns the schema of the request body.
    pub(crate) fn body_schema(&self) -> Option<&'static Value> {
        let body = resolved(self.node.get("requestBody")?);
        Some(resolved(&body["content"]["application/json"]["schema"]))
    }

    /// Returns the examples of the request body.
    pub(crate) fn bodies(&self) -> Vec<&'static Value> {
        let body = self.node.get("requestBody").map(resolved);
        let examples = body.map(|body| &body["content"]["application/json"]["examples"]);
        let examples = examples.into_iter().flat_map(entries);
        examples
            .map(|(_, example)| &resolved(example)["value"])
            .collect()
    }

    /// Returns the examples of all responses, sorted by status and name.
    pub(crate) fn responses(&self) -> Vec<Example> {
        let responses = entries(&self.node["responses"]);
        let examples = responses.flat_map(|(status, response)| {
            let media_type = &resolved(response)["content"]["application/json"];
            let examples = entries(&media_type["examples"]);
            examples.map(move |(name, example)| Example {
                status,
                name,
                body: &resolved(example)["value"],
                schema: resolved(&media_type["schema"]),
            })
        });
        examples.collect()
    }

    /// Returns the first example of a success response.
    pub(crate) fn success(&self) -> Example {
        let mut examples = self.responses().into_iter();
        examples
            .find(|example| example.status.starts_with('2'))
            .unwrap()
    }

    /// Returns the path with the values of its parameters, as it is sent.
    pub(crate) fn path_with(&self, values: &Map<String, Value>) -> String {
        let segments = self.path.split('/').map(|segment| {
            let name = segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            name.map_or_else(
                || segment.to_owned(),
                |name| percent_encoded(&text(&values[name])),
            )
        });
        segments.collect::<Vec<_>>().join("/")
    }
}

/// Returns a text as one segment of a path, with all characters escaped that RFC 3986 reserves.
fn percent_encoded(text: &str) -> String {
    const ESCAPED: AsciiSet = NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(text, &ESCAPED).to_string()
}

/// Returns a parameter as text.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns what a value refers to, or the value itself.
pub(crate) fn resolved(mut value: &'static Value) -> &'static Value {
    while let Some(reference) = value.get("$ref") {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        value = DOCUMENT.pointer(pointer).unwrap();
    }
    value
}

/// Returns the schemas that a value of a schema must or may fit, itself included.
pub(crate) fn alternatives(schema: &'static Value) -> Vec<&'static Value> {
    let schema = resolved(schema);
    let keywords = ["allOf", "anyOf", "oneOf"].into_iter();
    let parts = keywords.filter_map(|keyword| schema.get(keyword));
    let parts = parts.flat_map(items).flat_map(alternatives);
    std::iter::once(schema).chain(parts).collect()
}

/// Returns the schema of a property.
pub(crate) fn property(schema: &'static Value, name: &str) -> Option<&'static Value> {
    let alternatives = alternatives(schema).into_iter();
    let mut properties = alternatives.filter_map(|schema| schema.get("properties")?.get(name));
    properties.next()
}

/// Returns the entries of an object, sorted by name, whatever order serde_json keeps.
pub(crate) fn entries(
    object: &'static Value,
) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let entries = object.as_object().into_iter().flatten();
    let entries: BTreeMap<_, _> = entries
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    entries.into_iter()
}

pub(crate) fn items(list: &'static Value) -> impl Iterator<Item = &'static Value> {
    list.as_array().into_iter().flatten()
}

/// Returns the names of all security schemes.
pub(crate) fn security_schemes() -> impl Iterator<Item = &'static str> {
    let schemes = DOCUMENT["components"]["securitySchemes"].as_object();
    schemes
        .into_iter()
        .flat_map(|schemes| schemes.keys().map(String::as_str))
}
