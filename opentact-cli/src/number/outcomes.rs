//! The outcome of a change for each number.

use std::fmt::Display;

use opentact_api::Uuid;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};

const OUTCOMES: View = View {
    columns: &[
        Column::new("NUMBER", "/number", Kind::Text, 0),
        Column::new("OUTCOME", "/outcome", Kind::Text, 0),
        Column::new("LEASE", "/lease", Kind::Uuid, 2),
        Column::new("MESSAGE", "/message", Kind::Text, 1),
    ],
    empty: "",
};

/// The outcomes of a command.
#[derive(Default)]
pub(crate) struct Outcomes {
    rows: Vec<Value>,
    failures: Vec<Failure>,
}

impl Outcomes {
    /// Fails if the user chose a column that outcomes do not have. A command calls this before it changes
    /// anything.
    pub(crate) fn check(output: &Output) -> Result<(), Failure> {
        output.check(&OUTCOMES)
    }

    pub(crate) fn add(&mut self, number: &dyn Display, lease: Option<Uuid>, outcome: &str) {
        let number = number.to_string();
        let row = json!({ "number": number, "lease": lease, "outcome": outcome });
        self.rows.push(row);
    }

    /// Adds a number that could not be changed.
    pub(crate) fn fail(&mut self, number: &dyn Display, lease: Option<Uuid>, failure: Failure) {
        let number = number.to_string();
        let message = failure.reason();
        let row =
            json!({ "number": number, "lease": lease, "outcome": "failed", "message": message });
        self.rows.push(row);
        self.failures.push(failure);
    }

    /// Adds a number that needs no change, with the reason.
    pub(crate) fn skip(&mut self, number: &dyn Display, reason: &str) {
        let number = number.to_string();
        let row = json!({ "number": number, "outcome": "unchanged", "message": reason });
        self.rows.push(row);
    }

    pub(crate) fn print(self, output: &Output) -> Result<(), Failure> {
        output.list(&OUTCOMES, self.rows)
    }

    /// Prints the outcomes, and returns the failure of those that failed.
    pub(crate) fn finish(self, output: &Output, done: &str) -> Result<(), Failure> {
        let count = self.rows.len();
        let failures = self.failures.clone();
        self.print(output)?;
        match failures.as_slice() {
            [] => Ok(()),
            failures => {
                let message = format!(
                    "{} of {} could not be {done}",
                    failures.len(),
                    counted(count)
                );
                Err(Failure::combine(
                    &failures.iter().collect::<Vec<_>>(),
                    message,
                ))
            }
        }
    }
}

/// Returns `1 number` or `2 numbers`.
pub(crate) fn counted(count: usize) -> String {
    match count {
        1 => "1 number".to_owned(),
        count => format!("{count} numbers"),
    }
}
