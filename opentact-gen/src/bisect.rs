//! The search for the operation or schema that progenitor or a later stage fails on. It tries smaller
//! and smaller parts of the spec.

use std::collections::BTreeSet;

use openapi_tree::{Document, Finding, Findings, Pointer};
use serde_json::{Value, json};

use crate::lower::Lowered;
use crate::reach::{SCHEMAS, reach};

/// The number of schemas after which the search ends.
const MAX_SCHEMAS: usize = 4_000;

/// The name of the operation that stands for a schema.
const PROBE: &str = "probe";

/// A failure of a stage.
pub(crate) struct Failure {
    /// The id of the finding.
    pub(crate) rule: &'static str,
    /// The message of the stage.
    pub(crate) message: String,
}

/// Returns a finding at the smallest part of a spec on which `attempt` fails.
pub(crate) fn bisect(
    document: &Document,
    lowered: &Lowered,
    failure: Failure,
    attempt: impl Fn(&Lowered) -> Result<(), Failure>,
) -> Findings {
    let mut search = Search {
        lowered,
        spec: serde_json::to_value(&lowered.openapi).unwrap_or_default(),
        left: MAX_SCHEMAS,
        attempt: &attempt,
    };
    let whole = Failing {
        part: Pointer::root().child("paths"),
        message: failure.message,
    };
    let Failing { part, message } = search.smallest().unwrap_or(whole);
    let finding = Finding::new(
        failure.rule,
        &document.root.span_at(&part),
        format!("{} cannot be generated: {message}", title(&part)),
        "describe it in another way, and add a rule to opentact-gen/src/rules.rs that finds it",
    );
    Findings::new(document.sources.clone(), vec![finding])
}

/// Returns the name of a part in messages.
fn title(part: &Pointer) -> String {
    let segments: Vec<String> = part.segments().collect();
    match &segments[..] {
        [paths, path, method] if paths == "paths" => {
            format!("`{} {path}`", method.to_uppercase())
        }
        [_, _, schema] => format!("the schema `{schema}`"),
        _ => "this spec".to_owned(),
    }
}

/// A part of a spec that fails: an operation or a component schema.
struct Failing {
    part: Pointer,
    message: String,
}

struct Search<'a> {
    lowered: &'a Lowered,
    /// The lowered spec as JSON.
    spec: Value,
    /// The number of schemas that may still be generated.
    left: usize,
    attempt: &'a dyn Fn(&Lowered) -> Result<(), Failure>,
}

impl Search<'_> {
    fn smallest(&mut self) -> Option<Failing> {
        let operations = operations(&self.spec);
        let last = self.first_failing(&operations)?;
        let part = operations[last].clone();
        // An operation that fails alone may use a schema that fails alone.
        let message = match self.fails(&operations[last..=last]) {
            Some(message) => match self.schema(&part) {
                Some(failing) => return Some(failing),
                None => message,
            },
            None => self.fails(&operations[..=last])?,
        };
        Some(Failing { part, message })
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
            Some(Failing { part, message })
        })
    }

    /// Returns the message with which parts of the spec fail.
    fn fails(&mut self, parts: &[Pointer]) -> Option<String> {
        let (spec, schemas) = self.cut(parts);
        self.left = self.left.checked_sub(1 + schemas)?;
        let names: BTreeSet<String> = operations(&spec)
            .iter()
            .filter_map(|part| spec.pointer(part.as_str())?["operationId"].as_str())
            .map(str::to_owned)
            .collect();
        let mut ir = self.lowered.ir.clone();
        let mut probe = ir.operations.first()?.clone();
        PROBE.clone_into(&mut probe.name);
        ir.operations.push(probe);
        ir.operations
            .retain(|operation| names.contains(&operation.name));
        let openapi = serde_json::from_value(spec).ok()?;
        let failure = (self.attempt)(&Lowered { openapi, ir }).err()?;
        Some(failure.message)
    }

    /// Returns the spec with only some parts and the schemas that they refer to, and the number of
    /// these schemas.
    fn cut(&self, parts: &[Pointer]) -> (Value, usize) {
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
                    paths["/probe"]["get"] =
                        json!({ "operationId": PROBE, "responses": responses });
                }
                [] => {}
            }
        }
        let names = self.reached(&paths);
        let mut spec = self.spec.clone();
        spec["paths"] = paths;
        let schemas = spec.pointer_mut("/components/schemas");
        if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
            schemas.retain(|name, _| names.contains(name));
        }
        (spec, names.len())
    }

    /// Returns the names of the schemas that are reachable from a value.
    fn reached(&self, value: &Value) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        reach(value, &self.spec["components"], &mut names);
        names
    }
}

/// Returns the operations of a spec.
fn operations(spec: &Value) -> Vec<Pointer> {
    let paths = Pointer::root().child("paths");
    let items = spec["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(path, item)| {
        let item_pointer = paths.child(path);
        let members = item.as_object().into_iter().flatten();
        let operations = members.filter(|(_, member)| member.get("responses").is_some());
        operations.map(move |(method, _)| item_pointer.child(method))
    });
    operations.collect()
}
