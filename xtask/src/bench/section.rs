//! The tables in Markdown, and the document that they form.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::Error;

/// A table with its heading, its method and its goals.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// The method of the measurement.
    pub(super) method: String,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
    pub(super) goals: Vec<Goal>,
}

/// A goal that the figures of a table must meet.
pub(super) struct Goal {
    pub(super) text: String,
    pub(super) met: bool,
}

impl Section {
    /// Returns a table that contains the reason why it cannot be measured.
    pub(super) fn unmeasured(title: &'static str, error: &Error) -> Self {
        let mut section = Self {
            title,
            method: "This table could not be measured.".to_owned(),
            columns: &["", "reason"],
            rows: Vec::new(),
            goals: Vec::new(),
        };
        section.skip("all rows", error);
        section
    }

    /// Returns `true` if a goal is missed.
    pub(super) fn misses_a_goal(&self) -> bool {
        self.goals.iter().any(|goal| !goal.met)
    }

    /// Adds a row with the reason why its figures cannot be measured.
    pub(super) fn skip(&mut self, name: &str, error: &Error) {
        let reason = cell(&reason(error));
        let mut row = vec![name.to_owned(), format!("skipped: {reason}")];
        row.resize(self.columns.len(), String::new());
        self.rows.push(row);
    }

    /// Returns the heading, and the whole section with its heading.
    pub(super) fn markdown(&self) -> (String, String) {
        let heading = format!("## {}", self.title);
        let mut text = format!("{heading}\n\n{}\n\n", self.method);
        let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
        text += &line(self.columns.to_vec());
        text += &format!("|---{}|\n", "|---:".repeat(self.columns.len() - 1));
        for row in &self.rows {
            text += &line(row.iter().map(String::as_str).collect());
        }
        for (position, Goal { text: goal, met }) in self.goals.iter().enumerate() {
            let outcome = if *met { "met" } else { "**missed**" };
            let before = if position == 0 { "\n" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{before}- Goal, {outcome}: {goal}.");
        }
        (heading, text)
    }
}

/// Returns the whole document.
pub(super) fn document(machine: &str, sections: &[(String, String)]) -> String {
    let mut text = introduction(machine);
    for (_, section) in sections {
        text += "\n";
        text += section;
    }
    text
}

/// Returns the sections of a document with new sections in place of those with the same heading.
/// The sections follow the `order` of their titles.
pub(super) fn merge(
    former: &str,
    sections: Vec<(String, String)>,
    order: &[&str],
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = former
        .split("\n## ")
        .skip(1)
        .map(|section| {
            let heading = section.lines().next().unwrap_or_default();
            let text = format!("## {}\n", section.trim_end());
            (format!("## {heading}"), text)
        })
        .collect();
    for section in sections {
        match all.iter_mut().find(|(heading, _)| *heading == section.0) {
            Some(known) => *known = section,
            None => all.push(section),
        }
    }
    all.sort_by_key(|(heading, _)| {
        let title = heading.trim_start_matches("## ");
        order.iter().position(|known| *known == title)
    });
    all
}

fn introduction(machine: &str) -> String {
    format!(
        "# Benchmarks\n\n\
         `cargo xtask bench` measures everything again and prints this document;\n\
         `cargo xtask bench --write` writes it to this file. `--only call` measures one table, and\n\
         `--help` names the others. The competitors are installed from crates.io, PyPI and npm into the target\n\
         folder. If that fails, or if Valgrind is missing, a row contains the reason instead of figures.\n\
         All tables take about half an hour on two idle cores.\n\n\
         Valgrind counts instructions and allocations, which are nearly the same on every machine. Times\n\
         are CPU times, user and system, of all processes of a measurement, because other programs have\n\
         little influence on them. The programs of a ratio run in turn.\n\n\
         Measured on: {machine}.\n\n\
         The programs are in `benches/`. `benches/by-hand/src/lib.rs` is the hand-written client, and\n\
         names the features that it lacks.\n",
    )
}

/// Returns the most specific line of an error: the first that starts with `error`, or else the
/// first.
fn reason(error: &Error) -> String {
    let text = format!("{error:#}");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines
        .clone()
        .find(|line| line.to_lowercase().starts_with("error"));
    error
        .or_else(|| lines.next())
        .unwrap_or_default()
        .to_owned()
}

/// Escapes a text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Returns a rounded time with its unit.
pub(super) fn time(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    match milliseconds {
        ..1.0 => format!("{:.1} µs", milliseconds * 1000.0),
        ..10.0 => format!("{milliseconds:.2} ms"),
        ..100.0 => format!("{milliseconds:.1} ms"),
        ..1000.0 => format!("{milliseconds:.0} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// Returns a ratio, such as `1.04`.
pub(super) fn ratio(value: f64, base: f64) -> String {
    match value / base {
        ratio @ ..100.0 => format!("{ratio:.2}"),
        ratio => format!("{ratio:.0}"),
    }
}

/// Returns a count with thousands separators.
pub(super) fn count(value: f64) -> String {
    let digits = format!("{value:.0}");
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for (position, digit) in digits[first..].chars().enumerate() {
        if position % 3 == 0 && !text.is_empty() {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_each_size_have_separators_and_units() {
        assert_eq!(count(98_833.4), "98,833");
        assert_eq!(count(7.0), "7");
        assert_eq!(count(1_000_000.0), "1,000,000");
        assert_eq!(time(Duration::from_micros(8250)), "8.25 ms");
        assert_eq!(time(Duration::from_nanos(51_230)), "51.2 µs");
        assert_eq!(time(Duration::from_millis(2500)), "2.5 s");
        assert_eq!(ratio(104.0, 100.0), "1.04");
    }

    #[test]
    fn merge_replaces_known_sections_and_inserts_new_ones_in_order() {
        let section = |title: &str, text: &str| {
            let heading = format!("## {title}");
            (heading.clone(), format!("{heading}\n\n{text}\n"))
        };
        let former = document("a machine", &[section("One", "1"), section("Three", "3")]);
        let new = vec![section("Three", "third"), section("Two", "2")];
        assert_eq!(
            merge(&former, new, &["One", "Two", "Three"]),
            [
                section("One", "1"),
                section("Two", "2"),
                section("Three", "third")
            ]
        );
    }
}
