//! Documents, edits and reports for several tests.

#[path = "../../../../opentact-gen/tests/it/support/drawing.rs"]
pub(crate) mod drawing;
pub(crate) mod edits;
#[path = "../../../../opentact-gen/tests/it/support/large.rs"]
pub(crate) mod large;
pub(crate) mod markdown_page;
#[allow(dead_code)] // the generator's tests use the rest
#[path = "../../../../opentact-gen/tests/it/support/mutations.rs"]
pub(crate) mod mutations;
pub(crate) mod report_schemas;
pub(crate) mod reports;

use openapi_compat::{Change, Level, Options, compare};
use openapi_tree::{Document, File, Findings, Source, load_lenient, load_valid};

/// Loads a document that is valid.
pub(crate) fn document(text: &str) -> Document {
    load_valid(Source::new("api.yaml", text)).unwrap()
}

/// Loads a document that may have mistakes.
pub(crate) fn lenient(path: &str, text: &str) -> Result<Document, Findings> {
    let file = File {
        path: path.to_owned(),
        bytes: text.into(),
    };
    let loaded = load_lenient([file], &mut |_| Err("no such file".to_owned()))?;
    Ok(loaded.document)
}

/// Loads a document of any version, which may have mistakes.
pub(crate) fn document_of_any_version(text: &str) -> Document {
    lenient("api.yaml", text).unwrap()
}

/// Loads two documents and compares them.
pub(crate) fn changes(base: &str, head: &str) -> Vec<Change> {
    changes_between(&document(base), &document(head))
}

/// Compares two documents with the extensions of this repository.
pub(crate) fn changes_between(base: &Document, head: &Document) -> Vec<Change> {
    let options = Options {
        behavioural_extensions: vec!["x-idempotent".to_owned(), "x-sign-in".to_owned()],
        contract_extensions: vec!["x-paging".to_owned()],
    };
    compare(base, head, &options)
}

/// Returns the level of the most serious change.
pub(crate) fn level(changes: &[Change]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}
