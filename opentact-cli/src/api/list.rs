//! The list of operations.

use serde_json::{Value, json};

use super::spec::Spec;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};

const OPERATIONS: View = View {
    columns: &[
        Column::new("OPERATION", "/operation", Kind::Text, 0),
        Column::new("METHOD", "/method", Kind::Text, 1),
        Column::new("PATH", "/path", Kind::Text, 2),
        Column::new("PAGE", "/page", Kind::Text, 4),
        Column::new("SOURCE", "/source", Kind::Text, 3),
        Column::on_demand("SUMMARY", "/summary", Kind::Text),
        Column::on_demand("ID", "/id", Kind::Text),
    ],
    empty: "No operation contains this text.",
};

/// Lists the operations that contain a text, page by page.
pub(crate) fn run(spec: &Spec, text: &str, output: &Output) -> Result<(), Failure> {
    let text = text.to_lowercase();
    let operations = spec.operations().map(|operation| {
        json!({
            "operation": operation.name(),
            "id": operation.id(),
            "method": operation.method(),
            "path": operation.path(),
            "page": operation.page(),
            "source": match (output.is_for_people(), operation.source()) {
                (true, "page") => "vendor's page",
                (true, "2021") => "API of 2021",
                (true, "page+2021") => "vendor's page, API of 2021",
                (_, source) => source,
            },
            "summary": operation.summary(),
        })
    });
    let contains = |operation: &Value| {
        let mut properties = operation.as_object().into_iter().flatten();
        let is_in = |value: &Value| {
            let value = value.as_str().unwrap_or_default();
            value.to_lowercase().contains(&text)
        };
        properties.any(|(_, value)| is_in(value))
    };
    output.list(&OPERATIONS, operations.filter(contains).collect())
}
