//! The text of a spec file, and places in it.

use std::ops::Range;

/// A stretch of a [`Source`], in bytes.
pub type Span = Range<usize>;

/// A spec file: where it lies, as shown to people, and what it says.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
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
        Self {
            path: path.into(),
            text: text.replace("\r\n", "\n"),
        }
    }

    /// Where the file lies, as it was given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the file says, with `\n` for line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte; the end of the text for a byte beyond it.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
