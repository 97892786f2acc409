//! The proposed entry for `CHANGELOG.md`.

use std::borrow::Cow;

use indexmap::{IndexMap, IndexSet};

use super::entries::entries;
use super::entry::Entry;
use super::escape::{code_in_file, file};
use super::extent::shares;
use super::prose::{NAMED, shortened, shortened_sentence, some_of};
use super::value::Report;
use crate::change::{ChangeKind, Level};
use crate::change_id::ChangeId;
use crate::client::{ClientChange, ClientComparison};
use crate::operations::Operations;

/// The limit for the lines of a section. The rest is counted.
const LINES: usize = 20;
/// The limit for a message or name, in characters.
const LENGTH: usize = 300;

/// The sections, in the order of the entry.
const SECTIONS: [Section; 4] = [
    Section::Changed,
    Section::Added,
    Section::Removed,
    Section::Deprecated,
];

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Section {
    Changed,
    Added,
    Removed,
    Deprecated,
}

/// The key of a line. Changes with the same key share a line.
#[derive(Eq, Hash, PartialEq)]
struct LineKey<'a> {
    section: Section,
    breaking: bool,
    /// The type of change. Some of each are shown if there are many.
    id: Option<ChangeId>,
    /// The parent of the items of a client. `None` on the wire.
    parent: Option<&'a str>,
    /// The message that all changes of the line have in common.
    message: Cow<'a, str>,
}

/// The changes of each line.
type Lines<'a> = IndexMap<LineKey<'a>, Changed<'a>>;

/// The operations or the items of a client that changed.
#[derive(Default)]
struct Changed<'a> {
    /// Lists of operations. Thousands of lines can have the same long list.
    operations: IndexSet<&'a Operations>,
    items: IndexSet<&'a str>,
}

impl<'a> Changed<'a> {
    /// Returns the operations or items, each once.
    fn names(&self) -> Vec<&'a str> {
        let lists = self.operations.iter().copied();
        let operations = lists.flat_map(Operations::iter);
        let names: IndexSet<&str> = operations.chain(self.items.iter().copied()).collect();
        names.into_iter().collect()
    }
}

impl Report {
    /// Returns a draft of an entry for `CHANGELOG.md`, in the form of
    /// [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). It is empty if nothing changed.
    pub fn changelog_entry(&self) -> String {
        let entries = entries(&self.changes);
        let lines = lines(self, &entries);
        if lines.is_empty() {
            return String::new();
        }
        let heading = match self.next_version() {
            Some(version) => format!("## [{version}] - Unreleased\n"),
            None => "## [Unreleased]\n".to_owned(),
        };
        let sections = SECTIONS.map(|section| render_section(section, &lines));
        heading + &sections.concat()
    }
}

fn render_section(section: Section, lines: &Lines) -> String {
    let of_section = lines.iter().filter(|(key, _)| key.section == section);
    let (breaking, other): (Vec<_>, Vec<_>) = of_section.partition(|(key, _)| key.breaking);
    if breaking.is_empty() && other.is_empty() {
        return String::new();
    }
    let (first, breaking) = select(&breaking, LINES);
    let (second, other) = select(&other, LINES - first.len());
    let shown = first.into_iter().chain(second);
    let shown: String = shown
        .map(|(key, changed)| line(key, &changed.names()))
        .collect();
    let rest = match (breaking + other, breaking) {
        (0, _) => String::new(),
        (more, 0) => format!("- And {more} more.\n"),
        (more, breaking) => format!("- And {more} more, {breaking} of them breaking.\n"),
    };
    format!("\n### {section:?}\n\n{shown}{rest}")
}

/// A line with its operations or items.
type Line<'l, 'a> = (&'l LineKey<'a>, &'l Changed<'a>);

/// Returns some lines of each type of change, and the number of the others.
fn select<'l, 'a>(lines: &[Line<'l, 'a>], limit: usize) -> (Vec<Line<'l, 'a>>, usize) {
    let groups: Vec<_> = lines
        .chunk_by(|one, other| one.0.id == other.0.id)
        .collect();
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let groups = groups.iter().zip(shares(&sizes, limit, |_, _| true));
    let shown: Vec<_> = groups
        .flat_map(|(group, share)| &group[..share])
        .copied()
        .collect();
    let rest = lines.len() - shown.len();
    (shown, rest)
}

/// Returns a line that starts with code or with words of this crate, so that no text of a document
/// starts a heading or a list.
fn line(key: &LineKey, names: &[&str]) -> String {
    let mark = match key.breaking {
        true => "**Breaking:** ",
        false => "",
    };
    let message = file(&shortened_sentence(&key.message, LENGTH));
    let text = match names {
        [] => format!("The API as a whole: {message}"),
        [name] if key.message.starts_with(&format!("`{name}`")) => message,
        names => {
            let names = some_of(names, NAMED, |name| code_in_file(&shortened(name, LENGTH)));
            match message.is_empty() {
                true => names,
                false => format!("{names}: {message}"),
            }
        }
    };
    format!("- {mark}{text}.\n")
}

fn lines<'a>(report: &'a Report, entries: &[Entry<'a>]) -> Lines<'a> {
    let mut lines = Lines::new();
    for entry in entries {
        let changed = lines.entry(of_entry(entry)).or_default();
        let lists = entry.affected().into_iter();
        changed
            .operations
            .extend(lists.flat_map(|(_, lists)| lists));
    }
    let of_client = report.client.iter().flat_map(ClientComparison::changes);
    for change in of_client.filter(|change| !change.derived) {
        let changed = lines.entry(of_client_change(change)).or_default();
        changed.items.insert(change.item.as_str());
    }
    lines
}

/// Returns the sentence about the most serious effect of an entry.
fn of_entry<'a>(entry: &Entry<'a>) -> LineKey<'a> {
    let is_deprecated = entry.id == ChangeId::Deprecated;
    let is_text = entry.level() == Level::Documentation && !is_deprecated;
    LineKey {
        section: match entry.kind {
            _ if is_deprecated => Section::Deprecated,
            _ if is_text => Section::Changed,
            ChangeKind::Added => Section::Added,
            ChangeKind::Removed => Section::Removed,
            ChangeKind::Changed => Section::Changed,
        },
        breaking: entry.level() == Level::Breaking,
        id: (!is_text).then_some(entry.id),
        parent: None,
        message: match (is_text, entry.effects[0].consequence) {
            (true, _) => "documentation revised".into(),
            (false, Some(consequence)) => format!("{}: {consequence}", entry.fact).into(),
            (false, None) => entry.fact.clone().into(),
        },
    }
}

/// Returns no message for an added or removed item, because the section is enough.
fn of_client_change(change: &ClientChange) -> LineKey<'_> {
    let (section, message) = match change.kind {
        ChangeKind::Added => (Section::Added, ""),
        ChangeKind::Removed => (Section::Removed, ""),
        ChangeKind::Changed => (Section::Changed, change.message.as_str()),
    };
    LineKey {
        section,
        breaking: change.breaking,
        id: None,
        parent: Some(parent_of(&change.item)),
        message: message.into(),
    }
}

/// Returns the path without its last segment. The segments are separated by `::`, `.` or `#`.
fn parent_of(item: &str) -> &str {
    item.rfind([':', '.', '#']).map_or("", |end| &item[..end])
}
