//! The rule `paging`: the client can read a list page by page.

use openapi_tree::{Node, Operation, Span, resolve};

use super::context::Context;
use super::report::Report;
use crate::ir::PagingStyle;
use crate::spec::payload_property;

const HELP: &str = "write `x-paging: {style: offset, limit: take, position: skip, items: data, total: total}`: \
                    the style (`offset` or `page`), two query parameters that are integers, and two \
                    properties of the payload, a list and an integer";

const KEYWORDS: [&str; 5] = ["style", "limit", "position", "items", "total"];

/// A place, and the mistake there.
type Mistake<'a> = (&'a Span, String);

/// Reports an `x-paging` that does not fit its operation.
pub(super) fn paging(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let Some(entry) = operation.node().entry("x-paging") else {
            continue;
        };
        for (span, message) in mistakes(context.root, operation, &entry.node, &entry.key_span) {
            report.add(span, message, HELP);
        }
    }
}

fn mistakes<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
    paging: &'a Node,
    place: &'a Span,
) -> Vec<Mistake<'a>> {
    let title = operation.title();
    if paging.entries().is_empty() {
        return vec![(
            &paging.span,
            format!("`x-paging` of `{title}` is no mapping"),
        )];
    }
    let unknown = paging
        .entries()
        .iter()
        .filter(|it| !KEYWORDS.contains(&&*it.key));
    let unknown = unknown.map(|it| {
        (
            &it.key_span,
            format!("`x-paging` has no keyword `{}`", it.key),
        )
    });
    let mut mistakes: Vec<Mistake<'a>> = unknown.collect();
    for keyword in KEYWORDS {
        let Some(value) = paging.get(keyword) else {
            mistakes.push((place, format!("`x-paging` of `{title}` lacks `{keyword}`")));
            continue;
        };
        let name = value.as_str().unwrap_or_default();
        let message = match keyword {
            "style" if PagingStyle::new(name).is_some() => continue,
            "style" => "the style is neither `offset` nor `page`".to_owned(),
            "limit" | "position" if has_parameter(root, operation, name) => continue,
            "limit" | "position" => {
                format!("`{title}` has no query parameter `{name}` that is an integer")
            }
            _ => {
                let expected = if keyword == "items" {
                    "array"
                } else {
                    "integer"
                };
                let property = payload_property(root, operation, name);
                if property.and_then(|it| it.str_at("type")) == Some(expected) {
                    continue;
                }
                format!(
                    "the payload of `{title}` has no property `{name}` of the type `{expected}`"
                )
            }
        };
        mistakes.push((&value.span, message));
    }
    let same = paging.get("limit").zip(paging.get("position"));
    if let Some((limit, position)) = same.filter(|(limit, position)| limit.same(position)) {
        mistakes.push((
            &position.span,
            format!("`{}` is the limit, too", limit.as_str().unwrap_or_default()),
        ));
    }
    mistakes
}

/// Returns `true` if an operation has a query parameter of this name that is an integer.
fn has_parameter(root: &Node, operation: &Operation<'_>, name: &str) -> bool {
    operation.parameters(root).iter().any(|parameter| {
        let schema = parameter
            .get("schema")
            .and_then(|schema| resolve(root, schema));
        parameter.str_at("name") == Some(name)
            && parameter.str_at("in") == Some("query")
            && schema.and_then(|schema| schema.str_at("type")) == Some("integer")
    })
}
