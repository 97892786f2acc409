//! The rule `link`: every link leads to an operation and sets only parameters of it.

use std::collections::HashMap;

use openapi_tree::{Node, Operation, resolve};

use super::context::Context;
use super::report::Report;

/// Reports links to unknown operations or parameters.
pub(super) fn links(context: &Context<'_>, report: &mut Report<'_>) {
    let by_id: HashMap<&str, &Operation<'_>> = context
        .operations
        .iter()
        .filter_map(|operation| Some((operation.node().str_at("operationId")?, operation)))
        .collect();
    for (_, _, response) in context.responses() {
        for link in response.entries_at("links") {
            let Some(link) = resolve(context.root, &link.node) else {
                continue;
            };
            let id = link.get("operationId");
            let name = id.and_then(Node::as_str).unwrap_or_default();
            match (id, by_id.get(name)) {
                (None, _) => report.add(
                    &link.span,
                    "this link does not name its operation",
                    "name the operation by its `operationId`",
                ),
                (Some(id), None) => report.add(
                    &id.span,
                    format!("there is no operation `{name}`"),
                    "name an operation by its `operationId`",
                ),
                (_, Some(operation)) => parameters(context.root, link, operation, report),
            }
        }
    }
}

fn parameters(root: &Node, link: &Node, operation: &Operation<'_>, report: &mut Report<'_>) {
    let known = operation.parameters(root);
    let known: Vec<&str> = known
        .iter()
        .filter_map(|known| known.str_at("name"))
        .collect();
    let set = link.entries_at("parameters").iter();
    for entry in set.filter(|entry| !known.contains(&entry.key.as_str())) {
        report.add(
            &entry.key_span,
            format!("`{}` has no parameter `{}`", operation.title(), entry.key),
            match known.is_empty() {
                true => "remove the parameter".to_owned(),
                false => format!("use `{}`", known.join("` or `")),
            },
        );
    }
}
