//! The stages, one after the other.

use crate::finding::{Finding, Findings};
use crate::load::Document;
use crate::source::Sources;
use crate::{check, harden, load, prepare, progenitor, render};

/// What a spec yields.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Generated {
    /// The text of `opentact-api/src/generated.rs`.
    pub code: String,
    /// The spec as one document, in JSON: the text of `opentact-sandbox/src/openapi.json`.
    pub document: String,
    /// How many operations the client has.
    pub operations: usize,
    /// How many types it has for them.
    pub types: usize,
}

/// Derives the code of the client from a spec.
///
/// # Errors
/// Everything that is wrong with the spec, each with a place and a way out.
///
/// ```
/// use opentact_gen::{Source, generate};
///
/// let findings = generate(Source::new("spec.yaml", "openapi: 2.0")).unwrap_err();
/// assert!(findings.to_string().contains("spec.yaml:1:10"));
/// ```
pub fn generate(sources: impl Into<Sources>) -> Result<Generated, Findings> {
    generate_from(&load(sources)?)
}

/// The stages after the first one.
pub(crate) fn generate_from(document: &Document) -> Result<Generated, Findings> {
    check(document)?;
    let prepared = prepare(document)?;
    let tokens = progenitor::generate(&prepared)
        .map_err(|refused| whole(document, "progenitor", refused.to_string(), REPORT))?;
    let code = harden(tokens, &prepared.facts)
        .map_err(|shape| whole(document, "harden", shape.to_string(), REPORT))?;
    Ok(Generated {
        code: render(&code, &document.sources),
        document: format!("{:#}\n", document.root.to_json()),
        operations: prepared.facts.operations.len(),
        types: types(&code),
    })
}

const REPORT: &str = "say it in another way, and add a rule to opentact-gen/src/check.rs that \
                      finds the place";

/// A finding about the document as a whole.
fn whole(document: &Document, rule: &'static str, message: String, help: &str) -> Findings {
    let span = document.root.span_of("/paths");
    let finding = Finding::new(rule, &span, message, help);
    Findings::new(document.sources.clone(), vec![finding])
}

/// How many types stand in the module `types`.
fn types(code: &syn::File) -> usize {
    let module = code.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = module.map_or(&[][..], |(_, items)| items);
    let is_type = |item: &&syn::Item| matches!(item, syn::Item::Struct(_) | syn::Item::Enum(_));
    items.iter().filter(is_type).count()
}
