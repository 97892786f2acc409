//! The report for a terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style as Colour};

use super::prose::{count, fate, one_line, reach};
use super::{Report, ClientChanges};
use crate::change::{Level, Place, ClientChange, WireChange};
use crate::semver::Verdict;
use openapi_tree::Style;

const BREAKING: Colour = AnsiColor::Red.on_default().bold();
const FINE: Colour = AnsiColor::Green.on_default().bold();
const HEADING: Colour = Colour::new().bold();
const ASIDE: Colour = Colour::new().dimmed();

/// Writes in colours, or not.
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

pub(super) fn render(report: &Report, style: Style) -> String {
    let brush = Brush(style);
    let colour = match report.verdict {
        Verdict::Undeclared => BREAKING,
        Verdict::Unchanged | Verdict::Declared => FINE,
    };
    let headline = brush.paint(colour, report.headline());
    if report.verdict == Verdict::Unchanged {
        return headline + "\n";
    }
    let mut blocks = vec![headline];
    for level in [Level::Breaking, Level::Additive, Level::Documentation] {
        blocks.extend(wire(report, level, brush));
    }
    blocks.extend(rust(report, brush));
    blocks.push(version(report, brush));
    let title = brush.paint(HEADING, "Proposed entry for CHANGELOG.md");
    blocks.push(format!(
        "{title}\n\n{}",
        report.changelog_entry().trim_end()
    ));
    blocks.join("\n\n") + "\n"
}

fn wire(report: &Report, level: Level, brush: Brush) -> Option<String> {
    let changes = report.wire_of(level);
    let title = match level {
        Level::Breaking => brush.paint(BREAKING, "Breaking on the wire"),
        Level::Additive => brush.paint(HEADING, "Additive on the wire"),
        Level::Documentation => brush.paint(HEADING, "Documentation"),
    };
    let entries = changes.iter().map(|change| wire_change(change, brush));
    block(&title, changes.len(), entries)
}

fn wire_change(change: &WireChange, brush: Brush) -> String {
    let message = one_line(&change.message);
    let reach = reach(change, one_line);
    let (base, head) = (place(&change.base), place(&change.head));
    let places = brush.paint(ASIDE, format!("{head}, was {base}"));
    format!("  {message}\n    {reach}\n    {places}")
}

fn place(place: &Place) -> String {
    format!("{}:{}", one_line(&place.path), place.line)
}

fn rust(report: &Report, brush: Brush) -> Option<String> {
    let title = brush.paint(HEADING, "Rust");
    match &report.rust {
        ClientChanges::NotCompared(why) => {
            Some(format!("{title}: not compared\n\n  {}", one_line(why)))
        }
        ClientChanges::Compared(changes) => {
            let breaking = report.rust_where(true).into_iter();
            let entries = breaking
                .chain(report.rust_where(false))
                .map(|change| rust_change(change, brush));
            block(&title, changes.len(), entries)
        }
    }
}

fn rust_change(change: &ClientChange, brush: Brush) -> String {
    let level = match change.breaking {
        true => brush.paint(BREAKING, "breaking  "),
        false => "compatible".to_owned(),
    };
    format!("  {level}  {} {}", one_line(&change.item), fate(change))
}

fn block(title: &str, number: usize, entries: impl Iterator<Item = String>) -> Option<String> {
    let entries: Vec<String> = entries.collect();
    let heading = format!("{title}: {}", count(number, "change"));
    (number > 0).then(|| format!("{heading}\n\n{}", entries.join("\n")))
}

fn version(report: &Report, brush: Brush) -> String {
    let title = brush.paint(HEADING, "Version");
    let known = |version: &Option<semver::Version>| match version {
        Some(version) => version.to_string(),
        None => "not known".to_owned(),
    };
    let side = |name: &str, version| format!("{} ({})", known(version), one_line(name));
    let base = side(&report.base.name, &report.base.version);
    let head = side(&report.head.name, &report.head.version);
    let made = report
        .made
        .map_or("not known".to_owned(), |bump| bump.to_string());
    format!(
        "{title}\n\n  older     {base}\n  newer     {head}\n  required  {}\n  made      {made}",
        report.required
    )
}
