//! Whether everything has a name of its own, and one that Rust can say.

use std::collections::HashMap;

use heck::{ToPascalCase, ToSnakeCase};

use crate::ir::PRELUDE;
use openapi_tree::{Entry, Finding, Node, Operation, Span};

/// Methods that `opentact_api::Client` has by hand.
const CLIENT_METHODS: [&str; 5] = ["base_url", "builder", "clone", "from_env", "send"];

/// What the prelude of Rust has beside types.
const CONSTRUCTORS: [&str; 4] = ["Err", "None", "Ok", "Some"];

pub(super) fn operation_ids(root: &Node, findings: &mut Vec<Finding>) {
    let missing = "add `operationId` with the name that the vendor documents";
    each_unique(root, "operationId", missing, findings);
}

pub(super) fn rust_names(root: &Node, findings: &mut Vec<Finding>) {
    let missing = "add `x-rust-name`, the name of the method in Rust: `x-rust-name: list_groups`";
    each_unique(root, "x-rust-name", missing, findings);
    for operation in Operation::all(root) {
        let Some(name) = operation.node().get("x-rust-name") else {
            continue;
        };
        if let Some(reason) = name.as_str().and_then(why_not_a_method) {
            findings.push(Finding::new(
                "rust-name",
                &name.span,
                reason,
                "use other words, in lower case with underscores, a verb first: `list_groups`",
            ));
        }
    }
}

/// Request builders are types in Pascal case, where `add_user2` and `add_user_2` are the same.
pub(super) fn builder_names(root: &Node, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, Vec<(&str, &Span)>> = HashMap::new();
    for operation in Operation::all(root) {
        let Some(value) = operation.node().get("x-rust-name") else {
            continue;
        };
        let Some(name) = value.as_str() else {
            continue;
        };
        let type_name = name.to_pascal_case();
        let same_type = seen.entry(type_name.clone()).or_default();
        if let Some((first, span)) = same_type.iter().find(|(known, _)| *known != name) {
            findings.push(
                Finding::new(
                    "duplicate-name",
                    &value.span,
                    format!(
                        "the builders of `{first}` and `{name}` are both `{type_name}` in Rust"
                    ),
                    "give one of them another name",
                )
                .with_related(span, "first here"),
            );
        }
        same_type.push((name, &value.span));
    }
}

/// Whether every operation has the keyword, and no two have it with the same value.
fn each_unique(root: &Node, keyword: &'static str, missing: &str, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<&str, &Span> = HashMap::new();
    for operation in Operation::all(root) {
        let Some(value) = operation.node().get(keyword) else {
            findings.push(Finding::new(
                "missing-name",
                &operation.method.key_span,
                format!("`{}` has no `{keyword}`", operation.title()),
                missing,
            ));
            continue;
        };
        let Some(name) = value.as_str() else {
            findings.push(Finding::new(
                "missing-name",
                &value.span,
                format!("the `{keyword}` of `{}` is not a string", operation.title()),
                missing,
            ));
            continue;
        };
        let first = *seen.entry(name).or_insert(&value.span);
        if first != &value.span {
            findings.push(
                Finding::new(
                    "duplicate-name",
                    &value.span,
                    format!("two operations have the `{keyword}` `{name}`"),
                    "give one of them another name",
                )
                .with_related(first, "first here"),
            );
        }
    }
}

fn why_not_a_method(name: &str) -> Option<String> {
    if CLIENT_METHODS.contains(&name) {
        return Some(format!("`Client` has a method `{name}` already"));
    }
    why_not_snake_case(name)
}

/// Why a name cannot be that of a function in Rust.
pub(super) fn why_not_snake_case(name: &str) -> Option<String> {
    if name != name.to_snake_case() {
        return Some(format!(
            "`{name}` is not in snake case; that would be `{}`",
            name.to_snake_case()
        ));
    }
    if syn::parse_str::<syn::Ident>(name).is_err() {
        return Some(format!(
            "`{name}` is not an identifier in Rust, or a keyword of it"
        ));
    }
    None
}

/// Schemas become types in Pascal case, where `SIPUser` and `SipUser` are the same.
pub(super) fn schema_names(root: &Node, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &Entry> = HashMap::new();
    for schema in root
        .descend(["components", "schemas"])
        .map_or(&[][..], Node::entries)
    {
        let type_name = schema.key.to_pascal_case();
        let is_prelude = PRELUDE.iter().any(|(_, name)| *name == type_name);
        if is_prelude || CONSTRUCTORS.contains(&type_name.as_str()) {
            findings.push(Finding::new(
                "schema-name",
                &schema.key_span,
                format!("the name `{type_name}` means something else in Rust"),
                "give the schema another name",
            ));
        }
        if syn::parse_str::<syn::Ident>(&type_name).is_err() {
            findings.push(Finding::new(
                "schema-name",
                &schema.key_span,
                format!("the name `{type_name}` is not an identifier in Rust, or a keyword of it"),
                "give the schema another name, one that starts with a letter",
            ));
        }
        let first = *seen.entry(type_name.clone()).or_insert(schema);
        if first.key != schema.key {
            findings.push(
                Finding::new(
                    "duplicate-name",
                    &schema.key_span,
                    format!(
                        "`{}` and `{}` are both `{type_name}` in Rust",
                        first.key, schema.key
                    ),
                    "give one of them another name",
                )
                .with_related(&first.key_span, "first here"),
            );
        }
    }
}
