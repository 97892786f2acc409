//! The report of a comparison, and its formats.

mod changelog;
mod escape;
mod github;
mod json;
mod markdown;
mod prose;
mod text;
mod value;

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
}

impl Report {
    /// Returns the report in a format. The style applies to text only.
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => self.to_text(style),
            Format::Markdown => self.to_markdown(),
            Format::Json => self.to_json(),
            Format::Github => self.to_github(),
        }
    }
}
