//! The output of a command: results on stdout, notes on stderr.

mod cell;
mod machine;
mod selection;
mod table;
mod time;
mod view;

use std::io::{ErrorKind, IsTerminal as _, Write};

use serde_json::Value;

pub(crate) use machine::yaml;
pub(crate) use view::{Column, Kind, Section, View};

use crate::escape::json_line;
use crate::failure::Failure;
use crate::options::{Format, GlobalOptions};
use crate::terminal::{print_line, print_warning};
use crate::text::printable;
use selection::Selection;
use table::Table;

/// The output, in the format that the user chose.
pub(crate) struct Output {
    format: Format,
    quiet: bool,
    verbose: bool,
    wide: bool,
    pub(crate) show_secrets: bool,
    columns: Option<Vec<String>>,
    sort: Option<String>,
}

impl Output {
    pub(crate) fn new(options: &GlobalOptions) -> Self {
        Self {
            format: options.format(),
            quiet: options.quiet,
            verbose: options.verbose,
            wide: options.wide,
            show_secrets: options.show_secrets,
            columns: options.columns.clone(),
            sort: options.sort.clone(),
        }
    }

    /// Fails if `--columns` or `--sort` names no column of the view. A command with a costly request
    /// calls this before it.
    pub(crate) fn check(&self, view: &View) -> Result<(), Failure> {
        self.selection(view).map(|_| ())
    }

    /// Writes a list of items. `--quiet` prints the first column only, which should be the UUID.
    pub(crate) fn list(&self, view: &View, mut items: Vec<Value>) -> Result<(), Failure> {
        let selection = self.selection(view)?;
        selection.sort(&mut items);
        if items.is_empty() && !view.empty.is_empty() {
            self.note(view.empty);
        }
        self.mask(&mut items);
        let written = match self.format {
            Format::Table if self.quiet => first_column(view, &items),
            Format::Table => self.table(&selection, &items),
            Format::Json => machine::json(&selection.picked_list(items)),
            Format::Jsonl => {
                let lines = items.into_iter().map(|item| selection.picked(item));
                lines.map(|item| json_line(&item) + "\n").collect()
            }
            Format::Csv => machine::csv(&selection, &items, is_shown()),
            Format::Yaml => yaml(&selection.picked_list(items)),
        };
        self.raw(written.as_bytes())
    }

    /// Writes one item: a document, or a table with one row.
    pub(crate) fn item(&self, view: &View, item: Value) -> Result<(), Failure> {
        let selection = self.selection(view)?;
        let mut items = vec![item];
        self.mask(&mut items);
        match self.format {
            Format::Table if self.quiet => self.raw(first_column(view, &items).as_bytes()),
            Format::Table => self.raw(self.table(&selection, &items).as_bytes()),
            _ => self.document(&selection, items.swap_remove(0)),
        }
    }

    /// Writes the columns of one item in a line each, and lists in it as tables below.
    pub(crate) fn details(
        &self,
        view: &View,
        item: Value,
        sections: &[Section<'_>],
    ) -> Result<(), Failure> {
        let selection = self.selection(view)?;
        let mut items = vec![item];
        self.mask(&mut items);
        let item = items.swap_remove(0);
        if self.format != Format::Table {
            return self.document(&selection, item);
        }
        if self.quiet {
            return self.raw(first_column(view, &[item]).as_bytes());
        }
        let mut text = self.layout().details(&selection.columns, &item);
        for section in sections {
            let rows = item.pointer(section.pointer).and_then(Value::as_array);
            match rows.filter(|rows| !rows.is_empty()) {
                Some(rows) => {
                    let selection = Selection::all(section.view, self.show_secrets);
                    text.push('\n');
                    text.push_str(&self.table(&selection, rows));
                }
                None => text.push_str(&table::line(&selection.columns, section.title, "none")),
            }
        }
        self.raw(text.as_bytes())
    }

    /// Writes bytes to stdout. A reader that closes the pipe early causes no error.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Failure> {
        // Only tables have colours. In other formats, an escape sequence is a part of a value, and must stay.
        let written = match self.format {
            Format::Table => write_to(anstream::stdout().lock(), bytes),
            _ => write_to(std::io::stdout().lock(), bytes),
        };
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::general(format!(
                "cannot write the result: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Writes a note for the user, unless the output is for programs.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet && self.is_for_people() {
            print_line(&printable(text));
        }
    }

    /// Writes a warning, in every format.
    pub(crate) fn warn(&self, text: &str) {
        print_warning(text);
    }

    /// Returns `true` if the format is a table.
    pub(crate) fn is_for_people(&self) -> bool {
        self.format == Format::Table
    }

    /// Returns `true` if only UUIDs are printed.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Returns `true` if a progress bar is visible and disturbs no other output.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && !self.verbose && std::io::stderr().is_terminal()
    }

    fn document(&self, selection: &Selection<'_>, item: Value) -> Result<(), Failure> {
        let written = match self.format {
            Format::Csv => machine::csv(selection, &[item], is_shown()),
            Format::Yaml => yaml(&selection.picked(item)),
            Format::Jsonl => json_line(&selection.picked(item)) + "\n",
            Format::Json | Format::Table => machine::json(&selection.picked(item)),
        };
        self.raw(written.as_bytes())
    }

    fn selection<'v>(&'v self, view: &'v View) -> Result<Selection<'v>, Failure> {
        Selection::new(
            view,
            self.columns.as_deref(),
            self.sort.as_deref(),
            self.show_secrets,
        )
    }

    fn layout(&self) -> Table {
        Table::new(self.wide)
    }

    fn table(&self, selection: &Selection<'_>, items: &[Value]) -> String {
        if items.is_empty() {
            return String::new();
        }
        let may_omit = self.columns.is_none();
        self.layout().table(&selection.columns, items, may_omit)
    }

    fn mask(&self, items: &mut [Value]) {
        if !self.show_secrets {
            items.iter_mut().for_each(mask);
        }
    }
}

fn write_to(mut stdout: impl Write, bytes: &[u8]) -> std::io::Result<()> {
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Returns `true` if a terminal shows the result.
fn is_shown() -> bool {
    std::io::stdout().is_terminal()
}

/// Returns a value as JSON.
pub(crate) fn to_json(value: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value)
        .map_err(|error| Failure::general(format!("cannot write the result as JSON: {error}")))
}

/// Returns the whole values of the first column, one in each line.
fn first_column(view: &View, items: &[Value]) -> String {
    let Some(column) = view.columns.first() else {
        return String::new();
    };
    let values = items.iter().map(|item| column.text(item));
    values.map(|value| printable(&value) + "\n").collect()
}

/// The names of properties that are masked without `--show-secrets`.
const SECRETS: &[&str] = &["ha1", "ha1b", "password", "token", "bearer_token"];

/// Masks the secrets at any depth.
fn mask(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value.is_string() && SECRETS.contains(&name.as_str()) {
                    true => *value = "********".into(),
                    false => mask(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}
