//! What OpenAPI can say and progenitor cannot take: where it would panic, generate code
//! that does not compile, or quietly leave something out.

use openapi_tree::{Entry, Finding, Node, Operation, walk_schemas};

const JSON: &str = "application/json";

pub(super) fn responses(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        let mut success: Option<&Entry> = None;
        for (status, response) in operation.responses(root) {
            status_rule(&operation, status, findings);
            json_only(response, &status.key_span, "an answer", findings);
            if !status.key.starts_with('2') {
                continue;
            }
            if let Some(first) = success {
                findings.push(
                    Finding::new(
                        "status",
                        &status.key_span,
                        format!("`{}` has a second success answer", operation.title()),
                        "describe one: the method in Rust returns one type",
                    )
                    .with_related(&first.key_span, "first here"),
                );
            }
            success = success.or(Some(status));
        }
        // Without `responses`: see the rule `openapi`.
        if success.is_none() && operation.node().get("responses").is_some() {
            findings.push(Finding::new(
                "status",
                &operation.method.key_span,
                format!("`{}` has no success answer", operation.title()),
                "describe the answer `200`",
            ));
        }
    }
}

fn status_rule(operation: &Operation<'_>, status: &Entry, findings: &mut Vec<Finding>) {
    match status.key.as_str() {
        "default" => findings.push(Finding::new(
            "default-response",
            &status.key_span,
            format!(
                "`{}` has a `default` answer, on which progenitor panics where it differs from \
                 the success answer",
                operation.title()
            ),
            "describe errors as `4XX` and `5XX`",
        )),
        "4XX" | "5XX" => {}
        key if key.len() != 3 => {} // see the rule `openapi`
        key if key.starts_with(['2', '4', '5']) && !key.contains('X') => {}
        key => findings.push(Finding::new(
            "status",
            &status.key_span,
            format!("the client does not expect the status `{key}` as an answer"),
            "describe success as one status such as `200`, and errors as `4XX` and `5XX`",
        )),
    }
}

pub(super) fn request_bodies(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        let Some(body) = operation.request_body(root) else {
            continue;
        };
        let span = operation
            .node()
            .entry("requestBody")
            .map_or(&body.span, |entry| &entry.key_span);
        json_only(body, span, "a request body", findings);
        if body.get("required").and_then(Node::as_bool) != Some(true) {
            findings.push(Finding::new(
                "request-body",
                span,
                "a request body that may be left out, which progenitor always sends",
                "add `required: true`",
            ));
        }
        if matches!(
            operation.method.key.as_str(),
            "get" | "head" | "delete" | "trace"
        ) {
            findings.push(Finding::new(
                "request-body",
                span,
                format!(
                    "a body for `{}`, where HTTP gives it no meaning",
                    operation.method.key.to_uppercase()
                ),
                "take the body away, or use another method",
            ));
        }
    }
}

/// Whether a response or request body is JSON with a schema, and nothing else.
fn json_only(node: &Node, span: &openapi_tree::Span, what: &str, findings: &mut Vec<Finding>) {
    let media_types = node.get("content").map_or(&[][..], Node::entries);
    match media_types {
        [media_type] if media_type.key == JSON => {
            if media_type.node.get("schema").is_none() {
                findings.push(Finding::new(
                    "media-type",
                    &media_type.key_span,
                    format!("{what} without a schema, on which progenitor panics"),
                    "add `schema`",
                ));
            }
            if let Some(encoding) = media_type.node.entry("encoding") {
                findings.push(Finding::new(
                    "media-type",
                    &encoding.key_span,
                    "`encoding`, on which progenitor panics",
                    "take it away: JSON needs none",
                ));
            }
        }
        [] => findings.push(Finding::new(
            "media-type",
            span,
            format!("{what} without a media type"),
            format!("describe the JSON under `content: {{{JSON}: …}}`"),
        )),
        [first, others @ ..] => {
            let other = if first.key == JSON {
                others.first().unwrap_or(first)
            } else {
                first
            };
            findings.push(Finding::new(
                "media-type",
                &other.key_span,
                format!(
                    "{what} as `{}`, where the client speaks `{JSON}` only",
                    other.key
                ),
                format!("describe `{JSON}` and nothing else"),
            ));
        }
    }
}

pub(super) fn parameters(root: &Node, findings: &mut Vec<Finding>) {
    for path in root.get("paths").map_or(&[][..], Node::entries) {
        if let Some(reference) = path.node.entry("$ref") {
            findings.push(Finding::new(
                "path-item-ref",
                &reference.key_span,
                "a path item by `$ref`, on which progenitor panics",
                "write the operations here",
            ));
        }
    }
    for operation in Operation::all(root) {
        for parameter in operation.parameters(root) {
            let span = parameter
                .get("name")
                .map_or(&parameter.span, |name| &name.span);
            let reason = match (parameter.str_at("in"), parameter.str_at("style")) {
                (Some("cookie"), _) => "a cookie parameter",
                (Some("path" | "header"), None | Some("simple")) => "",
                (Some("query"), None | Some("form")) => "",
                _ => "a parameter of this style",
            };
            let reason = if parameter.get("content").is_some() {
                "a parameter with `content`"
            } else {
                reason
            };
            if !reason.is_empty() {
                findings.push(Finding::new(
                    "parameter",
                    span,
                    format!("{reason}, which progenitor cannot send"),
                    "use a `path`, `query` or `header` parameter with a `schema`, in the \
                     default style",
                ));
            }
        }
    }
}

/// Whether a keyword says something of values of one type only.
fn wants_type(keyword: &str) -> bool {
    matches!(
        keyword,
        "format"
            | "items"
            | "maxItems"
            | "maxLength"
            | "maximum"
            | "minItems"
            | "minLength"
            | "minimum"
            | "multipleOf"
            | "pattern"
            | "uniqueItems"
    )
}

pub(super) fn schemas(root: &Node, findings: &mut Vec<Finding>) {
    walk_schemas(root, &mut |schema, _| {
        for (exclusive, limit) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if let Some(entry) = schema.entry(exclusive)
                && schema.get(limit).is_none()
            {
                findings.push(Finding::new(
                    "schema",
                    &entry.key_span,
                    format!("`{exclusive}` without `{limit}`, on which progenitor panics"),
                    format!("add `{limit}`"),
                ));
            }
        }
        let typed = ["type", "$ref", "allOf", "anyOf", "oneOf"];
        if !typed.iter().any(|keyword| schema.get(keyword).is_some())
            && let Some(entry) = schema.entries().iter().find(|entry| wants_type(&entry.key))
        {
            findings.push(Finding::new(
                "schema",
                &entry.key_span,
                format!("`{}` without the `type` that it is about", entry.key),
                "add `type`",
            ));
        }
        if let Some(not) = schema.entry("not") {
            findings.push(Finding::new(
                "schema",
                &not.key_span,
                "`not`, on which progenitor panics for most schemas",
                "describe what is allowed instead of what is not",
            ));
        }
        if let Some(pattern) = schema.entry("pattern")
            && schema.str_at("format") != Some("uuid")
        {
            findings.push(Finding::new(
                "schema",
                &pattern.key_span,
                "a `pattern`, which progenitor checks with a crate that opentact-api lacks",
                "describe the form in `description`, or with `minLength` and `maxLength`",
            ));
        }
        if let Some(nullable) = schema.entry("nullable")
            && schema.get("type").is_none()
            && schema.get("$ref").is_none()
        {
            findings.push(Finding::new(
                "nullable",
                &nullable.key_span,
                "`nullable` without `type`, where OpenAPI 3.0.3 gives it no effect",
                "add `type`; for something else that may be null write \
                 `anyOf: [{…}, {type: object, nullable: true, enum: [null]}]`",
            ));
        }
    });
}
