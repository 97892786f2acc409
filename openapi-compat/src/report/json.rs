//! The report for programs.

use serde_json::{Value, json};

use super::value::Report;
use crate::change::Change;
use crate::client::{ClientChange, ClientOutcome};

pub(super) fn render(report: &Report) -> String {
    let mut json = json!({
        "verdict": report.verdict.to_string(),
        "required_bump": report.required_bump.to_string(),
        "made_bump": report.actual_bump.map(|bump| bump.to_string()),
        "wire": report.changes.iter().map(change).collect::<Value>(),
    });
    if let Some(client) = &report.client {
        json[client.language.to_lowercase()] = match &client.outcome {
            ClientOutcome::Compared(changes) => changes.iter().map(client_change).collect(),
            ClientOutcome::NotCompared(_) => Value::Null,
        };
    }
    format!("{json:#}\n")
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
