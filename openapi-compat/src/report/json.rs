//! The report for programs.

use serde_json::{Value, json};

use super::{Report, ClientChanges};
use crate::change::{ClientChange, WireChange};

pub(super) fn render(report: &Report) -> String {
    let rust = match &report.rust {
        ClientChanges::Compared(changes) => changes.iter().map(rust_change).collect(),
        ClientChanges::NotCompared(_) => Value::Null,
    };
    let report = json!({
        "verdict": report.verdict.to_string(),
        "required_bump": report.required.to_string(),
        "made_bump": report.made.map(|bump| bump.to_string()),
        "wire": report.wire.iter().map(wire_change).collect::<Value>(),
        "rust": rust,
    });
    format!("{report:#}\n")
}

fn wire_change(change: &WireChange) -> Value {
    json!({
        "level": change.level.to_string(),
        "direction": change.direction.to_string(),
        "operations": change.operations,
        "pointer": change.pointer,
        "base_path": change.base.path,
        "base_line": change.base.line,
        "head_path": change.head.path,
        "head_line": change.head.line,
        "message": change.message,
    })
}

fn rust_change(change: &ClientChange) -> Value {
    json!({
        "kind": change.kind.to_string(),
        "item": change.item,
        "breaking": change.breaking,
    })
}
