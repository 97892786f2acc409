//! The rule `verb`: the name of a method starts with a verb that says what its operation does.

use openapi_tree::{Node, Operation, resolve};

use super::context::Context;
use super::names::method_objection;
use super::report::Report;
use crate::spec::payload;

/// A verb, the HTTP methods that it fits, and the payloads that it fits.
type Verb = (&'static str, &'static [&'static str], Payload);

/// The payloads that a verb fits.
#[derive(Clone, Copy)]
enum Payload {
    Any,
    /// A list, a page of a list, or an object with a value for each name.
    List,
    /// Anything but a list or a page of it.
    One,
}

const CHANGES: &[&str] = &["delete", "patch", "post", "put"];

const ANY_METHOD: &[&str] = &["delete", "get", "patch", "post", "put"];

/// The first words of methods.
#[rustfmt::skip] // a table
const VERBS: [Verb; 22] = [
    ("accept", CHANGES, Payload::Any),
    ("add", &["patch", "post", "put"], Payload::Any),
    ("assign", &["patch", "post", "put"], Payload::Any),
    ("check", &["get", "post"], Payload::Any),
    ("clear", CHANGES, Payload::Any),
    ("create", &["post"], Payload::Any),
    ("deactivate", CHANGES, Payload::Any),
    ("delete", &["delete"], Payload::Any),
    ("disable", CHANGES, Payload::Any),
    ("enable", CHANGES, Payload::Any),
    ("get", &["get"], Payload::One),
    ("list", &["get"], Payload::List),
    ("order", &["post"], Payload::Any),
    ("reactivate", CHANGES, Payload::Any),
    ("remove", CHANGES, Payload::Any),
    ("renew", CHANGES, Payload::Any),
    ("request", ANY_METHOD, Payload::Any),
    ("reset", CHANGES, Payload::Any),
    ("search", &["get", "post"], Payload::List),
    ("send", &["post"], Payload::Any),
    ("sign", &["get", "post"], Payload::Any),
    ("update", &["patch", "put"], Payload::Any),
];

/// Reports names of methods that do not start with a known verb, or with one that does not fit.
pub(super) fn verbs(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let Some(name) = operation.node().get("x-rust-name") else {
            continue; // see the rule `missing-name`
        };
        let text = name.as_str().unwrap_or_default();
        if method_objection(text).is_some() {
            continue; // see the rule `rust-name`
        }
        let verb = text.split('_').next().unwrap_or_default();
        let Some((_, methods, expected)) = VERBS.iter().find(|(known, ..)| *known == verb) else {
            let known: Vec<&str> = VERBS.iter().map(|(verb, ..)| *verb).collect();
            let message = format!("the method `{text}` does not start with a known verb");
            let help = format!("start with one of these: {}", known.join(", "));
            report.add(&name.span, message, help);
            continue;
        };
        let method = operation.method.key.as_str();
        if !methods.contains(&method) {
            let method = method.to_uppercase();
            let methods: Vec<String> = methods.iter().map(|it| it.to_uppercase()).collect();
            let message = format!("`{verb}` does not fit a `{method}`");
            let help = format!(
                "choose another verb: this one is for {}",
                methods.join(", ")
            );
            report.add(&name.span, message, help);
        }
        let is_list = is_list(context.root, operation);
        let help =
            "start with `list` if the payload is a list or a page of one, and with `get` otherwise";
        match expected {
            Payload::List if is_list == Some(false) => {
                let message = format!("`{verb}` does not fit a payload that is no list");
                report.add(&name.span, message, help);
            }
            Payload::One if is_list == Some(true) => {
                let message = format!("`{verb}` does not fit a payload that is a list");
                report.add(&name.span, message, help);
            }
            _ => {}
        }
    }
}

/// Returns `true` if the payload of an operation is a list or a page of it, and `None` if it is a
/// free-form value that may be either.
fn is_list(root: &Node, operation: &Operation<'_>) -> Option<bool> {
    let payload = payload(root, operation)?;
    let payload = resolve(root, payload)?;
    if operation.node().get("x-paging").is_some() {
        return Some(true);
    }
    match payload.str_at("type") {
        Some("array") => Some(true),
        Some("object") if payload.get("properties").is_none() => None,
        None => None,
        _ => Some(false),
    }
}
