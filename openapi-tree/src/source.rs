//! The text of the files, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A range of bytes. The bytes of several files are counted as if the files were one text, each
/// file after the one before it. [`Sources`] maps a byte back to its file. Documents have many spans,
/// and no document has 4 GiB.
pub type Span = Range<u32>;

/// One file: its path as people see it, and its text. Copies share the text.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: Arc<str>,
    /// The bytes at which lines start, without the first line.
    lines: Arc<[u32]>,
}

/// A line and column, both counted from 1. Columns are characters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A place in a file. `Display` writes `openapi/groups.yaml:12:5`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Location {
    /// The path of the file, as it was given.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

impl Source {
    /// Creates the source for the text of the file at `path`. Line ends become `\n`, so that the
    /// same file reads the same on every machine.
    ///
    /// ```
    /// let source = openapi_tree::Source::new("openapi/groups.yaml", "openapi: 3.0.3\r\n");
    /// assert_eq!(source.text(), "openapi: 3.0.3\n");
    /// ```
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text: Arc<str> = match text.contains("\r\n") {
            true => text.replace("\r\n", "\n").into(),
            false => text.into(),
        };
        let ends = text.match_indices('\n');
        Self {
            path: path.into(),
            lines: ends.map(|(at, _)| offset(at + 1)).collect(),
            text,
        }
    }

    /// Returns the path, as it was given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the last part of the path. Files of the same folder refer to this one by it.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    /// Returns the text, with `\n` for line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the line and column of the character that holds a byte. A byte beyond the end gives the
    /// end of the text.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let line = self.line(byte);
        let line_start = line
            .checked_sub(2)
            .map_or(0, |last| self.lines[last] as usize);
        let before = &self.text[line_start..character_start(&self.text, byte)];
        LineColumn {
            line,
            column: before.chars().count() + 1,
        }
    }

    fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= byte) + 1
    }
}

/// Returns the number of a byte as spans count it. Texts that are longer than they can count are not
/// parsed.
pub(crate) fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Returns the last byte up to this one at which a character starts.
/// `str::floor_char_boundary` does the same, but is younger than the workspace's `rust-version`.
pub(crate) fn character_start(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The files of one document, in the order of their paths. Files that are read later, because others
/// refer to them, come last.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Each file with its first byte in the count of all files.
    files: Vec<(u32, Source)>,
}

impl Sources {
    /// Creates the sources of a document from its files, in any order.
    ///
    /// ```
    /// use openapi_tree::{Source, Sources};
    ///
    /// let sources = Sources::new([Source::new("groups.yaml", ""), Source::new("common.yaml", "")]);
    /// let names: Vec<_> = sources.iter().map(Source::name).collect();
    /// assert_eq!(names, ["common.yaml", "groups.yaml"]);
    /// ```
    pub fn new(files: impl IntoIterator<Item = Source>) -> Self {
        let mut files: Vec<Source> = files.into_iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sources = Self { files: Vec::new() };
        for file in files {
            sources.add(file);
        }
        sources
    }

    /// Adds a file after the others, and returns its first byte in the count of all files.
    pub(crate) fn add(&mut self, file: Source) -> u32 {
        let last = self.files.last();
        // The end of a file is a place of its own.
        let start = last.map_or(0, |(start, file)| {
            start.saturating_add(offset(file.text.len() + 1))
        });
        self.files.push((start, file));
        start
    }

    /// Returns the position of the file that holds a byte.
    pub(crate) fn position(&self, byte: u32) -> usize {
        let next = self.files.partition_point(|(start, _)| *start <= byte);
        next.saturating_sub(1)
    }

    /// Returns the path of the file at a position.
    pub(crate) fn path(&self, position: usize) -> &str {
        self.files.get(position).map_or("", |(_, file)| file.path())
    }

    /// Returns the text of a span within one file.
    pub fn text(&self, span: &Span) -> &str {
        let found = self.locate(span.start).and_then(|(file, start)| {
            let end = start + span.end.saturating_sub(span.start) as usize;
            file.text().get(start..end)
        });
        found.unwrap_or_default()
    }

    /// Returns the files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(|(_, file)| file)
    }

    /// Returns the file that holds a byte, and the byte's position in that file. Returns `None`
    /// if there are no files.
    pub(crate) fn locate(&self, byte: u32) -> Option<(&Source, usize)> {
        let next = self.files.partition_point(|(start, _)| *start <= byte);
        let (start, file) = self.files.get(next.checked_sub(1)?)?;
        Some((file, (byte - start) as usize))
    }

    /// Returns the file, line and column of a byte. Returns `None` if there are no files.
    pub fn location(&self, byte: u32) -> Option<Location> {
        let (file, byte) = self.locate(byte)?;
        let LineColumn { line, column } = file.line_column(byte);
        Some(Location {
            path: file.path().to_owned(),
            line,
            column,
        })
    }

    /// Returns the path of the file and the line of a byte. This is faster than [`Sources::location`]
    /// if lines are long, as in minified JSON. Returns `None` if there are no files.
    pub fn path_and_line(&self, byte: u32) -> Option<(&str, usize)> {
        let (file, byte) = self.locate(byte)?;
        Some((file.path(), file.line(byte)))
    }

    /// Returns each file with its first byte in the count of all files.
    pub(crate) fn starts(&self) -> impl Iterator<Item = (u32, &Source)> {
        self.files.iter().map(|(start, file)| (*start, file))
    }
}

impl From<Source> for Sources {
    fn from(file: Source) -> Self {
        Self::new([file])
    }
}

/// Equality of names and texts. The folder of the files does not count.
impl PartialEq for Sources {
    fn eq(&self, other: &Self) -> bool {
        self.files.len() == other.files.len()
            && self
                .iter()
                .zip(other.iter())
                .all(|(a, b)| a.name() == b.name() && a.text() == b.text())
    }
}

impl Eq for Sources {}
