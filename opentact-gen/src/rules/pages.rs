//! The rule `page-name`: the name of a file becomes that of a module and of a Cargo feature.

use openapi_tree::{Node, Span};

use super::context::Context;
use super::report::Report;
use crate::names::{feature_name, module_name};
use crate::spec::stem;

/// The names at the root of `opentact_api` and in its folder `generated` that a module of a page would
/// meet.
#[rustfmt::skip] // a list
const TAKEN_MODULES: [&str; 28] = [
    "background", "blocking", "call", "chrono", "client", "client_builder", "conversion_error",
    "credentials", "decimal", "duration", "error", "fuzzing", "generated", "ha1b", "nullable",
    "observer", "operation", "operation_request", "paging", "request_id", "reqwest", "response_value", "serde_json",
    "service", "string_or_integer", "support", "telemetry", "uuid",
];

/// The features of `opentact-api` that are not those of pages.
#[rustfmt::skip] // a list
const TAKEN_FEATURES: [&str; 11] = [
    "blocking", "default", "deserialize-requests", "full", "ha1b", "http2", "native-tls", "rustls",
    "schemars", "sign-in", "socks",
];

/// Reports files whose name cannot be that of a module and of a feature.
pub(super) fn names(context: &Context<'_>, report: &mut Report<'_>) {
    let sources = context.document.sources.iter();
    let files = sources.zip(context.document.files());
    let files: Vec<(&str, &Span)> = files
        .map(|(source, root)| (source.name(), place(root)))
        .collect();
    for (name, span) in &files {
        if let Some(reason) = objection(stem(name)) {
            let help = "rename the file after the page that it describes";
            report.add(span, format!("the file `{name}` {reason}"), help);
        }
    }
    let modules = files
        .iter()
        .map(|(name, span)| (module_name(stem(name)), *span));
    report.add_clashes(modules, "files");
}

/// Returns the place in a file for a finding about all of it.
fn place(root: &Node) -> &Span {
    root.entry("openapi")
        .map_or(&root.span, |entry| &entry.key_span)
}

/// Returns the reason why a name cannot be that of a page.
fn objection(stem: &str) -> Option<String> {
    let (module, feature) = (module_name(stem), feature_name(stem));
    let starts_well = feature.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if TAKEN_MODULES.contains(&&*module) {
        Some(format!(
            "would become the module `{module}`, which `opentact_api` already has"
        ))
    } else if TAKEN_FEATURES.contains(&&*feature) {
        Some(format!(
            "would become the feature `{feature}`, which `opentact-api` already has"
        ))
    } else {
        let reason = "does not start with a letter or digit, as the name of a Cargo feature must";
        (!starts_well).then(|| reason.to_owned())
    }
}
