//! The report for a terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style as Colour};
use openapi_tree::Style;
use semver::Version;

use super::entries::entries;
use super::entry::{Entry, Places};
use super::extent::{Extent, is_large};
use super::prose::{
    NAMED, affected, count, headline, ignored, one_line, outcome, reading, sentence, shortened,
    some_of,
};
use super::section::Section;
use super::tally::{Counts, Tally};
use super::value::{Report, Revision};
use crate::change::Place;
use crate::client::{ClientChange, ClientOutcome};
use crate::semver::Verdict;

const BREAKING: Colour = AnsiColor::Red.on_default().bold();
const FINE: Colour = AnsiColor::Green.on_default().bold();
const HEADING: Colour = Colour::new().bold();
const ASIDE: Colour = Colour::new().dimmed();

/// The limit for the entries of a type in a section of a selection.
const ENTRIES: usize = 10;
/// The limit for the rows of a table.
const ROWS: usize = 12;
/// The limit for an example, in characters.
const EXAMPLE: usize = 200;

/// A writer of text, with colours or without.
#[derive(Clone, Copy)]
struct Brush {
    style: Style,
    extent: Extent,
}

impl Brush {
    fn paint(self, colour: Colour, text: impl Display) -> String {
        match self.style {
            Style::Plain => text.to_string(),
            Style::Ansi => format!("{colour}{text}{colour:#}"),
        }
    }

    /// Returns the limit for the operations, elements or places of an entry that are named.
    fn named(self) -> usize {
        match self.extent {
            Extent::Everything => usize::MAX,
            Extent::Selection | Extent::Summary => NAMED,
        }
    }
}

impl Report {
    /// Returns the report for a terminal: the verdict, the changes by section, the versions, and
    /// the proposed changelog entry. If nothing changed, it is one line, and a second one if a
    /// document has mistakes.
    pub fn to_text(&self, style: Style) -> String {
        self.text(style, Extent::Selection)
    }

    pub(super) fn text(&self, style: Style, extent: Extent) -> String {
        let brush = Brush { style, extent };
        let colour = match self.verdict {
            Verdict::Undeclared => BREAKING,
            Verdict::Unknown => HEADING,
            Verdict::Unchanged | Verdict::Declared => FINE,
        };
        let headline = brush.paint(colour, headline(self));
        let lines = [Some(headline), ignored(self), reading(self)];
        let headline = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
        if self.verdict == Verdict::Unchanged {
            return headline + "\n";
        }
        let entries = entries(&self.changes);
        let tally = Tally::of(&entries);
        let mut blocks = vec![headline];
        if extent == Extent::Summary {
            blocks.extend(sections(&tally, brush));
            blocks.extend(table("Types of changes", &kinds(&tally), brush));
        }
        if extent == Extent::Summary || is_large(self.changes.len()) {
            let operations = tally.operations.iter();
            let operations: Vec<_> = operations
                .map(|(name, counts)| (one_line(name), *counts))
                .collect();
            blocks.extend(table("Operations with changes", &operations, brush));
        }
        if extent != Extent::Summary {
            for (section, number) in &tally.sections {
                let of_section = entries.iter().filter(|entry| entry.section == *section);
                let of_section: Vec<&Entry<'_>> = of_section.collect();
                let title = brush.paint(colour_of(*section), section.title());
                let content = match extent == Extent::Selection && is_large(self.changes.len()) {
                    true => selection(&of_section, brush),
                    false => all(&of_section, brush),
                };
                blocks.push(format!(
                    "{title}: {}\n\n{content}",
                    count(*number, "change")
                ));
            }
        }
        blocks.extend(client(self, brush));
        blocks.push(versions(self, brush));
        if extent != Extent::Summary {
            let title = brush.paint(HEADING, "Proposed entry for CHANGELOG.md");
            let entry = self.changelog_entry();
            blocks.push(format!("{title}\n\n{}", entry.trim_end()));
        }
        blocks.join("\n\n") + "\n"
    }
}

fn colour_of(section: Section) -> Colour {
    match section.is_breaking() {
        true => BREAKING,
        false => HEADING,
    }
}

/// Returns the number of entries of each section.
fn sections(tally: &Tally<'_>, brush: Brush) -> Option<String> {
    let lines = tally.sections.iter().map(|(section, number)| {
        let title = brush.paint(colour_of(*section), section.title());
        format!("  {number:>8}  {title}")
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn kinds(tally: &Tally<'_>) -> Vec<(String, Counts)> {
    let kinds = tally.kinds.iter();
    kinds
        .map(|(id, counts)| (id.to_string(), *counts))
        .collect()
}

/// Returns a table of numbers, or nothing without rows.
fn table(title: &str, rows: &[(String, Counts)], brush: Brush) -> Option<String> {
    let title = brush.paint(HEADING, title);
    let mut lines = vec![
        format!("{title}: {}", rows.len()),
        String::new(),
        "  breaking  additive  documentation".to_owned(),
    ];
    let limit = match brush.extent {
        Extent::Everything => usize::MAX,
        Extent::Selection | Extent::Summary => ROWS,
    };
    let shown = rows.iter().take(limit).map(|(name, counts)| {
        let [breaking, additive, documentation] = counts.numbers();
        format!("  {breaking:>8}  {additive:>8}  {documentation:>13}  {name}")
    });
    lines.extend(shown);
    if rows.len() > limit {
        lines.push(format!("  and {} more", rows.len() - limit));
    }
    (!rows.is_empty()).then(|| lines.join("\n"))
}

fn all(entries: &[&Entry<'_>], brush: Brush) -> String {
    let entries = entries.iter().map(|known| entry(known, brush));
    entries.collect::<Vec<_>>().join("\n")
}

/// Returns the first entries of each type, and the number of the others.
fn selection(entries: &[&Entry<'_>], brush: Brush) -> String {
    let groups = entries.chunk_by(|one, other| one.id == other.id);
    let groups = groups.map(|group| {
        let id = brush.paint(HEADING, group[0].id);
        let shown = &group[..group.len().min(ENTRIES)];
        let more = match group.len() - shown.len() {
            0 => String::new(),
            more => format!("\n  and {more} more of {} (--all shows them)", group[0].id),
        };
        let number = count(group.len(), "change");
        format!("  {id}: {number}\n{}{more}", all(shown, brush))
    });
    groups.collect::<Vec<_>>().join("\n\n")
}

fn entry(entry: &Entry<'_>, brush: Brush) -> String {
    let mut lines = vec![format!("  {}", one_line(&sentence(entry)))];
    let mut add = |line: String| lines.push(format!("    {line}"));
    for following in &entry.following {
        add(format!("with it, {}", one_line(following)));
    }
    if let Some(example) = entry.example() {
        add(format!(
            "for example, {}",
            shortened(&example.to_string(), EXAMPLE)
        ));
    }
    if !entry.unproven.is_empty() {
        let schemas: Vec<&str> = entry.unproven.iter().copied().collect();
        let schemas = some_of(&schemas, brush.named(), |name| {
            format!("`{}`", one_line(name))
        });
        add(format!("no proof was found at {schemas}"));
    }
    affected(entry, brush.named(), one_line)
        .into_iter()
        .for_each(&mut add);
    let sharing: Vec<&str> = entry.sharing.iter().copied().skip(1).collect();
    if !sharing.is_empty() {
        let sharing = some_of(&sharing, brush.named(), |name| one_line(name));
        add(format!("also in {sharing}"));
    }
    let (first, more) = (entry.places.first(), entry.places.len() - 1);
    let shown = match brush.extent {
        Extent::Everything => entry.places.len(),
        Extent::Selection | Extent::Summary => 1,
    };
    let shown = entry.places.iter().take(shown).map(places);
    let mut shown: Vec<String> = shown.collect();
    if first.is_some() && shown.len() == 1 && more > 0 {
        shown[0] += &format!(", and {}", count(more, "more place"));
    }
    for places in shown {
        add(brush.paint(ASIDE, places));
    }
    lines.join("\n")
}

fn places(places: &Places<'_>) -> String {
    match (places.newer.map(place), places.older.map(place)) {
        (Some(newer), Some(older)) => format!("{newer}, was {older}"),
        (Some(newer), None) => newer,
        (None, Some(older)) => format!("was {older}"),
        (None, None) => String::new(),
    }
}

fn place(place: &Place) -> String {
    format!("{}:{}", one_line(&place.path), place.line)
}

fn client(report: &Report, brush: Brush) -> Option<String> {
    let client = report.client.as_ref()?;
    let title = brush.paint(HEADING, one_line(&client.language));
    match &client.outcome {
        ClientOutcome::NotCompared(why) => {
            Some(format!("{title} is not compared: {}", one_line(why)))
        }
        ClientOutcome::Compared(changes) => {
            let (breaking, other) = (report.client_changes(true), report.client_changes(false));
            let entries = breaking.iter().chain(&other);
            let entries: Vec<String> = match brush.extent {
                Extent::Summary => {
                    let (breaking, other) = (breaking.len(), other.len());
                    vec![format!("  {breaking} breaking, {other} compatible")]
                }
                _ => entries.map(|change| client_change(change, brush)).collect(),
            };
            let heading = format!("{title}: {}", count(changes.len(), "change"));
            (!changes.is_empty()).then(|| format!("{heading}\n\n{}", entries.join("\n")))
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
