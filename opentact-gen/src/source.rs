//! The text of the spec files, and places in it.

use std::ops::Range;

/// A stretch of a document, in bytes: of one file, or of several that are counted through, one
/// behind the other. [`Sources`] knows in which file it lies.
pub type Span = Range<usize>;

/// A spec file: where it lies, as shown to people, and what it says.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    /// The bytes at which lines start, but for the first.
    lines: Vec<usize>,
}

/// A place for people and editors: both numbers count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Takes the text of the file at `path`. Line ends become `\n`, so that the same file
    /// reads the same on every machine.
    ///
    /// ```
    /// let source = opentact_gen::Source::new("openapi/groups.yaml", "openapi: 3.0.3\r\n");
    /// assert_eq!(source.text(), "openapi: 3.0.3\n");
    /// ```
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let ends = text.match_indices('\n');
        Self {
            path: path.into(),
            lines: ends.map(|(at, _)| at + 1).collect(),
            text,
        }
    }

    /// Where the file lies, as it was given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path, by which other files of the same folder refer to this one.
    pub fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    /// What the file says, with `\n` for line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte; the end of the text for a byte beyond it.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = self.lines.partition_point(|start| *start <= before.len());
        let line_start = line.checked_sub(1).map_or(0, |last| self.lines[last]);
        LineColumn {
            line: line + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The files that are a spec together, in the order of their paths.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Each file with the byte at which it starts, were they written one behind the other.
    files: Vec<(usize, Source)>,
}

impl Sources {
    /// Takes the files of a spec. Their order does not matter.
    ///
    /// ```
    /// use opentact_gen::{Source, Sources};
    ///
    /// let sources = Sources::new([Source::new("groups.yaml", ""), Source::new("common.yaml", "")]);
    /// let names: Vec<_> = sources.iter().map(Source::name).collect();
    /// assert_eq!(names, ["common.yaml", "groups.yaml"]);
    /// ```
    pub fn new(files: impl IntoIterator<Item = Source>) -> Self {
        let mut files: Vec<Source> = files.into_iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut next = 0;
        let files = files.into_iter().map(|file| {
            let start = next;
            next += file.text.len() + 1; // the end of a file is a place of its own
            (start, file)
        });
        Self {
            files: files.collect(),
        }
    }

    /// The files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(|(_, file)| file)
    }

    /// The file in which a byte lies and the byte in that file; nothing where there are no
    /// files.
    pub fn locate(&self, byte: usize) -> Option<(&Source, usize)> {
        let next = self.files.partition_point(|(start, _)| *start <= byte);
        let (start, file) = self.files.get(next.checked_sub(1)?)?;
        Some((file, byte - start))
    }

    /// How people call a byte: `openapi/groups.yaml:12:5`.
    pub fn place(&self, byte: usize) -> String {
        let Some((file, byte)) = self.locate(byte) else {
            return "nowhere".to_owned();
        };
        let LineColumn { line, column } = file.line_column(byte);
        format!("{}:{line}:{column}", file.path())
    }

    /// Each file, and the byte at which it starts.
    pub(crate) fn starts(&self) -> impl Iterator<Item = (usize, &Source)> {
        self.files.iter().map(|(start, file)| (*start, file))
    }
}

impl From<Source> for Sources {
    fn from(file: Source) -> Self {
        Self::new([file])
    }
}

/// Whether the files have the same names and say the same.
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
