//! Which operation or schema keeps a spec from becoming code, where no rule of the check stage
//! found it: smaller and smaller parts of the spec are tried until the one is left.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::lower::{Prepared, SCHEMAS};
use openapi_tree::{Document, Finding, Findings, Pointer};

/// How many schemas may be generated in search of the one.
const MAX_SCHEMAS: usize = 4_000;

/// What a part of a spec fails with: the name of a rule, and a message.
pub(crate) type Failure = (&'static str, String);

/// A finding at the operation or schema that makes `attempt` fail as the whole spec does.
pub(crate) fn blame(
    document: &Document,
    prepared: &Prepared,
    failure: &Failure,
    attempt: impl Fn(&Prepared) -> Option<Failure>,
) -> Findings {
    let mut search = Search {
        prepared,
        spec: serde_json::to_value(&prepared.openapi).unwrap_or_default(),
        left: MAX_SCHEMAS,
        attempt: &attempt,
    };
    let (rule, message) = failure;
    let (pointer, what, message) = match search.culprit() {
        Some(Culprit { place, message }) => (place.pointer(), place.title(), message),
        None => (
            Pointer::root().child("paths"),
            "this spec".to_owned(),
            message.clone(),
        ),
    };
    let finding = Finding::new(
        rule,
        &document.root.span_at(&pointer),
        format!("{what} cannot be generated: {message}"),
        "say it in another way, and add a rule to opentact-gen/src/rules.rs that finds the place",
    );
    Findings::new(document.sources.clone(), vec![finding])
}

struct Search<'a> {
    prepared: &'a Prepared,
    spec: Value,
    left: usize,
    attempt: &'a dyn Fn(&Prepared) -> Option<Failure>,
}

struct Culprit {
    place: Place,
    message: String,
}

/// A part of a spec.
#[derive(Clone)]
enum Place {
    Operation { path: String, method: String },
    Schema(String),
}

impl Place {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Operation { path, method } => {
                Pointer::root().child("paths").child(path).child(method)
            }
            Self::Schema(name) => Pointer::root()
                .child("components")
                .child("schemas")
                .child(name),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Operation { path, method } => format!("`{} {path}`", method.to_uppercase()),
            Self::Schema(name) => format!("the schema `{name}`"),
        }
    }
}

impl Search<'_> {
    fn culprit(&mut self) -> Option<Culprit> {
        let operations = operations(&self.spec);
        let first = self.first_failing(&operations)?;
        let operation = &operations[first];
        // Where it fails by itself, a schema that it uses may do so as well.
        let alone = self.fails(std::slice::from_ref(operation));
        let message = match alone {
            Some(message) => match self.schema(operation) {
                Some(culprit) => return Some(culprit),
                None => message,
            },
            None => self.fails(&operations[..=first])?,
        };
        let place = operation.clone();
        Some(Culprit { place, message })
    }

    /// The operation with which the first ones together fail.
    fn first_failing(&mut self, operations: &[Place]) -> Option<usize> {
        let (mut fine, mut failing) = (0, operations.len());
        self.fails(operations)?;
        while fine + 1 < failing {
            let middle = fine.midpoint(failing);
            match self.fails(&operations[..middle]) {
                Some(_) => failing = middle,
                None => fine = middle,
            }
        }
        failing.checked_sub(1)
    }

    /// The schema with the fewest others behind it that fails by itself.
    fn schema(&mut self, operation: &Place) -> Option<Culprit> {
        let of_operation = self.spec.pointer(operation.pointer().as_str())?;
        let names = reached(&self.spec, of_operation);
        let mut candidates: Vec<(usize, String)> = names
            .into_iter()
            .map(|name| {
                let place = Place::Schema(name.clone());
                let schema = self
                    .spec
                    .pointer(place.pointer().as_str())
                    .unwrap_or(&Value::Null);
                (reached(&self.spec, schema).len(), name)
            })
            .collect();
        candidates.sort();
        candidates.into_iter().find_map(|(_, name)| {
            let place = Place::Schema(name);
            let message = self.fails(std::slice::from_ref(&place))?;
            Some(Culprit { place, message })
        })
    }

    /// What a part of the spec fails with.
    fn fails(&mut self, places: &[Place]) -> Option<String> {
        let part = part(&self.spec, places);
        let schemas = part.pointer("/components/schemas");
        let schemas = schemas.and_then(Value::as_object).map_or(0, Map::len);
        self.left = self.left.checked_sub(1 + schemas)?;
        let facts = &self.prepared.facts;
        let id = |operation: &Value| operation["operationId"].as_str().map(str::to_owned);
        let ids: BTreeSet<String> = operations(&part)
            .iter()
            .filter_map(|place| id(part.pointer(place.pointer().as_str())?))
            .collect();
        let mut operations = facts.operations.clone();
        operations.retain(|operation| ids.contains(&operation.rust_name));
        if operations.is_empty() {
            let mut operation = facts.operations.first()?.clone();
            PROBE.clone_into(&mut operation.rust_name);
            operations.push(operation);
        }
        let facts = facts.clone().with_operations(operations);
        let openapi = serde_json::from_value(part).ok()?;
        let (_, message) = (self.attempt)(&Prepared { openapi, facts })?;
        Some(message)
    }
}

/// The operation that stands for a schema.
const PROBE: &str = "probe";

/// All operations of a spec.
fn operations(spec: &Value) -> Vec<Place> {
    let paths = spec.get("paths").and_then(Value::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation.get("responses").is_some() {
                let (path, method) = (path.clone(), method.clone());
                operations.push(Place::Operation { path, method });
            }
        }
    }
    operations
}

/// A spec with nothing but these parts and what they refer to.
fn part(spec: &Value, places: &[Place]) -> Value {
    let mut part = spec.clone();
    let mut paths = Map::new();
    for place in places {
        match place {
            Place::Operation { path, method } => {
                let item = paths.entry(path.clone()).or_insert_with(|| json!({}));
                for keyword in [method.as_str(), "parameters"] {
                    if let Some(value) = spec["paths"][path].get(keyword) {
                        item[keyword] = value.clone();
                    }
                }
            }
            Place::Schema(name) => {
                let schema = json!({ "$ref": format!("{SCHEMAS}{name}") });
                let content = json!({ "application/json": { "schema": schema } });
                let answer = json!({ "200": { "description": "", "content": content } });
                let operation = json!({ "operationId": PROBE, "responses": answer });
                paths.insert("/probe".to_owned(), json!({ "get": operation }));
            }
        }
    }
    let paths = Value::Object(paths);
    let names = reached(spec, &paths);
    part["paths"] = paths;
    if let Some(schemas) = part
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        schemas.retain(|name, _| names.contains(name));
    }
    part
}

/// The names of the schemas that can be reached from a value.
fn reached(spec: &Value, from: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let components = spec.get("components").unwrap_or(&Value::Null);
    crate::lower::reach(from, components, &mut names);
    names
}
