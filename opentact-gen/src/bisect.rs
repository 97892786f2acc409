//! The search for the operation or schema that progenitor or a later stage fails on. It tries smaller
//! and smaller parts of the spec.

use std::collections::BTreeSet;

use openapi_tree::{Document, Finding, Findings, Pointer};
use serde_json::{Value, json};

use crate::ir::Operation;
use crate::lower::Lowered;
use crate::reach::{SCHEMAS, reach};
use crate::spec::JSON;

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
    let paths = Pointer::root().child("paths");
    let whole = ("this spec".to_owned(), paths, message);
    let (title, part, message) = search.smallest().unwrap_or(whole);
    let finding = Finding::new(
        rule,
        &document.root.span_at(&part),
        format!("{title} cannot be generated: {message}"),
        "describe it differently; please report it to the maintainers of opentact-gen as well, who \
         can support it or add a rule that explains it",
    );
    Findings::new(document.sources.clone(), vec![finding])
}

/// The title of an operation or component schema, its place, and the message with which it fails.
type Failing = (String, Pointer, String);

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
        let operations = &self.lowered.ir.operations;
        let last = self.first_failing(operations)?;
        let Operation { path, method, .. } = &operations[last];
        let title = format!("`{}`", operations[last].title());
        let part = Pointer::root().child("paths").child(path);
        let part = part.child(method.to_lowercase());
        // An operation that fails alone may use a schema that fails alone.
        let alone = self.paths(&operations[last..=last]);
        if let Some(message) = self.fails(&alone) {
            return Some(self.schema(&alone).unwrap_or((title, part, message)));
        }
        let message = self.fails(&self.paths(&operations[..=last]))?;
        Some((title, part, message))
    }

    /// Returns the position of the last operation of the shortest failing start of the list.
    fn first_failing(&mut self, operations: &[Operation]) -> Option<usize> {
        let (mut fine, mut failing) = (0, operations.len());
        self.fails(&self.paths(operations))?;
        while fine + 1 < failing {
            let middle = fine.midpoint(failing);
            match self.fails(&self.paths(&operations[..middle])) {
                Some(_) => failing = middle,
                None => fine = middle,
            }
        }
        failing.checked_sub(1)
    }

    /// Returns the failing schema in the `paths` of an operation that refers to the fewest others.
    fn schema(&mut self, paths: &Value) -> Option<Failing> {
        let mut names: Vec<String> = self.reached(paths).into_iter().collect();
        let schemas = &self.spec["components"]["schemas"];
        names.sort_by_cached_key(|name| self.reached(&schemas[name]).len());
        let id = &self.lowered.ir.operations.first()?.name;
        names.into_iter().find_map(|name| {
            let schema = json!({ "$ref": format!("{SCHEMAS}{name}") });
            let content = json!({ JSON: { "schema": schema } });
            let responses = json!({ "200": { "description": "", "content": content } });
            let operation = json!({ "operationId": id, "responses": responses });
            let message = self.fails(&json!({ "/schema": { "get": operation } }))?;
            let part = Pointer::root().child("components").child("schemas");
            Some((format!("the schema `{name}`"), part.child(&name), message))
        })
    }

    /// Returns the `paths` with these operations only.
    fn paths(&self, operations: &[Operation]) -> Value {
        let mut paths = json!({});
        for Operation { path, method, .. } in operations {
            let (item, method) = (&self.spec["paths"][path], method.to_lowercase());
            paths[path][&method] = item[&method].clone();
            if let Some(parameters) = item.get("parameters") {
                paths[path]["parameters"] = parameters.clone();
            }
        }
        paths
    }

    /// Returns the message with which the spec fails if it has only these `paths`, and the schemas that
    /// they refer to.
    fn fails(&mut self, paths: &Value) -> Option<String> {
        let names = self.reached(paths);
        self.left = self.left.checked_sub(1 + names.len())?;
        let mut spec = self.spec.clone();
        spec["paths"] = paths.clone();
        let schemas = spec.pointer_mut("/components/schemas");
        if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
            schemas.retain(|name, _| names.contains(name));
        }
        let openapi = serde_json::from_value(spec).ok()?;
        let ir = self.lowered.ir.clone();
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
