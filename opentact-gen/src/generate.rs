//! The stages, one after the other.

use std::panic::resume_unwind;

use crate::bisect::{Failure, blame};
use crate::lower::Prepared;
use openapi_tree::{Document, Findings, Sources, load};

use crate::lower::prepare;
use crate::rewrite::harden;
use crate::rules::check;
use crate::{progenitor, render::render};

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
/// use openapi_tree::Source;
/// use opentact_gen::generate;
///
/// let findings = generate(Source::new("spec.yaml", "openapi: 2.0")).unwrap_err();
/// assert!(findings.to_string().contains("spec.yaml:1:10"));
/// ```
pub fn generate(sources: impl Into<Sources>) -> Result<Generated, Findings> {
    generate_from(&load(sources)?)
}

/// Derives the code of the client from a loaded spec.
///
/// # Errors
/// Returns the findings of the rules, or a finding at the part of the spec that cannot be generated.
pub fn generate_from(document: &Document) -> Result<Generated, Findings> {
    with_room(|| {
        check(document)?;
        let prepared = prepare(document)?;
        let code = code(&prepared)
            .map_err(|failure| blame(document, &prepared, &failure, |part| code(part).err()))?;
        Ok(Generated {
            code: render(&code, &document.sources),
            document: format!("{:#}\n", document.root.to_json()),
            operations: prepared.facts.operations.len(),
            types: types(&code),
        })
    })
}

fn code(prepared: &Prepared) -> Result<syn::File, Failure> {
    let tokens =
        progenitor::generate(prepared).map_err(|refused| ("progenitor", refused.to_string()))?;
    harden(tokens, &prepared.facts).map_err(|shape| ("harden", shape.to_string()))
}

/// How much stack progenitor may use: it calls itself for what stands in each other, as deep as
/// the check stage lets it.
const STACK: usize = 64 << 20;

/// Does `work` on a thread with enough room; on this one where the system has no more of them.
fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    let on_thread = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, &work).ok()?;
        Some(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    on_thread.unwrap_or_else(work)
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
