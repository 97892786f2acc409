//! The report for programs.

use serde_json::{Value, json};

use super::entries::entries;
use super::entry::Entry;
use super::extent::Extent;
use super::tally::{Counts, Tally};
use super::value::Report;
use crate::change::Change;
use crate::client::{ClientChange, ClientOutcome};

impl Report {
    /// Returns the report for programs. [`report.schema.json`][schema] is its JSON Schema:
    ///
    /// | Key | Value |
    /// |---|---|
    /// | `verdict` | `unchanged`, `declared`, `undeclared`, or `unknown` if a version is |
    /// | `required_bump` | `none`, `patch`, `minor` or `major` |
    /// | `made_bump` | the actual bump, in the same way; `null` if a version is unknown |
    /// | `warnings` | the number of mistakes in the documents: `base` and `head` |
    /// | `left_out` | the number of references that lead nowhere, in the same way |
    /// | `summary` | the number of entries: `breaking`, `additive` and `documentation` |
    /// | `summary.ignored` | the number of entries that the caller accepts, which are not counted otherwise |
    /// | `summary.kinds` | the same for each `id` of a change |
    /// | `summary.operations` | the same for each `operation` |
    /// | `wire` | the changes, the most serious first, and then those that the caller accepts |
    /// | `wire[].id` | the stable name of the change, such as `property-became-required` |
    /// | `wire[].kind` | `added`, `removed` or `changed` |
    /// | `wire[].level` | `breaking`, `additive` or `documentation` |
    /// | `wire[].found_level` | the level that the comparison found, if the caller set another one; otherwise `null` |
    /// | `wire[].proven` | `false` if the change counts as breaking because there is no proof |
    /// | `wire[].direction` | `request`, `response`, `both` or `metadata` |
    /// | `wire[].operations` | such as `["GET /app/group"]`; empty for the API as a whole |
    /// | `wire[].pointer` | a JSON pointer into the head, or into the base if something was removed |
    /// | `wire[].base_path`, `wire[].head_path` | the file in each revision |
    /// | `wire[].base_line`, `wire[].head_line` | the line in each revision, from 1 |
    /// | `wire[].message` | a sentence |
    /// | `wire[].entry` | a number; changes with the same one are one entry of the other formats |
    /// | `wire[].example` | a value that shows the break; `null` if none is known |
    /// | `wire[].unproven_schema` | the schema at which a proof was given up; `null` if none was |
    /// | `wire[].ignored` | `null`, or an object with the `reason` for which the caller accepts the change |
    /// | `rust` | the changes of a client in Rust; `null` if the clients were not compared |
    /// | `rust[].kind` | `added`, `removed` or `changed` |
    /// | `rust[].item` | such as `types::SipUser::state` |
    /// | `rust[].breaking` | `true` or `false` |
    ///
    /// An entry has all changes with one cause or one sentence. The key `rust` is the language of
    /// [`Report::client`] in lower case. There is no such key if there is no client. A summary has
    /// neither `wire` nor `rust`. Keys may be added; no key is removed or changes its meaning.
    ///
    /// [schema]: https://json-schema.org/draft/2020-12
    pub fn to_json(&self) -> String {
        self.json(Extent::Everything)
    }

    pub(super) fn json(&self, extent: Extent) -> String {
        let shown = entries(&self.changes);
        let mut json = json!({
            "verdict": self.verdict.to_string(),
            "required_bump": self.required_bump.to_string(),
            "made_bump": self.actual_bump.map(|bump| bump.to_string()),
            "warnings": { "base": self.base.warnings, "head": self.head.warnings },
            "left_out": { "base": self.base.left_out, "head": self.head.left_out },
            "summary": summary(&shown),
        });
        json["summary"]["ignored"] = entries(&self.accepted()).len().into();
        if extent != Extent::Summary {
            json["wire"] = changes(self, &shown);
            if let Some(client) = &self.client {
                json[client.language.to_lowercase()] = match &client.outcome {
                    ClientOutcome::Compared(changes) => changes.iter().map(client_change).collect(),
                    ClientOutcome::NotCompared(_) => Value::Null,
                };
            }
        }
        format!("{json:#}\n")
    }
}

fn summary(entries: &[Entry<'_>]) -> Value {
    let tally = Tally::of(entries);
    let counts = |mut value: Value, counts: &Counts| {
        let [breaking, additive, documentation] = counts.numbers();
        value["breaking"] = breaking.into();
        value["additive"] = additive.into();
        value["documentation"] = documentation.into();
        value
    };
    let kinds = tally.kinds.iter();
    let kinds = kinds.map(|(id, number)| counts(json!({ "id": id.to_string() }), number));
    let operations = tally.operations.iter();
    let operations = operations.map(|(name, number)| counts(json!({ "operation": name }), number));
    let mut summary = counts(json!({}), &tally.all);
    summary["kinds"] = kinds.collect();
    summary["operations"] = operations.collect();
    summary
}

/// Returns the changes, each with the number of its entry. Those that the caller accepts come last.
fn changes(report: &Report, shown: &[Entry<'_>]) -> Value {
    let accepted = report.accepted();
    let entries_of_accepted = entries(&accepted);
    let numbers_of_others = numbers(report.changes.len(), 1, shown);
    let numbers_of_accepted = numbers(accepted.len(), shown.len() + 1, &entries_of_accepted);
    let others = report.changes.iter().zip(numbers_of_others);
    let others = others.map(|(known, entry)| change(known, entry, None));
    let accepted = report.ignored.iter().zip(numbers_of_accepted);
    let accepted = accepted.map(|(known, entry)| change(&known.change, entry, Some(&known.reason)));
    others.chain(accepted).collect()
}

/// Returns the number of the entry of each change, from `first` on.
fn numbers(changes: usize, first: usize, entries: &[Entry<'_>]) -> Vec<usize> {
    let mut numbers = vec![0; changes];
    for (number, entry) in entries.iter().enumerate() {
        for &change in &entry.changes {
            numbers[change] = first + number;
        }
    }
    numbers
}

fn change(change: &Change, entry: usize, ignored: Option<&String>) -> Value {
    json!({
        "id": change.id.to_string(),
        "kind": change.kind.to_string(),
        "level": change.level.to_string(),
        "found_level": change.found_level.map(|level| level.to_string()),
        "proven": change.proven,
        "direction": change.direction.to_string(),
        "operations": change.operations.iter().collect::<Vec<_>>(),
        "pointer": change.pointer().as_str(),
        "base_path": change.base.path,
        "base_line": change.base.line,
        "head_path": change.head.path,
        "head_line": change.head.line,
        "message": change.message(),
        "entry": entry,
        "example": change.example,
        "unproven_schema": change.unproven_schema,
        "ignored": ignored.map(|reason| json!({ "reason": reason })),
    })
}

fn client_change(change: &ClientChange) -> Value {
    json!({
        "kind": change.kind.to_string(),
        "item": change.item,
        "breaking": change.breaking,
    })
}
