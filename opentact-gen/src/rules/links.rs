//! Whether every link leads to an operation, and sets parameters that it has.

use std::collections::HashMap;

use openapi_tree::{Finding, Node, Operation, resolve};

pub(super) fn links(root: &Node, findings: &mut Vec<Finding>) {
    let by_id: HashMap<_, _> = Operation::all(root)
        .filter_map(|operation| Some((operation.node().str_at("operationId")?, operation)))
        .collect();
    for operation in Operation::all(root) {
        let responses = operation.node().get("responses");
        for response in responses.map_or(&[][..], Node::entries) {
            let response = resolve(root, &response.node).unwrap_or(&response.node);
            for link in response.get("links").map_or(&[][..], Node::entries) {
                if let Some(link) = resolve(root, &link.node) {
                    check(root, &by_id, link, findings);
                }
            }
        }
    }
}

fn check(
    root: &Node,
    by_id: &HashMap<&str, Operation<'_>>,
    link: &Node,
    findings: &mut Vec<Finding>,
) {
    let Some(id) = link.get("operationId") else {
        findings.push(Finding::new(
            "link",
            &link.span,
            "this link does not say which operation it leads to",
            "name it by its `operationId`",
        ));
        return;
    };
    let Some(target) = id.as_str().and_then(|id| by_id.get(id)) else {
        let name = id.as_str().unwrap_or_default();
        findings.push(Finding::new(
            "link",
            &id.span,
            format!("there is no operation `{name}`"),
            "name one by its `operationId`",
        ));
        return;
    };
    let parameters = target.parameters(root);
    let names = || parameters.iter().filter_map(|known| known.str_at("name"));
    for entry in link.get("parameters").map_or(&[][..], Node::entries) {
        if !names().any(|name| name == entry.key) {
            let known: Vec<_> = names().map(|name| format!("`{name}`")).collect();
            findings.push(Finding::new(
                "link",
                &entry.key_span,
                format!("`{}` has no parameter `{}`", target.title(), entry.key),
                match known.is_empty() {
                    true => "take it away".to_owned(),
                    false => format!("it has {}", known.join(" and ")),
                },
            ));
        }
    }
}
