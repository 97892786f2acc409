//! Request bodies and responses that the client cannot send or read.

use openapi_tree::{Node, Span, resolve};

use super::context::Context;
use super::report::Report;
use crate::spec::{JSON, json_schema, successes};

/// Reports statuses that the client does not expect, and operations without a success or with
/// different ones.
pub(super) fn statuses(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        for (status, _) in operation.responses(context.root) {
            let key = status.key.as_str();
            let is_one = key.starts_with(['2', '4', '5']) && !key.contains('X');
            // For a key that is no status at all, see the rule `openapi`.
            let is_status = key.len() == 3 || key == "default";
            if is_status && !is_one && !matches!(key, "4XX" | "5XX") {
                report.add(
                    &status.key_span,
                    format!("the client does not expect the status `{key}`"),
                    "describe success as statuses such as `200`, and errors as `4XX` and `5XX`",
                );
            }
        }
        let mut successes = successes(context.root, operation);
        let Some((first, response)) = successes.next() else {
            // Without `responses`, see the rule `openapi`.
            if operation.node().get("responses").is_some() {
                report.add(
                    &operation.method.key_span,
                    format!("`{}` has no success response", operation.title()),
                    "describe one, such as `200`",
                );
            }
            continue;
        };
        let schema = |response| {
            let schema = json_schema(response)?;
            resolve(context.root, schema).or(Some(schema))
        };
        let schema_of_first = schema(response);
        for (status, response) in successes {
            // Without a schema, see the rule `media-type`.
            if let (Some(first_schema), Some(other)) = (schema_of_first, schema(response))
                && !std::ptr::eq(first_schema, other)
                && !first_schema.same(other)
            {
                report.add_related(
                    &status.key_span,
                    format!(
                        "the responses `{}` and `{}` of `{}` have different schemas",
                        first.key, status.key, operation.title()
                    ),
                    "give all success responses the same schema: the method in Rust returns one type",
                    (&first.key_span, "the first success response"),
                );
            }
        }
    }
}

/// Reports request bodies that may be omitted, and those of methods for which HTTP defines none.
pub(super) fn requests(context: &Context<'_>, report: &mut Report<'_>) {
    for (method, span, body) in context.bodies() {
        if !body.is_true("required") {
            let message = "this request body is optional, but the client always sends it";
            report.add(span, message, "add `required: true`");
        }
        if matches!(method, "get" | "head" | "delete" | "trace") {
            let method = method.to_uppercase();
            let message = format!("HTTP defines no meaning for the body of a `{method}` request");
            report.add(span, message, "remove the body, or use another method");
        }
    }
}

/// Reports request bodies and responses that are not JSON with a schema.
pub(super) fn media_types(context: &Context<'_>, report: &mut Report<'_>) {
    for (_, span, body) in context.bodies() {
        json_only(body, span, "request body", report);
    }
    for (_, status, response) in context.responses() {
        json_only(response, &status.key_span, "response", report);
    }
}

fn json_only(node: &Node, span: &Span, what: &str, report: &mut Report<'_>) {
    let media_types = node.entries_at("content");
    if media_types.is_empty() {
        let help = format!("describe the JSON under `content: {{{JSON}: …}}`");
        report.add(span, format!("this {what} has no media type"), help);
    }
    for entry in media_types {
        let name = &entry.key;
        if name != JSON {
            let message = format!("this {what} is `{name}`, but the client supports only JSON");
            let help = format!("describe `{JSON}` and nothing else");
            report.add(&entry.key_span, message, help);
        } else if entry.node.get("schema").is_none() {
            let message = format!("this {what} has no schema");
            report.add(&entry.key_span, message, "add `schema`");
        }
    }
}
