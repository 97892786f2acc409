//! The rule `link`: every link leads to an operation and sets only parameters of it.

use std::collections::HashMap;

use openapi_tree::{Node, resolve};

use super::context::Context;
use super::report::Report;

/// Reports links to unknown operations or parameters.
pub(super) fn links(context: &Context<'_>, report: &mut Report<'_>) {
    let operations = context.operations.iter();
    let operations = operations.filter_map(|one| Some((one.node().str_at("operationId")?, one)));
    let by_id: HashMap<_, _> = operations.collect();
    let links = context
        .responses()
        .flat_map(|(_, _, response)| response.entries_at("links"));
    for link in links.filter_map(|link| resolve(context.root, &link.node)) {
        let id = link.get("operationId");
        let name = id.and_then(Node::as_str).unwrap_or_default();
        let Some(operation) = by_id.get(name) else {
            report.add(
                &id.unwrap_or(link).span,
                format!("this link leads to no operation: there is no `{name}`"),
                "name an operation by its `operationId`",
            );
            continue;
        };
        let known = operation.parameters(context.root);
        let known: Vec<&str> = known
            .iter()
            .filter_map(|known| known.str_at("name"))
            .collect();
        let set = link.entries_at("parameters").iter();
        for entry in set.filter(|entry| !known.contains(&entry.key.as_str())) {
            report.add(
                &entry.key_span,
                format!("`{}` has no parameter `{}`", operation.title(), entry.key),
                format!(
                    "use one of its parameters ({}), or remove this one",
                    known.join(", ")
                ),
            );
        }
    }
}
