//! The report for a comment on GitHub.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::escape::{code_in_comment, comment};
use super::prose::{affected, count, counts, headline, one_line, outcome, shortened};
use super::value::{Report, Revision};
use crate::change::{Change, Level, Place};
use crate::client::{ClientChange, ClientOutcome};
use crate::semver::Verdict;

/// The limit for all rows of tables and the changelog entry, in bytes. The rest of the comment has
/// a few thousand at most, and a comment holds 65,536 characters.
const ROOM: usize = 54_000;
/// The limit for the changelog entry, in bytes.
const ROOM_OF_ENTRY: usize = 12_000;
/// The limit for breaking changes that are not folded.
const UNFOLDED: usize = 20;
/// The limit for rows of a table.
const ROWS: usize = 100;
/// The limit for a message or name, in characters.
const LENGTH: usize = 300;
/// The limit for the name of a revision, in characters.
const REVISION_LENGTH: usize = 100;

/// The characters to escape in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');
/// The characters to escape in the rest of an address, in a Markdown table.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'`')
    .add(b'|');

const CHANGES: &str = "| Change | Affects | Place |\n|---|---|---|\n";
const CLIENT: &str = "| Item | Change |\n|---|---|\n";

impl Report {
    /// Returns the report for a comment on GitHub: the verdict, a table of the breaking changes,
    /// and the other changes in folded sections. It has less than 65,536 bytes, the limit of a
    /// comment, and counts the changes that it leaves out.
    pub fn to_markdown(&self) -> String {
        let headline = text(&headline(self));
        let headline = format!("**{headline}**\n");
        if self.verdict == Verdict::Unchanged {
            return headline;
        }
        let mut room = ROOM;
        let entry = entry(self, &mut room);
        let breaking = breaking_rows(self);
        let (unfolded, folded) = breaking.split_at(breaking.len().min(UNFOLDED));
        let mut blocks = vec![headline, summary(self)];
        if !unfolded.is_empty() {
            blocks.push(table(CHANGES, unfolded, &mut room));
        }
        let additive = rows(self, Level::Additive);
        let client = client_rows(self);
        let texts = rows(self, Level::Documentation);
        let of_client = format!(" in {}", language(self));
        for (rows, header, noun, behind) in [
            (folded, CHANGES, "more breaking change", String::new()),
            (&additive, CHANGES, "additive change", String::new()),
            (&client, CLIENT, "compatible change", of_client),
            (&texts, CHANGES, "documentation change", String::new()),
        ] {
            if !rows.is_empty() {
                let summary = count(rows.len(), noun) + &behind;
                blocks.push(fold(&summary, &table(header, rows, &mut room)));
            }
        }
        blocks.push(entry);
        blocks.join("\n")
    }
}

fn summary(report: &Report) -> String {
    let name = |revision: &Revision| code_in_comment(&shortened(&revision.name, REVISION_LENGTH));
    let (base, head) = (name(&report.base), name(&report.head));
    let counts = text(&counts(report));
    let why = match report.client.as_ref().map(|client| &client.outcome) {
        Some(ClientOutcome::NotCompared(why)) => format!(": {}", text(why)),
        _ => String::new(),
    };
    format!("From {base} to {head}, {counts}{why}.\n")
}

fn breaking_rows(report: &Report) -> Vec<String> {
    let language = language(report);
    let row = |change: &ClientChange| {
        let (item, outcome) = (code(&change.item), text(&outcome(change)));
        format!("| {item} {outcome} | {language} | |\n")
    };
    let mut rows = rows(report, Level::Breaking);
    rows.extend(report.client_changes(true).into_iter().map(row));
    rows
}

fn rows(report: &Report, level: Level) -> Vec<String> {
    let changes = report.changes_of(level).into_iter();
    changes.map(|change| row(report, change)).collect()
}

fn row(report: &Report, change: &Change) -> String {
    let message = text(&change.message());
    let affected = affected(change, code);
    let (base, head) = (&change.base, &change.head);
    let was = match base.path == head.path {
        true => format!("was {}", base.line),
        false => format!("was {}", name(base)),
    };
    let head = format!("[{}]({})", name(head), address(&report.head, head));
    let base = format!("[{was}]({})", address(&report.base, base));
    format!("| {message} | {affected} | {head}, {base} |\n")
}

fn client_rows(report: &Report) -> Vec<String> {
    let row = |change: &ClientChange| {
        let (item, outcome) = (code(&change.item), text(&outcome(change)));
        format!("| {item} | {outcome} |\n")
    };
    report.client_changes(false).into_iter().map(row).collect()
}

fn language(report: &Report) -> String {
    let language = report.client.as_ref().map(|client| &client.language);
    comment(&one_line(language.map_or("", String::as_str)))
}

fn name(place: &Place) -> String {
    let path = text(&place.path);
    format!("{path}:{}", place.line)
}

fn text(text: &str) -> String {
    comment(&shortened(text, LENGTH))
}

fn code(code: &str) -> String {
    code_in_comment(&shortened(code, LENGTH))
}

/// Returns the address of a line.
fn address(revision: &Revision, place: &Place) -> String {
    let path = utf8_percent_encode(&place.path, PATH);
    let line = place.line;
    match &revision.link {
        Some(link) => format!("{}/{path}#L{line}", utf8_percent_encode(link, ADDRESS)),
        None => format!("{path}#L{line}"),
    }
}

fn fold(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{content}\n</details>\n")
}

/// Returns a table of as many rows as there is room for, and the number of the others.
fn table(header: &str, rows: &[String], room: &mut usize) -> String {
    let mut table = header.to_owned();
    let mut shown = 0;
    for row in rows.iter().take(ROWS) {
        if let Some(rest) = room.checked_sub(row.len()) {
            *room = rest;
            table.push_str(row);
            shown += 1;
        }
    }
    let left_out = rows.len() - shown;
    if left_out > 0 {
        table.push_str(&format!("\nAnd {left_out} more: see the whole report.\n"));
    }
    table
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
