//! The report for a terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style as Colour};
use openapi_tree::Style;
use semver::Version;

use super::prose::{affected, count, headline, one_line, outcome, title};
use super::value::{Report, Revision};
use crate::change::{Change, Level, Place};
use crate::client::{ClientChange, ClientOutcome};
use crate::semver::Verdict;

const BREAKING: Colour = AnsiColor::Red.on_default().bold();
const FINE: Colour = AnsiColor::Green.on_default().bold();
const HEADING: Colour = Colour::new().bold();
const ASIDE: Colour = Colour::new().dimmed();

/// A writer of text, with colours or without.
#[derive(Clone, Copy)]
struct Brush(Style);

impl Brush {
    fn paint(self, colour: Colour, text: impl Display) -> String {
        match self.0 {
            Style::Plain => text.to_string(),
            Style::Ansi => format!("{colour}{text}{colour:#}"),
        }
    }
}

impl Report {
    /// Returns the report for a terminal: the verdict, the changes by level, the versions, and the
    /// proposed changelog entry. It is one line if nothing changed.
    pub fn to_text(&self, style: Style) -> String {
        let brush = Brush(style);
        let colour = match self.verdict {
            Verdict::Undeclared => BREAKING,
            Verdict::Unchanged | Verdict::Declared => FINE,
        };
        let headline = brush.paint(colour, headline(self));
        if self.verdict == Verdict::Unchanged {
            return headline + "\n";
        }
        let mut blocks = vec![headline];
        for level in [Level::Breaking, Level::Additive, Level::Documentation] {
            blocks.extend(changes(self, level, brush));
        }
        blocks.extend(client(self, brush));
        blocks.push(versions(self, brush));
        let title = brush.paint(HEADING, "Proposed entry for CHANGELOG.md");
        let entry = self.changelog_entry();
        blocks.push(format!("{title}\n\n{}", entry.trim_end()));
        blocks.join("\n\n") + "\n"
    }
}

fn changes(report: &Report, level: Level, brush: Brush) -> Option<String> {
    let changes = report.changes_of(level);
    let colour = match level {
        Level::Breaking => BREAKING,
        Level::Additive | Level::Documentation => HEADING,
    };
    let title = brush.paint(colour, title(level));
    let entries = changes.iter().map(|known| change(known, brush));
    block(&title, changes.len(), entries)
}

fn change(change: &Change, brush: Brush) -> String {
    let message = one_line(&change.message());
    let affected = affected(change, one_line);
    let (base, head) = (place(&change.base), place(&change.head));
    let places = brush.paint(ASIDE, format!("{head}, was {base}"));
    format!("  {message}\n    {affected}\n    {places}")
}

fn place(place: &Place) -> String {
    format!("{}:{}", one_line(&place.path), place.line)
}

fn client(report: &Report, brush: Brush) -> Option<String> {
    let client = report.client.as_ref()?;
    let title = brush.paint(HEADING, one_line(&client.language));
    match &client.outcome {
        ClientOutcome::NotCompared(why) => {
            Some(format!("{title}: not compared\n\n  {}", one_line(why)))
        }
        ClientOutcome::Compared(changes) => {
            let breaking = report.client_changes(true).into_iter();
            let entries = breaking
                .chain(report.client_changes(false))
                .map(|change| client_change(change, brush));
            block(&title, changes.len(), entries)
        }
    }
}

fn client_change(change: &ClientChange, brush: Brush) -> String {
    let level = match change.breaking {
        true => brush.paint(BREAKING, "breaking  "),
        false => "compatible".to_owned(),
    };
    format!("  {level}  {} {}", one_line(&change.item), outcome(change))
}

fn block(title: &str, number: usize, entries: impl Iterator<Item = String>) -> Option<String> {
    let entries: Vec<String> = entries.collect();
    let heading = format!("{title}: {}", count(number, "change"));
    (number > 0).then(|| format!("{heading}\n\n{}", entries.join("\n")))
}

fn versions(report: &Report, brush: Brush) -> String {
    let title = brush.paint(HEADING, "Version");
    let or_unknown = |text: Option<String>| text.unwrap_or_else(|| "unknown".to_owned());
    let of = |revision: &Revision| {
        let version = revision.version.as_ref().map(Version::to_string);
        format!("{} ({})", or_unknown(version), one_line(&revision.name))
    };
    let (base, head) = (of(&report.base), of(&report.head));
    let required = report.required_bump;
    let actual = or_unknown(report.actual_bump.map(|bump| bump.to_string()));
    format!(
        "{title}\n\n  base           {base}\n  head           {head}\n  required bump  {required}\n  actual bump    {actual}"
    )
}
