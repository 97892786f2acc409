//! Request bodies and responses that the client cannot send or read.

use openapi_tree::{Entry, Node, Span};

use super::context::{Context, JSON};
use super::report::Report;

/// Reports responses that are neither the only success nor an error.
pub(super) fn statuses(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let mut success: Option<&Entry> = None;
        for (status, _) in operation.responses(context.root) {
            let key = status.key.as_str();
            let is_one = key.starts_with(['2', '4', '5']) && !key.contains('X');
            // For a key that is no status at all, see the rule `openapi`.
            if key.len() == 3 && !is_one && !matches!(key, "4XX" | "5XX") {
                report.add(
                    &status.key_span,
                    format!("the client does not expect the status `{key}`"),
                    "describe success as one status such as `200`, and errors as `4XX` and `5XX`",
                );
            }
            if key.starts_with('2') {
                if let Some(first) = success {
                    report.add_related(
                        &status.key_span,
                        format!("`{}` has a second success response", operation.title()),
                        "describe one: the method in Rust returns one type",
                        (&first.key_span, "the first"),
                    );
                }
                success = success.or(Some(status));
            }
        }
        // Without `responses`, see the rule `openapi`.
        if success.is_none() && operation.node().get("responses").is_some() {
            report.add(
                &operation.method.key_span,
                format!("`{}` has no success response", operation.title()),
                "describe the response `200`",
            );
        }
    }
}

/// Reports `default` responses, which the generated code would ignore.
pub(super) fn defaults(context: &Context<'_>, report: &mut Report<'_>) {
    for (operation, status, _) in context
        .responses()
        .filter(|(_, status, _)| status.key == "default")
    {
        report.add(
            &status.key_span,
            format!(
                "`{}` has a `default` response, which the client does not read",
                operation.title()
            ),
            "describe errors as `4XX` and `5XX`",
        );
    }
}

/// Reports request bodies that may be omitted, and those of methods for which HTTP defines none.
pub(super) fn requests(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let (Some(body), Some(entry)) = (
            operation.request_body(context.root),
            operation.node().entry("requestBody"),
        ) else {
            continue;
        };
        if !body.is_true("required") {
            report.add(
                &entry.key_span,
                "this request body is optional, but the client always sends it",
                "add `required: true`",
            );
        }
        let method = operation.method.key.as_str();
        if matches!(method, "get" | "head" | "delete" | "trace") {
            let method = method.to_uppercase();
            report.add(
                &entry.key_span,
                format!("HTTP defines no meaning for the body of a `{method}` request"),
                "remove the body, or use another method",
            );
        }
    }
}

/// Reports request bodies and responses that are not JSON with a schema.
pub(super) fn media_types(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        if let (Some(body), Some(entry)) = (
            operation.request_body(context.root),
            operation.node().entry("requestBody"),
        ) {
            json_only(body, &entry.key_span, "request body", report);
        }
    }
    for (_, status, response) in context.responses() {
        json_only(response, &status.key_span, "response", report);
    }
}

fn json_only(node: &Node, span: &Span, what: &str, report: &mut Report<'_>) {
    let media_types = node.entries_at("content");
    let other = media_types.iter().find(|entry| entry.key != JSON);
    match (media_types.first(), other) {
        (None, _) => report.add(
            span,
            format!("this {what} has no media type"),
            format!("describe the JSON under `content: {{{JSON}: …}}`"),
        ),
        (_, Some(other)) => report.add(
            &other.key_span,
            format!(
                "this {what} is `{}`, but the client supports only `{JSON}`",
                other.key
            ),
            format!("describe `{JSON}` and nothing else"),
        ),
        (Some(json), None) if json.node.get("schema").is_none() => report.add(
            &json.key_span,
            format!("this {what} has no schema"),
            "add `schema`",
        ),
        _ => {}
    }
}
