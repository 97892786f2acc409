//! Edits of any OpenAPI document, and their levels.

use std::collections::{BTreeMap, BTreeSet};

use openapi_compat::Level;
use openapi_tree::{Pointer, is_method};
use serde_json::{Value, json};

/// The number of places of each edit, which are far from each other.
const PLACES: usize = 2;

/// A document with one edit.
pub(crate) struct Edit {
    /// The name of the edit.
    pub(crate) name: &'static str,
    /// The JSON pointer to the edited part.
    pub(crate) at: String,
    /// The edited document.
    pub(crate) edited: Value,
    /// The level of the most serious change from the document to the edited one.
    pub(crate) forward: Option<Level>,
    /// The level of the most serious change from the edited document to the original.
    pub(crate) backward: Option<Level>,
}

/// Returns the JSON pointers of all operations.
pub(crate) fn operations(document: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let methods = item.as_object().into_iter().flatten();
        let methods = methods.filter(|(method, _)| is_method(method));
        let path = child("/paths", path);
        pointers.extend(methods.map(|(method, _)| child(&path, method)));
    }
    pointers
}

/// Makes edits of operations, one after the other: a large document fits into memory only a few
/// times.
pub(crate) fn each_edit_of_operations(document: &Value, mut visit: impl FnMut(Edit)) {
    let mut edit = |name, at: &str, change: &dyn Fn(&mut Value), forward, backward| {
        let mut edited = document.clone();
        change(edited.pointer_mut(at).unwrap());
        visit(Edit {
            name,
            at: at.to_owned(),
            edited,
            forward: Some(forward),
            backward: Some(backward),
        });
    };
    use Level::{Additive, Breaking, Documentation};
    for at in &some(&operations(document)) {
        let (path, method) = at.rsplit_once('/').unwrap();
        let remove = |item: &mut Value| drop(item.as_object_mut().unwrap().shift_remove(method));
        edit("operation removed", path, &remove, Breaking, Additive);
        let require = |operation: &mut Value| {
            let parameters = operation.as_object_mut().unwrap().entry("parameters");
            let parameters = parameters.or_insert_with(|| json!([])).as_array_mut();
            parameters.unwrap().push(json!({
                "name": "of-this-test", "in": "query", "required": true,
                "schema": { "type": "string" },
            }));
        };
        edit("required parameter added", at, &require, Breaking, Breaking);
        let rename = |operation: &mut Value| operation["operationId"] = json!("ofThisTest");
        edit(
            "operationId changed",
            at,
            &rename,
            Documentation,
            Documentation,
        );
        let describe = |operation: &mut Value| operation["description"] = json!("Another.");
        edit(
            "description changed",
            at,
            &describe,
            Documentation,
            Documentation,
        );
    }
}

/// Makes edits of schemas, one after the other.
pub(crate) fn each_edit_of_schemas(document: &Value, mut visit: impl FnMut(Edit)) {
    let reached = Reached::of(document);
    let at = |pointer: &str| document.pointer(pointer).unwrap();
    let (mut strings, mut objects) = (Vec::new(), Vec::new());
    for pointer in reached.plain() {
        let schema = at(&pointer);
        match schema["type"].as_str() {
            Some("string") if is_plain_string(schema) => strings.push(pointer),
            Some("object") if removable(schema).is_some() => objects.push(pointer),
            _ => {}
        }
    }
    for pointer in &some(&strings) {
        let mut edited = document.clone();
        let schema = edited.pointer_mut(pointer).unwrap();
        schema["maxLength"] = json!(schema["maxLength"].as_u64().unwrap_or(100) - 1);
        let (narrower, wider) = (Level::Breaking, Level::Additive);
        visit(Edit {
            name: "maxLength lowered",
            at: pointer.clone(),
            edited,
            forward: reached.level(pointer, narrower, wider),
            backward: reached.level(pointer, wider, narrower),
        });
    }
    for pointer in &some(&objects) {
        let schema = at(pointer);
        let name = removable(schema).unwrap();
        let mut edited = document.clone();
        let object = edited.pointer_mut(pointer).unwrap();
        object["properties"]
            .as_object_mut()
            .unwrap()
            .shift_remove(name);
        let required = object.get_mut("required").and_then(Value::as_array_mut);
        let was_required = required.is_some_and(|required| {
            let before = required.len();
            required.retain(|property| property != name);
            before > required.len()
        });
        let level = |breaks| match breaks {
            true => Level::Breaking,
            false => Level::Additive,
        };
        let closed = schema["additionalProperties"] == json!(false);
        visit(Edit {
            name: "property removed",
            at: format!("{pointer}/properties/{name}"),
            edited,
            forward: reached.level(pointer, Level::Breaking, Level::Breaking),
            backward: reached.level(pointer, level(was_required), level(closed)),
        });
    }
}

/// Returns `true` if only `maxLength` limits the string.
fn is_plain_string(schema: &Value) -> bool {
    let limits = ["enum", "format", "pattern", "minLength"];
    limits.iter().all(|limit| schema.get(limit).is_none())
        && schema["maxLength"].as_u64().unwrap_or(100) > 0
}

/// Returns the name of a property that can be removed: it is in requests and responses, and the
/// object allows no other properties or any.
fn removable(schema: &Value) -> Option<&str> {
    let others = schema.get("additionalProperties");
    let properties = schema.get("properties")?.as_object()?;
    let limits = ["$ref", "readOnly", "writeOnly", "allOf", "anyOf", "oneOf"];
    let (name, _) = properties
        .iter()
        .find(|(_, property)| limits.iter().all(|limit| property.get(limit).is_none()))?;
    others.is_none_or(Value::is_boolean).then_some(name)
}

/// The parts of a document that describe requests and responses.
struct Reached<'a> {
    document: &'a Value,
    /// The directions of each place. `true` marks a part of a composed schema, whose meaning depends
    /// on the other parts.
    places: BTreeMap<String, BTreeSet<(Direction, bool)>>,
}

#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum Direction {
    Request,
    Response,
}

impl<'a> Reached<'a> {
    fn of(document: &'a Value) -> Self {
        let mut reached = Self {
            document,
            places: BTreeMap::new(),
        };
        for operation in operations(document) {
            reached.operation(&operation, (Direction::Request, Direction::Response));
        }
        reached
    }

    fn operation(&mut self, operation: &str, (request, response): (Direction, Direction)) {
        let (path_item, _) = operation.rsplit_once('/').unwrap();
        self.visit(&format!("{operation}/parameters"), request, false);
        let own = self.parameters(operation);
        for (at, parameter) in self.parameters(path_item) {
            // The parameter of the operation replaces that of the path item.
            if !own.iter().any(|(_, own)| *own == parameter) {
                self.visit(&at, request, false);
            }
        }
        self.visit(&format!("{operation}/requestBody"), request, false);
        self.visit(&format!("{operation}/responses"), response, false);
        let is_operation = |pointer: &String| pointer.rsplit('/').next().is_some_and(is_method);
        let below = |pointers: Vec<String>| -> Vec<String> {
            pointers.iter().flat_map(|at| self.children(at)).collect()
        };
        let callbacks = self.children(&format!("{operation}/callbacks"));
        for method in below(below(callbacks)).iter().filter(|at| is_operation(at)) {
            // The server sends the requests of a callback.
            self.operation(method, (response, request));
        }
    }

    /// Returns the pointer of each parameter of an operation or path item, with its location and name.
    fn parameters(&self, of: &str) -> Vec<(String, [&'a Value; 2])> {
        let list = self.document.pointer(&format!("{of}/parameters"));
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.enumerate()
            .map(|(index, parameter)| {
                let target = parameter["$ref"].as_str().map(|target| &target[1..]);
                let parameter = target
                    .and_then(|target| self.document.pointer(target))
                    .unwrap_or(parameter);
                (
                    format!("{of}/parameters/{index}"),
                    [&parameter["in"], &parameter["name"]],
                )
            })
            .collect()
    }

    fn children(&self, pointer: &str) -> Vec<String> {
        let mapping = self.document.pointer(pointer).and_then(Value::as_object);
        let keys = mapping.into_iter().flat_map(|mapping| mapping.keys());
        keys.map(|key| child(pointer, key)).collect()
    }

    fn visit(&mut self, pointer: &str, direction: Direction, composed: bool) {
        let mut waiting = vec![(pointer.to_owned(), composed, false)];
        while let Some((pointer, composed, names)) = waiting.pop() {
            let Some(node) = self.document.pointer(&pointer) else {
                continue;
            };
            let directions = self.places.entry(pointer.clone()).or_default();
            if !directions.insert((direction, composed)) {
                continue;
            }
            if let Some(target) = node.get("$ref").and_then(Value::as_str) {
                waiting.push((target.trim_start_matches('#').to_owned(), composed, false));
                continue;
            }
            if let Value::Array(items) = node {
                let items = (0..items.len()).map(|at| (format!("{pointer}/{at}"), composed, false));
                waiting.extend(items);
            }
            for key in node.as_object().into_iter().flat_map(|node| node.keys()) {
                let data = [
                    "example",
                    "examples",
                    "default",
                    "enum",
                    "discriminator",
                    "links",
                ];
                if !names && (data.contains(&key.as_str()) || key.starts_with("x-")) {
                    continue;
                }
                let composes = ["allOf", "anyOf", "oneOf", "not"];
                let composed = composed || (!names && composes.contains(&key.as_str()));
                let names = !names && key == "properties";
                waiting.push((child(&pointer, key), composed, names));
            }
        }
    }

    /// Returns the places outside composed schemas.
    fn plain(&self) -> Vec<String> {
        let is_plain = |directions: &BTreeSet<(Direction, bool)>| {
            directions.iter().all(|(_, composed)| !composed)
        };
        let plain = self
            .places
            .iter()
            .filter(|(_, directions)| is_plain(directions));
        plain.map(|(pointer, _)| pointer.clone()).collect()
    }

    /// Returns the level of a change at a place from its levels in requests and in responses.
    fn level(&self, pointer: &str, request: Level, response: Level) -> Option<Level> {
        let directions = self.places.get(pointer)?.iter();
        let levels = directions.map(|(direction, _)| match direction {
            Direction::Request => request,
            Direction::Response => response,
        });
        levels.max()
    }
}

/// Returns some items that are far from each other.
fn some(all: &[String]) -> Vec<String> {
    let step = all.len().div_ceil(PLACES).max(1);
    let some = all.iter().skip(step / 2).step_by(step);
    some.cloned().collect()
}

/// Returns the pointer to a property.
fn child(pointer: &str, key: &str) -> String {
    let pointer = Pointer::parse(pointer).unwrap();
    pointer.child(key).to_string()
}
