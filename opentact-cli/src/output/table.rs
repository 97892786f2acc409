//! Tables that fit the terminal.

use std::collections::HashSet;
use std::io::IsTerminal as _;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::output::cell::cell;
use crate::output::view::{Column, Kind};

/// The spaces between columns.
const GAP: usize = 2;
/// The lengths to which a UUID can be cut: after each of its parts.
const UUID_LENGTHS: [usize; 5] = [8, 13, 18, 23, 36];

/// The layout of tables.
pub(super) struct Table {
    /// The columns of the terminal, or `None` if tables do not fit to one.
    width: Option<usize>,
    /// The time to which others are relative.
    now: Option<DateTime<Utc>>,
}

impl Table {
    /// Creates the layout for stdout. If that is no terminal, or if the table is `wide`, it shows
    /// everything.
    pub(super) fn new(wide: bool) -> Self {
        let is_fitted = !wide && std::io::stdout().is_terminal();
        Self {
            width: is_fitted.then(width).flatten(),
            now: is_fitted.then(|| SystemTime::now().into()),
        }
    }

    /// Returns rows under headings. `may_omit` allows to leave columns out.
    pub(super) fn table(&self, columns: &[&Column], items: &[Value], may_omit: bool) -> String {
        let mut columns: Vec<_> = columns
            .iter()
            .map(|column| Cells::new(column, items, self.now))
            .collect();
        if let Some(width) = self.width {
            fit(&mut columns, width, may_omit);
        }
        let mut text = String::new();
        let headings = columns.iter().map(|column| vec![column.heading.to_owned()]);
        let heading = lines(&columns, &headings.collect::<Vec<_>>());
        text.push_str(&format!("\u{1b}[1m{}\u{1b}[0m\n", heading.trim_end()));
        for row in 0..items.len() {
            let cells = columns.iter().map(|column| column.wrapped(row));
            text.push_str(&lines(&columns, &cells.collect::<Vec<_>>()));
        }
        text
    }

    /// Returns the columns of an item that have a value, in a line each or, if they are long, in several.
    pub(super) fn details(&self, columns: &[&Column], item: &Value) -> String {
        let headings = columns.iter().map(|column| column.heading.width()).max();
        let left = |width: usize| width.saturating_sub(headings.unwrap_or(0) + GAP).max(8);
        let mut text = String::new();
        for column in columns {
            let value = cell(column, item, self.now);
            let values = match self.width.map(left) {
                _ if value.is_empty() => continue,
                Some(width) if column.kind == Kind::Uuid => vec![start(&value, width).to_owned()],
                Some(width) => wrapped(&value, width),
                None => vec![value],
            };
            for (position, value) in values.iter().enumerate() {
                let title = if position == 0 { column.heading } else { "" };
                text.push_str(&line(columns, title, value));
            }
        }
        text
    }
}

/// Returns a UUID, or its first part if it does not fit.
fn start(uuid: &str, width: usize) -> &str {
    match uuid.width() <= width {
        true => uuid,
        false => uuid.get(..UUID_LENGTHS[0]).unwrap_or(uuid),
    }
}

/// Returns a line of details: a title as wide as the widest heading, and a value.
pub(super) fn line(columns: &[&Column], title: &str, value: &str) -> String {
    let widths = columns.iter().map(|column| column.heading.width());
    let width = widths.max().unwrap_or(0).max(title.width()) + GAP;
    format!("{}{value}", pad(title, width))
        .trim_end()
        .to_owned()
        + "\n"
}

/// Returns the columns of the terminal, or those that the environment names if it does not tell.
fn width() -> Option<usize> {
    let size = console::Term::stdout().size_checked();
    let width = size.map(|(_, columns)| usize::from(columns));
    let named = || std::env::var("COLUMNS").ok()?.parse().ok();
    width.or_else(named).filter(|width| *width > 0)
}

/// A column with its cells.
struct Cells {
    heading: &'static str,
    is_uuid: bool,
    rank: u8,
    texts: Vec<String>,
    width: usize,
}

impl Cells {
    fn new(column: &Column, items: &[Value], now: Option<DateTime<Utc>>) -> Self {
        let texts = items.iter().map(|item| cell(column, item, now)).collect();
        let mut cells = Self {
            heading: column.heading,
            is_uuid: column.kind == Kind::Uuid,
            rank: column.rank,
            texts,
            width: 0,
        };
        cells.measure();
        cells
    }

    fn measure(&mut self) {
        let widths = self.texts.iter().map(|text| text.width());
        self.width = widths.max().unwrap_or(0).max(self.heading.width());
    }

    /// Cuts UUIDs to the first length at which they differ.
    fn shorten(&mut self) {
        let distinct = self.texts.iter().collect::<HashSet<_>>().len();
        for length in UUID_LENGTHS {
            let short: Vec<_> = self
                .texts
                .iter()
                .map(|text| text.get(..length).unwrap_or(text))
                .collect();
            if short.iter().collect::<HashSet<_>>().len() == distinct {
                self.texts = short.into_iter().map(str::to_owned).collect();
                break;
            }
        }
        self.measure();
    }

    /// Returns a cell in lines that fit the column. Only spaces break a line; a longer word is cut.
    fn wrapped(&self, row: usize) -> Vec<String> {
        wrapped(self.texts.get(row).map_or("", String::as_str), self.width)
    }
}

/// Returns a text in lines that fit. Only spaces break a line; a longer word is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let word = cut(word, width);
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Makes columns fit: cuts UUIDs, then leaves columns out, then narrows the widest.
fn fit(columns: &mut Vec<Cells>, width: usize, may_omit: bool) {
    let total = |columns: &[Cells]| {
        let widths: usize = columns.iter().map(|column| column.width).sum();
        widths + GAP * columns.len().saturating_sub(1)
    };
    if total(columns) > width {
        let uuids = columns.iter_mut().filter(|column| column.is_uuid);
        uuids.for_each(Cells::shorten);
    }
    while may_omit && total(columns) > width && columns.len() > 1 {
        let ranks = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.rank > 0);
        match ranks.max_by_key(|(_, column)| column.rank) {
            Some((position, _)) => drop(columns.remove(position)),
            None => break,
        }
    }
    while total(columns) > width {
        let excess = total(columns) - width;
        let Some(widest) = columns.iter_mut().max_by_key(|column| column.width) else {
            return;
        };
        let least = widest.heading.width().max(8);
        if widest.width <= least {
            return;
        }
        widest.width = widest.width.saturating_sub(excess).max(least);
    }
}

/// Returns the cells of a row side by side, in as many lines as the longest needs.
fn lines(columns: &[Cells], cells: &[Vec<String>]) -> String {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for line in 0..height {
        let mut written = String::new();
        for (column, cell) in columns.iter().zip(cells) {
            let part = cell.get(line).map_or("", String::as_str);
            written.push_str(&pad(part, column.width + GAP));
        }
        text.push_str(written.trim_end());
        text.push('\n');
    }
    text
}

fn pad(text: &str, width: usize) -> String {
    let spaces = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(spaces))
}

/// Cuts a word that is wider than its column, and marks it.
fn cut(word: &str, width: usize) -> String {
    if word.width() <= width {
        return word.to_owned();
    }
    let mut shown = String::new();
    for c in word.chars() {
        let mut longer = shown.clone();
        longer.push(c);
        if longer.width() + 1 > width {
            break;
        }
        shown = longer;
    }
    shown + "…"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COLUMNS: [Column; 3] = [
        Column::new("UUID", "/uuid", Kind::Uuid, 0),
        Column::new("NAME", "/name", Kind::Text, 0),
        Column::new("NOTE", "/note", Kind::Text, 1),
    ];

    /// Returns a table without the escapes of its heading.
    fn table(width: usize, items: &[Value], may_omit: bool) -> String {
        let table = Table {
            width: Some(width),
            now: None,
        };
        let columns: Vec<_> = COLUMNS.iter().collect();
        let text = table.table(&columns, items, may_omit);
        text.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "")
    }

    #[test]
    fn narrow_table_breaks_lines_at_spaces_and_marks_words_that_are_cut() {
        let uuid = "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41";
        let items = [
            json!({ "uuid": uuid, "name": "eins zwei drei vier fünf sechs sieben", "note": "x" }),
            json!({ "uuid": uuid, "name": "a-name-without-any-space-that-is-long" }),
            json!({ "uuid": uuid, "name": "日本語の長い名前日本語の長い名前" }),
        ];
        let expected = "\
UUID      NAME
0b6c3f5e  eins zwei drei vier
          fünf sechs sieben
0b6c3f5e  a-name-without-any-…
0b6c3f5e  日本語の長い名前日…
";
        assert_eq!(table(30, &items, true), expected);
    }

    #[test]
    fn narrow_details_continue_in_further_lines() {
        let uuid = "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41";
        let item = json!({ "uuid": uuid, "name": "eins zwei drei vier fünf", "note": null });
        let columns: Vec<_> = COLUMNS.iter().collect();
        let details = |width| Table { width, now: None }.details(&columns, &item);
        let expected = "UUID  0b6c3f5e\nNAME  eins zwei\n      drei vier\n      fünf\n";
        assert_eq!(details(Some(16)), expected);
        let expected = format!("UUID  {uuid}\nNAME  eins zwei drei vier fünf\n");
        assert_eq!(
            (details(Some(42)), details(None)),
            (expected.clone(), expected)
        );
    }

    #[test]
    fn columns_that_the_user_chose_stay() {
        let items = [json!({ "uuid": "u", "name": "one two three four", "note": "five six" })];
        let text = table(20, &items, false);
        assert!(text.starts_with("UUID  NAME      NOTE"), "{text}");
    }
}
