//! The report for programs.

use serde_json::{Value, json};

use super::value::Report;
use crate::change::Change;
use crate::client::{ClientChange, ClientOutcome};

impl Report {
    /// Returns the report for programs:
    ///
    /// | Key | Value |
    /// |---|---|
    /// | `verdict` | `unchanged`, `declared` or `undeclared` |
    /// | `required_bump` | `none`, `patch`, `minor` or `major` |
    /// | `made_bump` | the actual bump, in the same way; `null` if a version is unknown |
    /// | `wire` | the changes, the most serious first |
    /// | `wire[].id` | the stable name of the change, such as `property-became-required` |
    /// | `wire[].kind` | `added`, `removed` or `changed` |
    /// | `wire[].level` | `breaking`, `additive` or `documentation` |
    /// | `wire[].direction` | `request`, `response`, `both` or `metadata` |
    /// | `wire[].operations` | such as `["GET /app/group"]`; empty for the API as a whole |
    /// | `wire[].pointer` | a JSON pointer into the head, or into the base if something was removed |
    /// | `wire[].base_path`, `wire[].head_path` | the file in each revision |
    /// | `wire[].base_line`, `wire[].head_line` | the line in each revision, from 1 |
    /// | `wire[].message` | a sentence |
    /// | `rust` | the changes of a client in Rust; `null` if the clients were not compared |
    /// | `rust[].kind` | `added`, `removed` or `changed` |
    /// | `rust[].item` | such as `types::SipUser::state` |
    /// | `rust[].breaking` | `true` or `false` |
    ///
    /// The key `rust` is the language of [`Report::client`] in lower case. There is no such key if
    /// there is no client. Keys may be added; no key is removed or changes its meaning.
    pub fn to_json(&self) -> String {
        let mut json = json!({
            "verdict": self.verdict.to_string(),
            "required_bump": self.required_bump.to_string(),
            "made_bump": self.actual_bump.map(|bump| bump.to_string()),
            "wire": self.changes.iter().map(change).collect::<Value>(),
        });
        if let Some(client) = &self.client {
            json[client.language.to_lowercase()] = match &client.outcome {
                ClientOutcome::Compared(changes) => changes.iter().map(client_change).collect(),
                ClientOutcome::NotCompared(_) => Value::Null,
            };
        }
        format!("{json:#}\n")
    }
}

fn change(change: &Change) -> Value {
    json!({
        "id": change.id.to_string(),
        "kind": change.kind.to_string(),
        "level": change.level.to_string(),
        "direction": change.direction.to_string(),
        "operations": change.operations,
        "pointer": change.pointer().as_str(),
        "base_path": change.base.path,
        "base_line": change.base.line,
        "head_path": change.head.path,
        "head_line": change.head.line,
        "message": change.message(),
    })
}

fn client_change(change: &ClientChange) -> Value {
    json!({
        "kind": change.kind.to_string(),
        "item": change.item,
        "breaking": change.breaking,
    })
}
