//! The report of a comparison, and its formats.

mod cells;
mod changelog;
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
    /// Returns `true` if there is a summary in this format.
    pub fn has_summary(self) -> bool {
        match self {
            Self::Text | Self::Markdown | Self::Json => true,
            Self::Github | Self::Sarif => false,
        }
    }
}

impl Report {
    /// Returns the report in a format. The style applies to text only, and the extent to formats
    /// for people. [`Format::has_summary`] lists those that can be a summary.
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
