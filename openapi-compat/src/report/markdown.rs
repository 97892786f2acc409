//! The report for a comment on GitHub.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::escape::{code_in_comment, comment};
use super::prose::{count, fate, reach, shortened};
use super::{Report, ClientChanges, Side};
use crate::change::{Level, Place, ClientChange, WireChange};
use crate::semver::Verdict;

/// How many bytes all rows of tables and the changelog entry have. The rest of the comment has a
/// few thousand at most, and a comment holds 65,536 characters.
const ROOM: usize = 54_000;
/// How many bytes of them the changelog entry has.
const ROOM_OF_ENTRY: usize = 12_000;
/// How many breaking changes are not folded away.
const UNFOLDED: usize = 20;
/// How many rows a table has.
const ROWS: usize = 100;
/// How long a message or name may be, in characters.
const LENGTH: usize = 300;
/// How long the name of a side may be, in characters.
const LENGTH_OF_SIDE: usize = 100;

/// What the path of an address may hold as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');
/// What the rest of an address may not hold in a Markdown table.
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

const WIRE: &str = "| Change | Reaches | Place |\n|---|---|---|\n";
const RUST: &str = "| Item | Change |\n|---|---|\n";

pub(super) fn render(report: &Report) -> String {
    let headline = format!("**{}**\n", comment(&shortened(&report.headline(), LENGTH)));
    if report.verdict == Verdict::Unchanged {
        return headline;
    }
    let mut room = ROOM;
    let entry = entry(report, &mut room);
    let breaking = breaking_rows(report);
    let (unfolded, folded) = breaking.split_at(breaking.len().min(UNFOLDED));
    let additive = wire_rows(report, Level::Additive);
    let rust = rust_rows(report);
    let texts = wire_rows(report, Level::Documentation);
    let blocks = [
        Some(headline),
        Some(summary(report)),
        (!unfolded.is_empty()).then(|| table(WIRE, unfolded, &mut room)),
        fold(
            &count(folded.len(), "more breaking change"),
            WIRE,
            folded,
            &mut room,
        ),
        fold(
            &count(additive.len(), "additive change"),
            WIRE,
            &additive,
            &mut room,
        ),
        fold(
            &(count(rust.len(), "compatible change") + " in Rust"),
            RUST,
            &rust,
            &mut room,
        ),
        fold(
            &count(texts.len(), "documentation change"),
            WIRE,
            &texts,
            &mut room,
        ),
        Some(entry),
    ];
    let blocks: Vec<String> = blocks.into_iter().flatten().collect();
    blocks.join("\n")
}

fn summary(report: &Report) -> String {
    let name = |side: &Side| code_in_comment(&shortened(&side.name, LENGTH_OF_SIDE));
    let (base, head) = (name(&report.base), name(&report.head));
    let counts = report.counts();
    let why = match &report.rust {
        ClientChanges::Compared(_) => String::new(),
        ClientChanges::NotCompared(why) => format!(": {}", comment(&shortened(why, LENGTH))),
    };
    format!("From {base} to {head}, {counts}{why}.\n")
}

fn breaking_rows(report: &Report) -> Vec<String> {
    let rust = report.rust_where(true).into_iter().map(|change| {
        let item = code_in_comment(&shortened(&change.item, LENGTH));
        let fate = comment(&shortened(&fate(change), LENGTH));
        format!("| {item} {fate} | Rust | |\n")
    });
    let mut rows = wire_rows(report, Level::Breaking);
    rows.extend(rust);
    rows
}

fn wire_rows(report: &Report, level: Level) -> Vec<String> {
    let changes = report.wire_of(level).into_iter();
    changes.map(|change| wire_row(report, change)).collect()
}

fn wire_row(report: &Report, change: &WireChange) -> String {
    let message = comment(&shortened(&change.message, LENGTH));
    let reach = reach(change, |operation| {
        code_in_comment(&shortened(operation, LENGTH))
    });
    let (base, head) = (&change.base, &change.head);
    let was = match base.path == head.path {
        true => format!("was {}", base.line),
        false => format!("was {}", name(base)),
    };
    let head = format!("[{}]({})", name(head), address(&report.head, head));
    let base = format!("[{was}]({})", address(&report.base, base));
    format!("| {message} | {reach} | {head}, {base} |\n")
}

fn rust_rows(report: &Report) -> Vec<String> {
    let row = |change: &ClientChange| {
        let item = code_in_comment(&shortened(&change.item, LENGTH));
        format!(
            "| {item} | {} |\n",
            comment(&shortened(&fate(change), LENGTH))
        )
    };
    report.rust_where(false).into_iter().map(row).collect()
}

fn name(place: &Place) -> String {
    let path = comment(&shortened(&place.path, LENGTH));
    format!("{path}:{}", place.line)
}

/// Where a line can be read.
fn address(side: &Side, place: &Place) -> String {
    let path = utf8_percent_encode(&place.path, PATH);
    match &side.link {
        Some(link) => format!(
            "{}/{path}#L{}",
            utf8_percent_encode(link, ADDRESS),
            place.line
        ),
        None => format!("{path}#L{}", place.line),
    }
}

/// Rows that are folded away, where there are any.
fn fold(summary: &str, header: &str, rows: &[String], room: &mut usize) -> Option<String> {
    (!rows.is_empty()).then(|| folded(summary, &table(header, rows, room)))
}

fn folded(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{content}\n</details>\n")
}

/// As many rows as there is room for and anyone reads, and how many are left out.
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
        table.push_str(&format!(
            "\nAnd {left_out} more: `cargo xtask diff` shows all.\n"
        ));
    }
    table
}

/// The changelog entry as it is to be copied.
fn entry(report: &Report, room: &mut usize) -> String {
    let entry = report.changelog_entry();
    let summary = "Proposed entry for <code>CHANGELOG.md</code>";
    if entry.len() > ROOM_OF_ENTRY {
        return folded(
            summary,
            "It does not fit into a comment: `cargo xtask diff` shows it.\n",
        );
    }
    *room = room.saturating_sub(entry.len());
    // Each of its lines begins with a mark of a heading or list, so that none of them ends the block.
    folded(summary, &format!("```markdown\n{entry}```\n"))
}
