//! Pages: each file of the spec describes one.

use openapi_tree::{Document, Source, Span};

use super::text::text;
use crate::spec::stem;

/// A file of the spec.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The name of the file without its extension, such as `sip-domains`.
    pub(crate) stem: String,
    /// The `title` of its `info`.
    pub(crate) title: Option<String>,
    /// The `description` of its `info`.
    pub(crate) description: Option<String>,
}

impl Page {
    /// Returns the pages of a document, in the order of their paths.
    pub(super) fn all(document: &Document) -> Vec<Self> {
        let files = document.sources.iter().zip(document.files());
        let pages = files.map(|(source, root)| {
            let info = |key| root.get("info").and_then(|info| text(info, key));
            Self {
                stem: stem(Source::name(source)).to_owned(),
                title: info("title"),
                description: info("description"),
            }
        });
        pages.collect()
    }
}

/// Returns the stem of the file that a place is in.
pub(crate) fn page_of(document: &Document, span: &Span) -> String {
    let place = document.sources.path_and_line(span.start);
    let path = place.map_or("", |(path, _)| path);
    stem(path.rsplit(['/', '\\']).next().unwrap_or(path)).to_owned()
}
