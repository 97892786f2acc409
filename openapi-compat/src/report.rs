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

    /// Returns the report for a terminal: the verdict, the changes by level, the versions, and the
    /// proposed changelog entry. It is one line if nothing changed.
    pub fn to_text(&self, style: Style) -> String {
        text::render(self, style)
    }

    /// Returns the report for a comment on GitHub: the verdict, a table of the breaking changes,
    /// and the other changes in folded sections. It has less than 65,536 bytes, the limit of a
    /// comment, and counts the changes that it leaves out.
    pub fn to_markdown(&self) -> String {
        markdown::render(self)
    }

    /// Returns the report for programs:
    ///
    /// | Key | Value |
    /// |---|---|
    /// | `verdict` | `unchanged`, `declared` or `undeclared` |
    /// | `required_bump` | `none`, `patch`, `minor` or `major` |
    /// | `made_bump` | the actual bump, in the same way; `null` if a version is unknown |
    /// | `wire` | the changes, the most serious first |
    /// | `wire[].id` | the stable name of the change, such as `request-property-became-required` |
    /// | `wire[].kind` | `added`, `removed` or `changed` |
    /// | `wire[].level` | `breaking`, `additive` or `documentation` |
    /// | `wire[].direction` | `request`, `response`, `both` or `metadata` |
    /// | `wire[].operations` | such as `["GET /app/group"]`; empty for the API as a whole |
    /// | `wire[].pointer` | a JSON pointer into the head, or into the base if something was removed |
    /// | `wire[].base_path`, `wire[].head_path` | the file in each revision |
    /// | `wire[].base_line`, `wire[].head_line` | the line in each revision, from 1 |
    /// | `wire[].message` | a sentence |
    /// | `rust` | the changes of a client in Rust; `null` if the clients were not compared |
    /// | `rust[].kind` | `added`, `removed` or `changed` |
    /// | `rust[].item` | such as `types::SipUser::state` |
    /// | `rust[].breaking` | `true` or `false` |
    ///
    /// The key `rust` is the language of [`Report::client`] in lower case. There is no such key if
    /// there is no client. Keys may be added; no key is removed or changes its meaning.
    pub fn to_json(&self) -> String {
        json::render(self)
    }

    /// Returns the report as [workflow commands][commands] that annotate the lines of the head: an
    /// error for a breaking change, a warning if the version declares it, and a notice for an
    /// additive change. GitHub shows ten annotations of a severity for each step. If there are
    /// more, the tenth counts the rest.
    ///
    /// [commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    pub fn to_github(&self) -> String {
        github::render(self)
    }

    /// Returns a draft of an entry for `CHANGELOG.md`, in the form of
    /// [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). It is empty if nothing changed.
    pub fn changelog_entry(&self) -> String {
        changelog::render(self)
    }
}
