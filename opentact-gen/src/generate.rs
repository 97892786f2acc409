//! The stages in their order.

use std::panic::resume_unwind;

use openapi_tree::{Document, Findings, Sources, load};
use syn::Item;

use crate::bisect::{Failure, bisect};
use crate::features::features;
use crate::ir::Ir;
use crate::lower::{Lowered, lower};
use crate::progenitor::progenitor;
use crate::public_api::PublicApi;
use crate::render::{Module, render};
use crate::rewrite::{CodeFiles, rewrite};
use crate::rules::check;
use crate::test_calls::test_calls;

/// The result of generating a spec.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Generated {
    /// The files of `opentact-api/src/generated`.
    pub modules: Vec<Module>,
    /// The spec as one document, in JSON: the text of `opentact-sandbox/src/openapi.json`.
    pub document: String,
    /// The number of operations of the client.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
    /// The features of the pages, for `opentact-api/Cargo.toml`.
    pub features: String,
    /// The calls of all operations: the text of `opentact-api/tests/it/pages/operations.rs`.
    pub test_calls: String,
}

/// Generates the code of the client from a spec.
///
/// # Errors
/// Returns all findings in the spec, each with its place and help.
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

/// Generates the code of the client from a loaded spec.
///
/// # Errors
/// Returns the findings of the rules, or a finding at the part of the spec that cannot be generated.
pub fn generate_from(document: &Document) -> Result<Generated, Findings> {
    with_code(document, Pages::OfFiles, |ir, code| Generated {
        modules: render(code, &document.sources),
        document: format!("{:#}\n", document.root.to_json()),
        operations: ir.operations.len(),
        types: types(code),
        features: features(ir),
        test_calls: test_calls(code, ir),
    })
}

/// The modules of the generated code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pages {
    /// A module for each file of the spec.
    OfFiles,
    /// One module for all files, so that a spec can be compared with one in other files.
    United,
}

/// Returns the public API of the code that a loaded spec yields, without rendering the code.
///
/// # Errors
/// Returns the same findings as [`generate_from`].
pub fn generate_public_api(document: &Document, pages: Pages) -> Result<PublicApi, Findings> {
    with_code(document, pages, |_, code| PublicApi::new(code))
}

/// Runs the stages from the rules to the syntax trees, and returns what `finish` makes of them. The
/// trees cannot leave their thread.
fn with_code<T: Send>(
    document: &Document,
    pages: Pages,
    finish: impl Fn(&Ir, &CodeFiles) -> T + Sync,
) -> Result<T, Findings> {
    on_large_stack(|| {
        check(document)?;
        let mut lowered = lower(document)?;
        if pages == Pages::United {
            lowered.ir.unite_pages();
        }
        let code = code(&lowered);
        let code = code.map_err(|failure| bisect(document, &lowered, failure, self::code))?;
        Ok(finish(&lowered.ir, &code))
    })
}

/// Runs the stages from the lowered spec to the syntax trees of the code.
fn code(lowered: &Lowered) -> Result<CodeFiles, Failure> {
    let tokens = progenitor(lowered).map_err(|message| ("progenitor", message))?;
    let files = rewrite(tokens, &lowered.ir);
    files.map_err(|error| ("rewrite", format!("unexpected code of progenitor: {error}")))
}

/// The stack of progenitor in bytes. It recurses as deep as schemas are nested.
const STACK: usize = 64 << 20;

/// Does `work` on a thread with a large stack, or on this one if the system refuses a thread.
fn on_large_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    let on_thread = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, &work).ok()?;
        Some(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    on_thread.unwrap_or_else(work)
}

/// Returns the number of types of all pages.
fn types(files: &CodeFiles) -> usize {
    let is_type = |item: &&Item| match item {
        // A request has a lifetime.
        Item::Struct(item) => item.generics.params.is_empty(),
        item => matches!(item, Item::Enum(_)),
    };
    let items = files.iter().flat_map(|(_, file)| &file.items);
    items.filter(is_type).count()
}
