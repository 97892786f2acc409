//! Loading: the text of the files to one document.

use crate::document::Document;
use crate::findings::Findings;
use crate::merge::merge;
use crate::parse::parse;
use crate::source::Sources;
use crate::text::Texts;

/// Reads the YAML or JSON of one file or several into one document.
///
/// # Errors
/// Returns the findings of all files: text that is not YAML, repeated keys, YAML beyond JSON
/// (aliases, several documents in a file, keys that are not text, values that JSON cannot represent,
/// more than 64 levels of nesting), and empty files. Contradictions between the files are no error
/// here: [`validate`](crate::validate()) reports them.
///
/// ```
/// use openapi_tree::{Source, load};
///
/// let findings = load(Source::new("spec.yaml", "info: {}\ninfo: {}\n")).unwrap_err();
/// assert!(findings.iter().any(|finding| finding.rule == "duplicate-key"));
/// ```
pub fn load(sources: impl Into<Sources>) -> Result<Document, Findings> {
    let sources = sources.into();
    let mut files = Vec::new();
    let (mut texts, mut findings) = (Texts::default(), Vec::new());
    for (start, source) in sources.starts() {
        files.extend(parse(source, start, &mut texts, &mut findings));
    }
    if findings.is_empty() {
        Ok(merge(sources, files))
    } else {
        Err(Findings::new(sources, findings))
    }
}
