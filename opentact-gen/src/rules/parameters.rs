//! Whether parameters fit their path, and can be methods of a request builder.

use crate::ir::parameter_name;
use openapi_tree::{Finding, Node, Operation, Span};

/// Names that every request builder uses beside those of its parameters.
const BUILDER_NAMES: [&str; 9] = [
    "body",
    "body_map",
    "client",
    "header_map",
    "info",
    "new",
    "request",
    "send",
    "url",
];

pub(super) fn path_parameters(root: &Node, findings: &mut Vec<Finding>) {
    for path in root.get("paths").map_or(&[][..], Node::entries) {
        if let Err(reason) = placeholders(&path.key) {
            findings.push(Finding::new(
                "path-parameters",
                &path.key_span,
                format!("the path template `{}` {reason}", path.key),
                "write each parameter as a whole name in braces: `/app/group/{uuid}`",
            ));
        }
    }
    for operation in Operation::all(root) {
        let Ok(names) = placeholders(&operation.path.key) else {
            continue;
        };
        let parameters = operation.parameters(root);
        let is_broken = |parameter: &&Node| parameter.str_at("name").is_none();
        if parameters.iter().any(is_broken) {
            continue; // see the rules `openapi` and `unknown-ref`
        }
        let declared: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter.str_at("in") == Some("path"))
            .filter_map(|parameter| parameter.str_at("name"))
            .collect();
        // What the operations of a path have in common is said of it once: `Findings` leaves
        // out what was said before.
        let (place, title) = match operation.node().get("parameters") {
            Some(_) => (operation.method, operation.title()),
            None => (operation.path, operation.path.key.clone()),
        };
        for name in names.iter().filter(|name| !declared.contains(name)) {
            findings.push(Finding::new(
                "path-parameters",
                &place.key_span,
                format!("`{title}` has no parameter `{name}`"),
                format!("add a parameter with `name: {name}` and `in: path`, or mend the path"),
            ));
        }
        for name in declared.iter().filter(|name| !names.contains(name)) {
            findings.push(Finding::new(
                "path-parameters",
                &place.key_span,
                format!("`{title}` has a parameter `{name}` without a place in the path"),
                format!("add `{{{name}}}` to the path, or take the parameter away"),
            ));
        }
    }
}

/// The names in braces of a path template.
fn placeholders(path: &str) -> Result<Vec<&str>, &'static str> {
    let mut names = Vec::new();
    for (index, part) in path.split('{').enumerate() {
        let rest = if index == 0 {
            part
        } else {
            let (name, rest) = part
                .split_once('}')
                .ok_or("has a brace that is not closed")?;
            if name.is_empty() {
                return Err("has an empty pair of braces");
            }
            if name.contains('/') {
                return Err("has a parameter with a slash in its name");
            }
            if names.contains(&name) {
                return Err("has the same parameter twice");
            }
            names.push(name);
            rest
        };
        if rest.contains('}') {
            return Err("has a brace that is not opened");
        }
    }
    Ok(names)
}

pub(super) fn parameter_names(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        let mut seen: Vec<(String, &Span)> = Vec::new();
        for parameter in operation.parameters(root) {
            let Some(name) = parameter.get("name") else {
                continue;
            };
            let method = parameter_name(name.as_str().unwrap_or_default());
            let first = seen.iter().find(|(known, _)| *known == method);
            let reason = if BUILDER_NAMES.contains(&method.as_str()) {
                "a name that every request builder uses already"
            } else if first.is_some() {
                "as another parameter of the operation does"
            } else {
                seen.push((method, &name.span));
                continue;
            };
            let finding = Finding::new(
                "parameter-name",
                &name.span,
                format!("in Rust this becomes the method `{method}`, {reason}"),
                "a parameter of this name cannot be offered yet: see `harden` in opentact-gen",
            );
            findings.push(match first {
                Some((_, span)) => finding.with_related(span, "first here"),
                None => finding,
            });
        }
    }
}
