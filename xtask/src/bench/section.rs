//! Tables in Markdown, and the document that they make up.

use std::fmt::Write as _;
use std::time::Duration;

use super::{BenchError, machine};

/// A table with its heading, its method and its goals.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// How it is measured, and what is compared with what.
    pub(super) method: String,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
    pub(super) goals: Vec<Goal>,
}

/// What a table is to show.
pub(super) struct Goal {
    pub(super) text: String,
    pub(super) met: bool,
}

impl Section {
    /// A table that could not be measured.
    pub(super) fn unmeasured(title: &'static str, error: &BenchError) -> Self {
        let mut section = Self {
            title,
            method: "Could not be measured.".to_owned(),
            columns: &["", "reason"],
            rows: Vec::new(),
            goals: Vec::new(),
        };
        section.skip("all rows", &error.reason());
        section
    }

    /// The goals that are missed.
    pub(super) fn missed(&self) -> impl Iterator<Item = &Goal> {
        self.goals.iter().filter(|goal| !goal.met)
    }

    /// A row for something that could not be measured.
    pub(super) fn skip(&mut self, what: &str, reason: &str) {
        let mut row = vec![what.to_owned(), format!("skipped: {}", cell(reason))];
        row.resize(self.columns.len(), String::new());
        self.rows.push(row);
    }

    /// The heading, and all of the section with it.
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

/// All of the document.
pub(super) fn document(sections: &[(String, String)]) -> String {
    let mut text = head();
    for (_, section) in sections {
        text += "\n";
        text += section;
    }
    text
}

/// A document with some of its sections replaced, and those added that it does not have; sections
/// stand in the order of their titles.
pub(super) fn replaced(former: &str, sections: &[(String, String)], order: &[&str]) -> String {
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
            Some(known) => *known = section.clone(),
            None => all.push(section.clone()),
        }
    }
    all.sort_by_key(|(heading, _)| {
        let title = heading.trim_start_matches("## ");
        order.iter().position(|known| *known == title)
    });
    document(&all)
}

fn head() -> String {
    format!(
        "# Benchmarks\n\n\
         Printed by `cargo xtask bench`, which measures everything again, and written to this file by\n\
         `cargo xtask bench --write`; `--only call` measures one table, and `--help` names the others.\n\
         What is compared with is installed from crates.io and PyPI into the target folder; a row for\n\
         which that fails, or for which Valgrind is missing, says so instead of figures. Everything\n\
         takes about half an hour on two cores that have nothing else to do.\n\n\
         Instructions and allocations are counted by Valgrind and are nearly the same on every machine.\n\
         Times are CPU times, user and system, of all processes that take part, since other programs\n\
         change them least; each ratio is of programs that ran in turn.\n\n\
         Measured on: {}.\n\n\
         What is measured lies in `benches/`; the hand-written call and what it does not do is\n\
         `benches/by-hand/src/lib.rs`.\n",
        machine::class(),
    )
}

/// A text as it can stand in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// A time with three figures.
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

/// How many times as much, such as `1.04`.
pub(super) fn ratio(value: f64, base: f64) -> String {
    match value / base {
        ratio @ ..100.0 => format!("{ratio:.2}"),
        ratio => format!("{ratio:.0}"),
    }
}

/// A count with its thousands set apart.
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
    fn figures_read_as_people_write_them() {
        assert_eq!(count(98_833.4), "98,833");
        assert_eq!(count(7.0), "7");
        assert_eq!(count(1_000_000.0), "1,000,000");
        assert_eq!(time(Duration::from_micros(8250)), "8.25 ms");
        assert_eq!(time(Duration::from_nanos(51_230)), "51.2 µs");
        assert_eq!(time(Duration::from_millis(2500)), "2.5 s");
        assert_eq!(ratio(104.0, 100.0), "1.04");
    }

    #[test]
    fn a_table_that_is_measured_again_takes_the_place_of_the_former() {
        let section = |title: &str, text: &str| {
            let heading = format!("## {title}");
            (heading.clone(), format!("{heading}\n\n{text}\n"))
        };
        let former = document(&[section("One", "1"), section("Three", "3")]);
        let again = [section("Three", "third"), section("Two", "2")];
        let text = replaced(&former, &again, &["One", "Two", "Three"]);
        assert_eq!(
            text,
            document(&[
                section("One", "1"),
                section("Two", "2"),
                section("Three", "third")
            ])
        );
    }
}
