//! The output of a command: results on stdout, notes on stderr.

use std::io::{ErrorKind, IsTerminal as _, Write as _};

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;
use uuid::Uuid;

use crate::arguments::{Arguments, Format};
use crate::failure::Failure;
use crate::terminal::{print_line, printable};

/// The output, in the format that the user chose.
pub(crate) struct Output {
    format: Format,
    quiet: bool,
    verbose: bool,
    pub(crate) show_secrets: bool,
}

impl Output {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        Self {
            format: arguments.output,
            quiet: arguments.quiet,
            verbose: arguments.verbose,
            show_secrets: arguments.show_secrets,
        }
    }

    /// Writes a result: as JSON, as UUIDs only (`--quiet`), or as text.
    pub(crate) fn result(
        &self,
        mut json: Value,
        uuids: impl IntoIterator<Item = Uuid>,
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

    /// Writes to stdout. A reader that closes the pipe early causes no error.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut stdout = anstream::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::general(format!(
                "cannot write the result: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Writes a note for the user, unless the output is for programs.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet && self.format == Format::Table {
            print_line(&printable(text));
        }
    }

    /// Returns `true` if a progress bar is visible and disturbs no other output.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && !self.verbose && std::io::stderr().is_terminal()
    }
}

/// Returns rows under headings, with aligned columns.
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

/// Masks the digests at any depth.
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
