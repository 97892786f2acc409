//! Results on stdout, notes on stderr.

use std::io::{ErrorKind, IsTerminal as _, Write as _};

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

use crate::arguments::{Arguments, Format};
use crate::failure::Failure;

/// How results are written.
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) quiet: bool,
    pub(crate) show_secrets: bool,
    verbose: bool,
}

impl Output {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        Self {
            format: arguments.output,
            quiet: arguments.quiet,
            show_secrets: arguments.show_secrets,
            verbose: arguments.verbose,
        }
    }

    /// Writes a result: as JSON, as UUIDs where it is to be quiet, or as text.
    pub(crate) fn result(
        &self,
        mut json: Value,
        uuids: impl IntoIterator<Item = uuid::Uuid>,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        let written = match self.format {
            Format::Json => {
                if !self.show_secrets {
                    mask(&mut json);
                }
                format!("{json:#}\n")
            }
            Format::Table if self.quiet => {
                uuids.into_iter().map(|uuid| format!("{uuid}\n")).collect()
            }
            Format::Table => text(),
        };
        self.write(written.as_bytes())
    }

    /// Writes to stdout. Whoever reads it may have read enough.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = anstream::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::refused(format!(
                "cannot write the result: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Says something to the person at the terminal.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet && self.format == Format::Table {
            note(&printable(text));
        }
    }

    /// Whether somebody sees a progress bar.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && !self.verbose && std::io::stderr().is_terminal()
    }
}

/// Writes a line to stderr, with colours where they are shown. Nothing can be done where even
/// that fails.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Lines under headings, aligned.
pub(crate) fn table(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(headings);
    for row in rows {
        table.add_row(row.iter().map(|cell| printable(cell)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut lines = table.lines();
    let heading = lines.next().unwrap_or_default();
    let mut text = format!("\u{1b}[1m{}\u{1b}[0m\n", heading.trim_end());
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Text without what would move a terminal's cursor, change its colours, or worse.
pub(crate) fn printable(text: &str) -> String {
    let shown = |char: char| if char.is_control() { '\u{fffd}' } else { char };
    text.chars().map(shown).collect()
}

/// Hides the digests, wherever they are.
fn mask(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match name.as_str() {
                    "ha1" | "ha1b" if !value.is_null() => *value = "********".into(),
                    _ => mask(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}
