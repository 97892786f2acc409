//! The proposed entry for `CHANGELOG.md`.

use indexmap::{IndexMap, IndexSet};

use super::escape::{code_in_file, file};
use super::prose::{shortened, some_of};
use super::{Report, Side};
use crate::change::{Level, ClientChange, ChangeKind, WireChange};
use openapi_tree::{Document, load};

/// How many lines a section has before the rest is counted.
const LINES: usize = 20;
/// How long a message or name may be, in characters.
const LENGTH: usize = 300;

/// The sections, in the order in which they stand in the entry.
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

/// What a line is about. Changes that are alike share a line.
#[derive(Eq, Hash, PartialEq)]
struct Subject<'a> {
    section: Section,
    breaking: bool,
    /// The module or type of items in Rust; nothing on the wire.
    parent: Option<&'a str>,
    /// What is said of all that the line names.
    message: &'a str,
}

/// The operations or items of each line.
type Lines<'a> = IndexMap<Subject<'a>, IndexSet<&'a str>>;

pub(super) fn render(report: &Report) -> String {
    let lines = lines(report);
    if lines.is_empty() {
        return String::new();
    }
    let heading = match report.next_version() {
        Some(version) => format!("## [{version}] - Unreleased\n"),
        None => "## [Unreleased]\n".to_owned(),
    };
    let sections = SECTIONS.map(|section| render_section(section, &lines));
    heading + &sections.concat()
}

fn render_section(section: Section, lines: &Lines) -> String {
    let of_section = lines
        .iter()
        .filter(|(subject, _)| subject.section == section);
    let (mut all, other): (Vec<_>, Vec<_>) = of_section.partition(|(subject, _)| subject.breaking);
    all.extend(other);
    if all.is_empty() {
        return String::new();
    }
    let (shown, rest) = all.split_at(all.len().min(LINES));
    let shown: String = shown
        .iter()
        .map(|(subject, names)| line(subject, names))
        .collect();
    let breaking = rest.iter().filter(|(subject, _)| subject.breaking).count();
    let rest = match (rest.len(), breaking) {
        (0, _) => String::new(),
        (more, 0) => format!("- And {more} more.\n"),
        (more, breaking) => format!("- And {more} more, {breaking} of them breaking.\n"),
    };
    format!("\n### {section:?}\n\n{shown}{rest}")
}

/// Begins with code or with words of ours, so that no text of a spec is taken for the beginning of
/// a heading or list.
fn line(subject: &Subject, names: &IndexSet<&str>) -> String {
    let mark = if subject.breaking {
        "**Breaking:** "
    } else {
        ""
    };
    let names: Vec<&str> = names.iter().copied().collect();
    let names = match &names[..] {
        [] => "The API as a whole".to_owned(),
        names => some_of(names, |name| code_in_file(&shortened(name, LENGTH))),
    };
    let message = match file(&shortened(subject.message, LENGTH)) {
        message if message.is_empty() => message,
        message => format!(": {message}"),
    };
    format!("- {mark}{names}{message}.\n")
}

fn lines(report: &Report) -> Lines<'_> {
    let document = |side: &Side| load(side.sources.clone()).ok();
    let (base, head) = (document(&report.base), document(&report.head));
    let mut lines = Lines::new();
    for change in &report.wire {
        let names = lines.entry(of_wire(change, base.as_ref(), head.as_ref()));
        let operations = change.operations.iter().map(String::as_str);
        names.or_default().extend(operations);
    }
    for change in report.rust.changes() {
        if is_builder_of_changed_type(change, report.rust.changes()) {
            continue;
        }
        let names = lines.entry(of_rust(change)).or_default();
        names.insert(change.item.as_str());
    }
    lines
}

/// Builders follow their types, of which something is said already.
fn is_builder_of_changed_type(change: &ClientChange, all: &[ClientChange]) -> bool {
    let of_type = change.item.strip_prefix("types::builder::");
    of_type.is_some_and(|item| {
        let mut types = all
            .iter()
            .filter_map(|change| change.item.strip_prefix("types::"));
        types.any(|known| known == item)
    })
}

/// Of what is gone, the pointer leads into the older spec, and of anything else into the newer
/// one; where it leads into both, something changed.
fn of_wire<'a>(
    change: &'a WireChange,
    base: Option<&Document>,
    head: Option<&Document>,
) -> Subject<'a> {
    let older = base.and_then(|document| document.root.pointer(&change.pointer));
    let newer = head.and_then(|document| document.root.pointer(&change.pointer));
    let is_deprecated = change.pointer.ends_with("/deprecated")
        && newer.is_some_and(|node| node.as_bool() == Some(true));
    let is_text = change.level == Level::Documentation && !is_deprecated;
    Subject {
        section: match (older, newer) {
            _ if is_deprecated => Section::Deprecated,
            _ if is_text => Section::Changed,
            (None, Some(_)) => Section::Added,
            (Some(_), None) => Section::Removed,
            _ => Section::Changed,
        },
        breaking: change.level == Level::Breaking,
        parent: None,
        message: if is_text {
            "documentation revised"
        } else {
            &change.message
        },
    }
}

/// Where an item is new or gone, the section says all that there is to say.
fn of_rust(change: &ClientChange) -> Subject<'_> {
    let (section, message) = match change.kind {
        ChangeKind::Added => (Section::Added, ""),
        ChangeKind::Removed => (Section::Removed, ""),
        ChangeKind::Changed => (Section::Changed, change.message.as_str()),
    };
    Subject {
        section,
        breaking: change.breaking,
        parent: Some(parent_of(&change.item)),
        message,
    }
}

fn parent_of(item: &str) -> &str {
    item.rsplit_once("::").map_or("", |(parent, _)| parent)
}
