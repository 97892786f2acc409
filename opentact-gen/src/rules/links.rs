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
    let responses = context.responses();
    let links = responses.flat_map(|(_, _, response)| response.entries_at("links"));
    for link in links.filter_map(|link| resolve(context.root, &link.node)) {
        let id = link.get("operationId");
        let name = id.and_then(Node::as_str).unwrap_or_default();
        let Some(operation) = by_id.get(name) else {
            let message = format!("this link leads to no operation: there is no `{name}`");
            let help = "name an operation by its `operationId`";
            report.add(&id.unwrap_or(link).span, message, help);
            continue;
        };
        let known = operation.parameters(context.root).into_iter();
        let known: Vec<&str> = known.filter_map(|known| known.str_at("name")).collect();
        let set = link.entries_at("parameters").iter();
        for entry in set.filter(|entry| !known.contains(&entry.key.as_str())) {
            let message = format!("`{}` has no parameter `{}`", operation.title(), entry.key);
            let help = match &*known.join(", ") {
                "" => "remove it: the operation has no parameters".to_owned(),
                known => format!("use one of its parameters ({known}), or remove this one"),
            };
            report.add(&entry.key_span, message, help);
        }
    }
}
