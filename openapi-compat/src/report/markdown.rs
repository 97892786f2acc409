//! The report for a comment on GitHub.

use std::cmp::Reverse;
use std::collections::VecDeque;

use super::cells::{language, of_client_change, of_entry, of_numbers, text};
use super::entries::entries;
use super::entry::Entry;
use super::escape::code_in_comment;
use super::extent::{Extent, is_large, shares};
use super::prose::{NAMED, count, counts, headline, ignored, reading, shortened, some_of};
use super::section::Section;
use super::tally::Tally;
use super::value::{Report, Revision};
use crate::change_id::ChangeId;
use crate::client::ClientOutcome;
use crate::semver::Verdict;

/// The limit for all rows of tables and the changelog entry, in bytes. The rest of the comment has
/// some thousand, and a comment holds 65,536 characters.
const ROOM: usize = 50_000;
/// The limit for the changelog entry, in bytes.
const ROOM_OF_ENTRY: usize = 12_000;
/// The part of the room that the breaking changes leave to others, in bytes.
const ROOM_OF_OTHERS: usize = 12_000;
/// The limit for breaking changes of a section that are not folded.
const UNFOLDED: usize = 20;
/// The limit for rows of a table.
const ROWS: usize = 100;
/// The limit for rows of a table of numbers.
const ROWS_OF_NUMBERS: usize = 12;
/// The limit for types of changes that are counted in a line.
const KINDS: usize = 30;
/// The limit for the name of a revision, and for that of an operation with its number of changes.
const NAME_LENGTH: usize = 100;

const CHANGES: &str = "| Change | Affects | Place |\n|---|---|---|\n";
const CLIENT: &str = "| Item | Change |\n|---|---|\n";
const NUMBERS: &str = "| Breaking | Additive | Documentation |\n|---|---:|---:|---:|\n";

/// The limits of a comment, or none.
struct Limits {
    /// The bytes that are left for rows.
    room: usize,
    /// The number of operations that an entry names.
    named: usize,
    rows: usize,
    numbers: usize,
}

impl Limits {
    fn new(extent: Extent) -> Self {
        match extent {
            Extent::Everything => Self {
                room: usize::MAX,
                named: usize::MAX,
                rows: usize::MAX,
                numbers: usize::MAX,
            },
            Extent::Selection | Extent::Summary => Self {
                room: ROOM,
                named: NAMED,
                rows: ROWS,
                numbers: ROWS_OF_NUMBERS,
            },
        }
    }
}

/// The rows of one type of change in a section.
struct Group {
    id: Option<ChangeId>,
    /// The number of entries that are not shown yet.
    number: usize,
    /// Their rows. Rows that would never be shown are left out.
    rows: VecDeque<String>,
}

impl Report {
    /// Returns the report for a comment on GitHub: the verdict, tables of the breaking changes, and
    /// the other changes in folded sections. It has less than 65,536 bytes, the limit of a comment.
    /// If there is not enough room, it shows some changes of each type, and counts the others.
    pub fn to_markdown(&self) -> String {
        self.markdown(Extent::Selection)
    }

    pub(super) fn markdown(&self, extent: Extent) -> String {
        let headline = text(&headline(self));
        let headline = match ignored(self) {
            Some(ignored) => {
                let ignored = shortened(&ignored, NAME_LENGTH);
                format!("**{headline}**\n\n{}.\n", text(&ignored))
            }
            None => format!("**{headline}**\n"),
        };
        let reading = reading(self).map(|reading| text(&reading) + "\n");
        if self.verdict == Verdict::Unchanged {
            let blocks = [headline].into_iter().chain(reading);
            return blocks.collect::<Vec<_>>().join("\n");
        }
        let mut limits = Limits::new(extent);
        let entries = entries(&self.changes);
        let tally = Tally::of(&entries);
        let mut blocks = vec![headline, summary(self, &tally)];
        blocks.extend(reading);
        if extent == Extent::Summary {
            blocks.push(sections(&tally));
            blocks.push(kinds(&tally, &mut limits));
        }
        if extent == Extent::Summary || is_large(self.changes.len()) {
            blocks.push(operations(&tally, &mut limits));
        }
        if extent != Extent::Summary {
            blocks.extend(changes(self, &entries, &mut limits));
        }
        blocks.retain(|block| !block.is_empty());
        blocks.join("\n")
    }
}

/// Returns the changes by section, and the changelog entry.
fn changes(report: &Report, entries: &[Entry<'_>], limits: &mut Limits) -> Vec<String> {
    let entry = entry(report, &mut limits.room);
    let of_section = |section| (section, groups(report, entries, section, limits));
    let breaking = Section::ALL
        .into_iter()
        .filter(|section| section.is_breaking());
    let breaking: Vec<_> = breaking.map(of_section).collect();
    let other = Section::ALL
        .into_iter()
        .filter(|section| !section.is_breaking());
    let other: Vec<_> = other.map(of_section).collect();
    let compatible = client_group(report, false);
    let rows = other.iter().flat_map(|(_, groups)| groups);
    let rows = rows.chain([&compatible]).flat_map(|group| &group.rows);
    let needed = rows.map(String::len).sum();
    let kept = limits.room.min(ROOM_OF_OTHERS).min(needed);
    limits.room -= kept;
    // Each section shows something before one shows more.
    let mut tables: Vec<_> = breaking
        .into_iter()
        .map(|(section, groups)| Unfolded::new(section.title(), CHANGES, groups, limits))
        .collect();
    let title = format!("Breaking in {}", language(report));
    let client = client_group(report, true);
    tables.push(Unfolded::new(&title, CLIENT, vec![client], limits));
    let tables = tables.into_iter().map(|table| table.finish(limits));
    let mut blocks: Vec<String> = tables.collect();
    limits.room = limits.room.saturating_add(kept);
    for (section, groups) in other {
        blocks.push(folded(section.title(), CHANGES, groups, limits));
    }
    let title = format!("Compatible in {}", language(report));
    blocks.push(folded(&title, CLIENT, vec![compatible], limits));
    blocks.push(entry);
    blocks
}

fn summary(report: &Report, tally: &Tally<'_>) -> String {
    let name = |revision: &Revision| code_in_comment(&shortened(&revision.name, NAME_LENGTH));
    let (base, head) = (name(&report.base), name(&report.head));
    let counts = text(&counts(report, tally));
    let why = match report.client.as_ref().map(|client| &client.outcome) {
        Some(ClientOutcome::NotCompared(why)) => format!(": {}", text(why)),
        _ => String::new(),
    };
    format!("From {base} to {head}, {counts}{why}.\n")
}

/// Returns the number of entries of each section.
fn sections(tally: &Tally<'_>) -> String {
    let lines = tally.sections.iter().map(|(section, number)| {
        let number = count(*number, "change");
        format!("- {}: {number}\n", section.title())
    });
    lines.collect()
}

/// Returns the number of entries of each type.
fn kinds(tally: &Tally<'_>, limits: &mut Limits) -> String {
    let rows = tally.kinds.iter().map(|(id, counts)| {
        let name = code_in_comment(id.as_str());
        of_numbers(&name, counts.numbers())
    });
    numbers("Type of change", rows.collect(), limits)
}

/// Returns the number of entries of each operation.
fn operations(tally: &Tally<'_>, limits: &mut Limits) -> String {
    let rows = tally.operations.iter().map(|(name, counts)| {
        let name = code_in_comment(&shortened(name, NAME_LENGTH));
        of_numbers(&name, counts.numbers())
    });
    numbers("Operation", rows.collect(), limits)
}

fn numbers(title: &str, rows: VecDeque<String>, limits: &mut Limits) -> String {
    let mut groups = [Group {
        id: None,
        number: rows.len(),
        rows,
    }];
    match groups[0].number {
        0 => String::new(),
        _ => {
            let header = format!("| {title} {NUMBERS}");
            table(&header, &mut groups, limits.numbers, &mut limits.room) + &left_out(&groups)
        }
    }
}

/// Returns the rows of a section by type of change.
fn groups(report: &Report, entries: &[Entry<'_>], section: Section, limits: &Limits) -> Vec<Group> {
    let entries = entries.iter().filter(|entry| entry.section == section);
    let entries: Vec<&Entry<'_>> = entries.collect();
    let groups = entries.chunk_by(|one, other| one.id == other.id);
    let groups = groups.map(|group| {
        let limit = limits.rows.saturating_add(UNFOLDED);
        let rows = group.iter().take(limit);
        Group {
            id: Some(group[0].id),
            number: group.len(),
            rows: rows
                .map(|entry| of_entry(report, entry, limits.named))
                .collect(),
        }
    });
    groups.collect()
}

fn client_group(report: &Report, breaking: bool) -> Group {
    let changes = report.client_changes(breaking);
    Group {
        id: None,
        number: changes.len(),
        rows: changes.into_iter().map(of_client_change).collect(),
    }
}

/// A section with a few rows of each group, and the others in a fold.
struct Unfolded {
    header: &'static str,
    /// The heading and the first rows.
    shown: String,
    groups: Vec<Group>,
}

impl Unfolded {
    /// Creates a section. It is empty without rows.
    fn new(title: &str, header: &'static str, mut groups: Vec<Group>, limits: &mut Limits) -> Self {
        let number = count(total(&groups), "change");
        let kinds = by_kind(&groups);
        let shown = match total(&groups) {
            0 => String::new(),
            _ => {
                let limit = UNFOLDED.max(groups.len());
                let table = table(header, &mut groups, limit, &mut limits.room);
                format!("**{title}: {number}**\n\n{kinds}{table}")
            }
        };
        Self {
            header,
            shown,
            groups,
        }
    }

    /// Returns the section with the other rows for which there is room.
    fn finish(mut self, limits: &mut Limits) -> String {
        match total(&self.groups) {
            0 => self.shown,
            rest => {
                let more = table(self.header, &mut self.groups, limits.rows, &mut limits.room);
                let more = more + &left_out(&self.groups);
                self.shown + "\n" + &fold(&count(rest, "more change"), &more)
            }
        }
    }
}

/// Returns a section in a fold.
fn folded(title: &str, header: &str, mut groups: Vec<Group>, limits: &mut Limits) -> String {
    let number = total(&groups);
    if number == 0 {
        return String::new();
    }
    let kinds = by_kind(&groups);
    let table = table(header, &mut groups, limits.rows, &mut limits.room);
    let title = format!("{title}: {}", count(number, "change"));
    fold(&title, &(kinds + &table + &left_out(&groups)))
}

fn total(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.number).sum()
}

/// Returns the number of rows of each type, if there is more than one type and a table cannot be
/// read at a glance.
fn by_kind(groups: &[Group]) -> String {
    if groups.len() < 2 || total(groups) <= UNFOLDED {
        return String::new();
    }
    let mut groups: Vec<&Group> = groups.iter().collect();
    groups.sort_by_key(|group| Reverse(group.number));
    let kinds = some_of(&groups, KINDS, |group| {
        let id = group.id.map_or("", ChangeId::as_str);
        format!("{} {}", group.number, code_in_comment(id))
    });
    kinds + "\n\n"
}

/// Moves rows from groups to a table, by turns, while there is room.
fn table(header: &str, groups: &mut [Group], limit: usize, room: &mut usize) -> String {
    let sizes: Vec<usize> = groups.iter().map(|group| group.rows.len()).collect();
    let shares = shares(&sizes, limit, |group, row| {
        let rest = room.checked_sub(groups[group].rows[row].len());
        *room = rest.unwrap_or(*room);
        rest.is_some()
    });
    if shares.iter().all(|share| *share == 0) {
        return String::new();
    }
    let mut table = header.to_owned();
    for (group, share) in groups.iter_mut().zip(shares) {
        group.number -= share;
        table.extend(group.rows.drain(..share));
    }
    table
}

/// Returns the number of rows that are not shown.
fn left_out(groups: &[Group]) -> String {
    match total(groups) {
        0 => String::new(),
        number => format!("\nAnd {number} more: see the whole report.\n"),
    }
}

fn fold(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{content}\n</details>\n")
}

/// Returns the changelog entry in a block that can be copied.
fn entry(report: &Report, room: &mut usize) -> String {
    let entry = report.changelog_entry();
    let summary = "Proposed entry for <code>CHANGELOG.md</code>";
    if entry.len() > ROOM_OF_ENTRY {
        let elsewhere = "It does not fit into a comment: see the whole report.\n";
        return fold(summary, elsewhere);
    }
    *room = room.saturating_sub(entry.len());
    // Every line starts with the mark of a heading or a list, so that none ends the block.
    fold(summary, &format!("```markdown\n{entry}```\n"))
}
