//! The search for the operation or schema that progenitor or a later stage fails on. It tries smaller
//! and smaller parts of the spec.

use std::collections::BTreeSet;

use openapi_tree::{Document, Finding, Findings, Pointer};
use serde_json::{Value, json};

use crate::lower::Lowered;
use crate::reach::{SCHEMAS, reach};

/// The number of schemas after which the search ends.
const MAX_SCHEMAS: usize = 4_000;

/// The id of the finding, and the message of the stage that failed.
pub(crate) type Failure = (&'static str, String);

/// Returns a finding at the smallest part of a spec on which `attempt` fails.
pub(crate) fn bisect<T>(
    document: &Document,
    lowered: &Lowered,
    (rule, message): Failure,
    attempt: impl Fn(&Lowered) -> Result<T, Failure>,
) -> Findings {
    let mut search = Search {
        lowered,
        spec: serde_json::to_value(&lowered.openapi).unwrap_or_default(),
        left: MAX_SCHEMAS,
        attempt: &|part| attempt(part).err(),
    };
    let whole = (Pointer::root().child("paths"), message);
    let (part, message) = search.smallest().unwrap_or(whole);
    let segments: Vec<String> = part.segments().collect();
    let title = match &segments[..] {
        [paths, path, method] if paths == "paths" => format!("`{} {path}`", method.to_uppercase()),
        [_, _, schema] => format!("the schema `{schema}`"),
        _ => "this spec".to_owned(),
    };
    let finding = Finding::new(
        rule,
        &document.root.span_at(&part),
        format!("{title} cannot be generated: {message}"),
        "describe it in another way, and add a rule to opentact-gen/src/rules.rs that finds it",
    );
    Findings::new(document.sources.clone(), vec![finding])
}

/// A part of a spec, an operation or a component schema, and the message with which it fails.
type Failing = (Pointer, String);

struct Search<'a> {
    lowered: &'a Lowered,
    /// The lowered spec as JSON.
    spec: Value,
    /// The number of schemas that may still be generated.
    left: usize,
    attempt: &'a dyn Fn(&Lowered) -> Option<Failure>,
}

impl Search<'_> {
    fn smallest(&mut self) -> Option<Failing> {
        let paths = Pointer::root().child("paths");
        let operations = self.lowered.ir.operations.iter();
        let operations = operations.map(|it| paths.child(&it.path).child(it.method.to_lowercase()));
        let operations: Vec<Pointer> = operations.collect();
        let last = self.first_failing(&operations)?;
        let part = operations[last].clone();
        // An operation that fails alone may use a schema that fails alone.
        if let Some(message) = self.fails(&operations[last..=last]) {
            return Some(self.schema(&part).unwrap_or((part, message)));
        }
        Some((part, self.fails(&operations[..=last])?))
    }

    /// Returns the position of the last operation of the shortest failing start of the list.
    fn first_failing(&mut self, operations: &[Pointer]) -> Option<usize> {
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

    /// Returns the failing schema of an operation that refers to the fewest others.
    fn schema(&mut self, operation: &Pointer) -> Option<Failing> {
        let names = self.reached(self.spec.pointer(operation.as_str())?);
        let schemas = Pointer::root().child("components").child("schemas");
        let mut parts: Vec<Pointer> = names.iter().map(|name| schemas.child(name)).collect();
        parts.sort_by_cached_key(|part| {
            let schema = self.spec.pointer(part.as_str());
            schema.map_or(0, |schema| self.reached(schema).len())
        });
        parts.into_iter().find_map(|part| {
            let message = self.fails(std::slice::from_ref(&part))?;
            Some((part, message))
        })
    }

    /// Returns the message with which parts of the spec, and the schemas that they refer to, fail.
    fn fails(&mut self, parts: &[Pointer]) -> Option<String> {
        let ir = self.lowered.ir.clone();
        let mut paths = json!({});
        for part in parts {
            let segments: Vec<String> = part.segments().collect();
            match &segments[..] {
                [keyword, path, method] if keyword == "paths" => {
                    let item = &self.spec["paths"][path];
                    paths[path][method] = item[method].clone();
                    if let Some(parameters) = item.get("parameters") {
                        paths[path]["parameters"] = parameters.clone();
                    }
                }
                [.., name] => {
                    let schema = json!({ "$ref": format!("{SCHEMAS}{name}") });
                    let content = json!({ "application/json": { "schema": schema } });
                    let responses = json!({ "200": { "description": "", "content": content } });
                    let id = &ir.operations.first()?.name;
                    let operation = json!({ "operationId": id, "responses": responses });
                    paths["/schema"]["get"] = operation;
                }
                [] => {}
            }
        }
        let names = self.reached(&paths);
        self.left = self.left.checked_sub(1 + names.len())?;
        let mut spec = self.spec.clone();
        spec["paths"] = paths;
        let schemas = spec.pointer_mut("/components/schemas");
        if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
            schemas.retain(|name, _| names.contains(name));
        }
        let openapi = serde_json::from_value(spec).ok()?;
        let (_, message) = (self.attempt)(&Lowered { openapi, ir })?;
        Some(message)
    }

    /// Returns the names of the schemas that are reachable from a value.
    fn reached(&self, value: &Value) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        reach(value, &self.spec["components"], &mut names);
        names
    }
}
