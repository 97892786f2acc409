//! The rule `limit`: the client checks every limit of the numbers and passwords that it sends. typify
//! checks those of other strings.

use std::collections::HashSet;
use std::ptr;

use openapi_tree::{Entry, Node, resolve, subschemas};

use super::context::Context;
use super::report::Report;
use crate::spec::{body, components};

/// The place of a schema.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Parameter,
    /// A property of a component schema.
    Property,
    Elsewhere,
}

/// Reports limits that the generated code does not check, or whose check would not compile.
pub(super) fn limits(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.root;
    let schemas = components(root, "schemas").iter();
    let properties = schemas.flat_map(|schema| schema.node.entries_at("properties"));
    let properties: HashSet<_> = properties.map(|it| ptr::from_ref(&it.node)).collect();
    let place = |schema| match properties.contains(&ptr::from_ref(schema)) {
        true => Place::Property,
        false => Place::Elsewhere,
    };
    let sent = context.schemas.iter().filter(|it| it.is_sent);
    let parts = sent.flat_map(|reachable| subschemas(reachable.schema));
    let parts = parts.map(|(_, part)| (part, place(part)));
    let parameters = context.parameters();
    let parameters = parameters.filter_map(|(_, it)| Some((it.get("schema")?, Place::Parameter)));
    let bodies = context.operations.iter();
    let bodies = bodies.filter_map(|it| Some((body(root, it)?, Place::Elsewhere)));
    let mut known = HashSet::new();
    for (schema, place) in parts.chain(parameters).chain(bodies) {
        let schema = resolve(root, schema).unwrap_or(schema);
        for limit in schema.entries() {
            if let Some(reason) = objection(schema, limit, place)
                && known.insert(ptr::from_ref(limit))
            {
                let message = format!("the client cannot check this `{}`: {reason}", limit.key);
                let help = "state the limit in `description`";
                report.add(&limit.key_span, message, help);
            }
        }
    }
}

/// Returns the reason why the client does not check a limit.
fn objection(schema: &Node, limit: &Entry, place: Place) -> Option<&'static str> {
    let format = schema.str_at("format");
    let is_number = matches!(schema.str_at("type"), Some("integer" | "number"));
    match limit.key.as_str() {
        "multipleOf" if is_number => Some("no code is generated for it"),
        "minimum" | "maximum" if is_number => {
            let is_integer = limit
                .node
                .as_number()
                .is_some_and(|it| it.as_i64().is_some());
            if !is_integer {
                Some("it is not an integer of 64 bits")
            } else if schema.get("enum").is_some() {
                Some("`enum` lists the values")
            } else if matches!(format, Some("double" | "float")) {
                Some("the number is not exact")
            } else {
                let reason = "the number is no parameter, and no property of a component schema";
                (place == Place::Elsewhere).then_some(reason)
            }
        }
        "minLength" | "maxLength" if format == Some("password") => {
            let reason = "the password is no property of a component schema";
            (place != Place::Property).then_some(reason)
        }
        _ => None,
    }
}
