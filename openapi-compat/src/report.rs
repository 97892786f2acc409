//! The report of a comparison, and its formats.

mod cells;
mod changelog;
mod entries;
mod entry;
mod escape;
mod extent;
mod github;
mod json;
mod markdown;
mod prose;
mod sarif;
mod section;
mod tally;
mod text;
mod value;

pub use extent::Extent;
pub use value::{FailOn, Report, Revision};

use std::fmt;

use clap::ValueEnum;
use openapi_tree::Style;

/// A format of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a comment in a pull request.
    Markdown,
    /// For programs.
    Json,
    /// For a GitHub workflow: an annotation for each change, at file and line.
    Github,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// Returns the extent that `--summary` and `--all` ask for.
    ///
    /// # Errors
    /// Returns an error if there is no summary in this format.
    pub fn extent(self, summary: bool, all: bool) -> Result<Extent, NoSummary> {
        match (summary, all) {
            (true, _) if matches!(self, Self::Github | Self::Sarif) => Err(NoSummary),
            (true, _) => Ok(Extent::Summary),
            (_, true) => Ok(Extent::Everything),
            (false, false) => Ok(Extent::Selection),
        }
    }
}

/// There is no summary in a format for machines that show each change at its place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoSummary;

impl fmt::Display for NoSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("--summary needs --format text, markdown or json")
    }
}

impl std::error::Error for NoSummary {}

impl Report {
    /// Returns the report in a format. The style applies to text only, and the extent to formats
    /// for people and programs; [`Format::extent`] returns one that it can have.
    pub fn render(&self, format: Format, extent: Extent, style: Style) -> String {
        match format {
            Format::Text => self.text(style, extent),
            Format::Markdown => self.markdown(extent),
            Format::Json => self.json(extent),
            Format::Github => self.to_github(),
            Format::Sarif => self.to_sarif(),
        }
    }
}
