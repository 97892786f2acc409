//! The files of a document: those that are given, and those that others refer to.

use std::collections::HashMap;

use super::location::normalized;
use crate::finding::Finding;
use crate::node::Node;
use crate::parse::{decode, parse_lenient};
use crate::source::{Source, Sources};
use crate::text::Texts;

/// A file as it was read: its path, and its bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// The path that findings and reports show, with `/` or `\` between folders.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Reads a file that others refer to, by its path. The path is that of the referring file with the
/// reference applied to it. An error is the reason why there is no such file.
pub type ReadFile<'r> = dyn FnMut(&str) -> Result<Vec<u8>, String> + 'r;

/// The files of a document.
pub(super) struct Files<'r> {
    pub(super) sources: Sources,
    /// The root of each file, in the order of `sources`.
    pub(super) roots: Vec<Node>,
    /// The files that are united to the document, in the order of `sources`.
    pub(super) is_entry: Vec<bool>,
    pub(super) warnings: Vec<Finding>,
    /// The position of each file, or the reason why it cannot be read, by its path.
    by_path: HashMap<String, Result<usize, String>>,
    texts: Texts,
    read: &'r mut ReadFile<'r>,
}

impl<'r> Files<'r> {
    /// Parses files. All of them are entries.
    ///
    /// # Errors
    /// Returns the mistakes that make files unreadable, with all sources.
    pub(super) fn new(
        files: impl IntoIterator<Item = File>,
        read: &'r mut ReadFile<'r>,
    ) -> Result<Self, (Sources, Vec<Finding>)> {
        let mut oddities = HashMap::new();
        let mut unreadable = Vec::new();
        let sources = files.into_iter().map(|File { path, bytes }| {
            let text = match decode(&bytes) {
                Ok((text, oddity)) => {
                    oddities.extend(oddity.map(|oddity| (path.clone(), oddity)));
                    text
                }
                Err(reason) => {
                    unreadable.push((path.clone(), reason));
                    "".into()
                }
            };
            Source::new(path, &text)
        });
        let sources = Sources::new(sources);
        let mut files = Self {
            roots: Vec::new(),
            is_entry: Vec::new(),
            warnings: Vec::new(),
            by_path: HashMap::new(),
            texts: Texts::default(),
            read,
            sources: sources.clone(),
        };
        let mut errors = Vec::new();
        for (position, (start, source)) in sources.starts().enumerate() {
            if let Some(oddity) = oddities.get(source.path()) {
                files.warnings.push(encoding(start, oddity));
            }
            if let Some((_, reason)) = unreadable.iter().find(|(path, _)| path == source.path()) {
                errors.push(encoding(start, &format!("the file {reason}")));
                continue;
            }
            match parse_lenient(source, start, &mut files.texts, &mut files.warnings) {
                Ok(root) => files.roots.push(root),
                Err(error) => errors.push(*error),
            }
            files.is_entry.push(true);
            files
                .by_path
                .insert(normalized(source.path()), Ok(position));
        }
        match errors.is_empty() {
            true => Ok(files),
            false => Err((sources, errors)),
        }
    }

    /// Returns the position of the file at a path, and reads it if need be.
    ///
    /// # Errors
    /// Returns the reason why the file cannot be read.
    pub(super) fn position(&mut self, path: &str) -> Result<usize, String> {
        if let Some(known) = self.by_path.get(path) {
            return known.clone();
        }
        let loaded = self.load(path);
        self.by_path.insert(path.to_owned(), loaded.clone());
        loaded
    }

    fn load(&mut self, path: &str) -> Result<usize, String> {
        let bytes = (self.read)(path)?;
        let (text, oddity) = decode(&bytes).map_err(|reason| format!("it {reason}"))?;
        let source = Source::new(path, &text);
        let start = self.sources.add(source.clone());
        let position = self.roots.len();
        let root = parse_lenient(&source, start, &mut self.texts, &mut self.warnings);
        let oddity = oddity.map(|oddity| encoding(start, oddity));
        self.warnings.extend(oddity);
        self.is_entry.push(false);
        match root {
            Ok(root) => {
                self.roots.push(root);
                Ok(position)
            }
            Err(error) => {
                let reason = error.message.clone();
                self.roots.push(Node::null(start..start));
                self.warnings.push(*error);
                Err(reason)
            }
        }
    }
}

fn encoding(start: u32, message: &str) -> Finding {
    Finding::new(
        "encoding",
        &(start..start),
        message,
        "save the file as UTF-8",
    )
}
