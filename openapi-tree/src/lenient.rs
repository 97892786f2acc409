//! The lenient reading of documents as people have them.

mod evident;
mod files;
mod grammar;
mod hoist;
mod inline;
mod location;
mod tree;
mod version;

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::findings::{Findings, Severity};
use crate::merge::merge_named;
use crate::node::Node;
use crate::validate::{circles, parts};

use self::files::Files;
use self::tree::Tree;

pub use self::files::{File, ReadFile};

/// The largest number of times that files are searched for what other files describe.
const MAX_ROUNDS: usize = 16;

/// A document that was read leniently.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The document, as its authors evidently meant it.
    pub document: Document,
    /// The mistakes that were read as they were evidently meant.
    pub warnings: Findings,
}

/// Reads a document of OpenAPI 3.0 or 3.1 as its authors evidently meant it.
///
/// The files that are OpenAPI documents themselves are united. Other files are read if references
/// lead to them: first among `files`, and then by `read`. Parts of other files become components.
/// References to the same part of a file lead to the same component. URLs are never read.
///
/// A file with the name of JSON, or that starts with `{`, is read as JSON. Aliases and merge keys of
/// YAML are followed. A repeated value has the places of the anchored text, which is the text that
/// an author edits.
///
/// # Errors
/// Returns the mistakes because of which there is no such reading: text that is neither YAML nor
/// JSON, more than 128 levels of nesting, aliases that repeat too much, and anything else than
/// OpenAPI 3.
///
/// ```
/// use openapi_tree::{File, load_lenient};
///
/// let file = File {
///     path: "api.yaml".to_owned(),
///     bytes: b"openapi: 3.0
/// info: {title: Names, version: 1.0.0}
/// paths: {/names: {$ref: names.yaml}}
/// "
///     .to_vec(),
/// };
/// let mut read = |path: &str| match path {
///     "names.yaml" => Ok(b"get: {responses: {'204': {description: None.}}}".to_vec()),
///     _ => Err("no such file".to_owned()),
/// };
/// let loaded = load_lenient([file], &mut read)?;
/// assert!(loaded.document.root.descend(["paths", "/names", "get"]).is_some());
/// let warnings: Vec<&str> = loaded.warnings.iter().map(|warning| warning.message.as_str()).collect();
/// assert_eq!(warnings, ["the version is a number"]);
/// # Ok::<_, openapi_tree::Findings>(())
/// ```
pub fn load_lenient(
    files: impl IntoIterator<Item = File>,
    read: &mut ReadFile<'_>,
) -> Result<Loaded, Findings> {
    let mut files = match Files::new(files, read) {
        Ok(files) => files,
        Err((sources, errors)) => return Err(Findings::new(sources, errors)),
    };
    let is_document = |root: &Node| root.get("openapi").or(root.get("swagger")).is_some();
    if files.roots.iter().any(is_document) {
        files.is_entry = files.roots.iter().map(is_document).collect();
    }
    let (mut entries, mut names, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (position, source) in files.sources.iter().enumerate() {
        if !files.is_entry[position] {
            continue;
        }
        let start = files.roots[position].span.start;
        let mut root = std::mem::replace(&mut files.roots[position], Node::null(start..start));
        let checked = version::check(&mut root, &files.sources, &mut files.warnings);
        errors.extend(checked.err().map(|error| *error));
        entries.push(root);
        names.push(source.name().to_owned());
    }
    if !errors.is_empty() {
        return Err(Findings::new(files.sources, errors));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let united = merge_named(files.sources.clone(), entries, &names);
    files.warnings.extend(united.conflicts);
    let mut tree = Tree::new(united.root, files);
    let (mut homes, mut done) = (HashMap::new(), HashSet::new());
    for _ in 0..MAX_ROUNDS {
        inline::inline(&mut tree, &mut homes);
        if !hoist::hoist(&mut tree, &mut homes, &mut done) {
            break;
        }
    }
    let Tree {
        mut root,
        mut files,
        ..
    } = tree;
    evident::correct(&mut root, &files.sources, &mut files.warnings);
    parts(&root, &mut files.warnings);
    circles(&root, &mut files.warnings);
    let document = Document {
        sources: files.sources,
        root,
        files: Vec::new(),
        conflicts: Vec::new(),
    };
    let sources = document.sources.clone();
    Ok(Loaded {
        document,
        warnings: Findings::with_severity(Severity::Warning, sources, files.warnings),
    })
}
