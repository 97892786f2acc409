//! Parameters: they fit their path, have names of their own, and are values that a URL or a header
//! can hold.

use std::collections::HashSet;

use openapi_tree::{Node, resolve, security_schemes};

use super::context::{Context, joined};
use super::report::Report;
use crate::names::parameter_name;
use crate::spec::scheme_name;

/// The names that every request builder uses beside those of its parameters.
#[rustfmt::skip] // a list
const BUILDER_NAMES: [&str; 16] = [
    "attempt_timeout", "body", "body_map", "call_options", "client", "header", "header_map", "info",
    "new", "request", "retry", "send", "send_blocking", "stream", "timeout", "url",
];

/// Reports path items that are references.
pub(super) fn path_items(context: &Context<'_>, report: &mut Report<'_>) {
    for path in context.root.entries_at("paths") {
        if let Some(reference) = path.node.entry("$ref") {
            let message = "progenitor does not follow the `$ref` of a path item";
            report.add(&reference.key_span, message, "write the operations here");
        }
    }
}

/// Reports path templates that are malformed, or do not match the path parameters.
pub(super) fn templates(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let path = operation.path;
        let Some(names) = names_in(&path.key) else {
            report.add(
                &path.key_span,
                format!("the path template `{}` is malformed", path.key),
                "write each parameter once, as a whole name in braces: `/app/group/{uuid}`",
            );
            continue;
        };
        let parameters = operation.parameters(context.root);
        let is_whole = |parameter: &&Node| parameter.str_at("name").is_some();
        if !parameters.iter().all(is_whole) {
            continue; // see the rules `openapi` and `unknown-ref`
        }
        let in_path = parameters
            .iter()
            .filter(|one| one.str_at("in") == Some("path"));
        let declared: Vec<&str> = in_path.filter_map(|one| one.str_at("name")).collect();
        // A mistake that the operations of a path share is reported once, at the path.
        let (place, title) = match operation.node().get("parameters") {
            Some(_) => (operation.method, operation.title()),
            None => (path, path.key.to_string()),
        };
        for name in names.iter().filter(|name| !declared.contains(name)) {
            let message = format!("`{title}` has no parameter `{name}`");
            let help = "add a parameter with this `name` and `in: path`, or correct the path";
            report.add(&place.key_span, message, help);
        }
        for name in declared.iter().filter(|name| !names.contains(name)) {
            let message = format!("the path of `{title}` does not contain the parameter `{name}`");
            let help = "add the name in braces to the path, or remove the parameter";
            report.add(&place.key_span, message, help);
        }
    }
}

/// Returns the names in braces of a path template, or `None` if it is malformed.
fn names_in(path: &str) -> Option<Vec<&str>> {
    let mut parts = path.split('{');
    let mut names = Vec::new();
    parts.next().filter(|text| !text.contains('}'))?;
    for part in parts {
        let (name, text) = part.split_once('}')?;
        if name.is_empty() || name.contains('/') || names.contains(&name) || text.contains('}') {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// Reports parameters whose name in Rust request builders use otherwise: for their own methods, and
/// for the token of a security scheme.
pub(super) fn names(context: &Context<'_>, report: &mut Report<'_>) {
    let schemes = security_schemes(context.root).iter().map(scheme_name);
    let schemes: HashSet<String> = schemes.collect();
    for (_, parameter) in context.parameters() {
        if let Some(name) = parameter.get("name") {
            let method = parameter_name(name.as_str().unwrap_or_default());
            if BUILDER_NAMES.contains(&method.as_str()) || schemes.contains(&method) {
                let message = format!("request builders already use the name `{method}`");
                let help = "the client cannot offer this parameter yet";
                report.add(&name.span, message, help);
            }
        }
    }
}

/// Reports parameters in places or styles that the generated code does not support.
pub(super) fn forms(context: &Context<'_>, report: &mut Report<'_>) {
    for (_, parameter) in context.parameters() {
        let form = match (parameter.str_at("in"), parameter.str_at("style")) {
            _ if parameter.get("content").is_some() => "a parameter with `content`",
            (Some("path" | "header"), None | Some("simple")) => continue,
            (Some("query"), None | Some("form")) => continue,
            (Some("cookie"), _) => "a cookie parameter",
            _ => "a parameter of this style",
        };
        report.add(
            &parameter.get("name").unwrap_or(parameter).span,
            format!("the client cannot send {form}"),
            "use a `path`, `query` or `header` parameter with a `schema`, in the default style",
        );
    }
}

/// Reports path and header parameters that have no text form in Rust: their code would not compile.
pub(super) fn values(context: &Context<'_>, report: &mut Report<'_>) {
    for (_, parameter) in context.parameters() {
        if let (Some(place @ ("path" | "header")), Some(entry)) =
            (parameter.str_at("in"), parameter.entry("schema"))
            && let Some(form) = without_text(context.root, &entry.node, place)
        {
            let help = "describe a string, number or boolean that is never `null`, and in a header no \
                        password";
            let message = format!("the client cannot send {form} in a {place}");
            report.add(&entry.key_span, message, help);
        }
    }
}

/// Returns the first form without text among a schema and the schemas that it joins.
fn without_text(root: &Node, schema: &Node, place: &str) -> Option<&'static str> {
    let mut known = HashSet::new();
    let mut waiting: Vec<&Node> = resolve(root, schema).into_iter().collect();
    while let Some(schema) = waiting.pop() {
        if known.insert(std::ptr::from_ref(schema)) {
            match schema.str_at("type") {
                _ if schema.is_true("nullable") => return Some("a value that may be `null`"),
                _ if place == "header" && schema.str_at("format") == Some("password") => {
                    return Some("a password");
                }
                Some("array") => return Some("a list"),
                Some("object") => return Some("an object"),
                Some("integer" | "number") if schema.get("enum").is_some() => {
                    return Some("an `enum` of numbers");
                }
                _ => waiting.extend(joined(schema).filter_map(|part| resolve(root, part))),
            }
        }
    }
    None
}
