//! The description of an operation.

use serde_json::{Value, json};

use super::schema::Schema;
use super::spec::{Operation, Place};
use crate::failure::Failure;
use crate::output::{Column, Kind, Output, Section, View};

const OPERATION: View = View {
    columns: &[
        Column::new("Operation", "/operation", Kind::Text, 0),
        Column::new("Request", "/request", Kind::Text, 0),
        Column::new("Summary", "/summary", Kind::Text, 0),
        Column::new("Description", "/description", Kind::Text, 0),
        Column::new("Page", "/page", Kind::Text, 0),
        Column::new("Source", "/provenance", Kind::Text, 0),
        Column::new("Token", "/tokens", Kind::Text, 0),
        Column::new("Response", "/response_type", Kind::Text, 0),
        Column::new("Example", "/example", Kind::Text, 0),
    ],
    empty: "",
};

const PARAMETERS: View = View {
    columns: &[
        Column::new("PARAMETER", "/name", Kind::Text, 0),
        Column::new("IN", "/in", Kind::Text, 3),
        Column::new("TYPE", "/type", Kind::Text, 2),
        Column::new("REQUIRED", "/required", Kind::Text, 1),
        Column::new("DESCRIPTION", "/description", Kind::Text, 4),
    ],
    empty: "",
};

const BODY: View = View {
    columns: &[
        Column::new("BODY", "/name", Kind::Text, 0),
        Column::new("TYPE", "/type", Kind::Text, 2),
        Column::new("REQUIRED", "/required", Kind::Text, 1),
        Column::new("DESCRIPTION", "/description", Kind::Text, 3),
    ],
    empty: "",
};

const RESPONSE: View = View {
    columns: &[
        Column::new("RESPONSE", "/name", Kind::Text, 0),
        Column::new("TYPE", "/type", Kind::Text, 1),
        Column::new("DESCRIPTION", "/description", Kind::Text, 2),
    ],
    empty: "",
};

/// Describes an operation.
pub(crate) fn run(operation: Operation<'_>, output: &Output) -> Result<(), Failure> {
    let parameters = operation.parameters().into_iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "in": word(parameter.place),
            "type": parameter.schema.kind(),
            "required": parameter.is_required,
            "description": parameter.description,
        })
    });
    let parameters: Vec<Value> = parameters.collect();
    let body = operation.body().map(|body| properties(&body));
    let response = operation.payload();
    let item = json!({
        "operation": operation.name(),
        "id": operation.id(),
        "request": format!("{} {}", operation.method(), operation.path()),
        "summary": operation.summary(),
        "description": operation.description(),
        "page": operation.page(),
        "source": operation.source(),
        "provenance": provenance(operation.source()),
        "tokens": operation.schemes(),
        "has_pages": operation.paging().is_some(),
        "response_type": response.map(|response| response.kind()),
        "example": example(&operation),
        "parameters": parameters,
        "body": body,
        "response": response.map(|response| properties(&response.items().unwrap_or(response))),
    });
    let sections = [
        ("Parameters", "/parameters", &PARAMETERS),
        ("Body", "/body", &BODY),
        ("Properties", "/response", &RESPONSE),
    ];
    let sections = sections.map(|(title, pointer, view)| Section {
        title,
        pointer,
        view,
    });
    output.details(&OPERATION, item, &sections)
}

/// Returns the properties of an object.
fn properties(schema: &Schema<'_>) -> Vec<Value> {
    let properties = schema.properties().into_iter().map(|property| {
        json!({
            "name": property.name,
            "type": property.schema.kind(),
            "required": property.is_required,
            "description": property.schema.description(),
        })
    });
    properties.collect()
}

fn word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    }
}

/// Returns the provenance in words.
fn provenance(source: &str) -> &'static str {
    match source {
        "page" => "a public page of the vendor",
        "2021" => "the API as of 2021; no public page confirms it",
        "page+2021" => "a public page of the vendor, and the API as of 2021",
        _ => "not known",
    }
}

/// Returns a command line with the required parameters, and the example of the body.
fn example(operation: &Operation<'_>) -> String {
    let mut example = format!("opentact api {}", operation.name());
    for parameter in operation.parameters() {
        if parameter.is_required {
            let value = parameter.example().unwrap_or_default();
            example += &field(parameter.name, &value);
        }
    }
    let body = operation.example();
    for (name, value) in body.iter().filter_map(Value::as_object).flatten() {
        example += &field(name, value);
    }
    example
}

/// Returns a field for a shell, with a space before it.
fn field(name: &str, value: &Value) -> String {
    let value = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let field = format!("{name}={value}");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "=-_.:/@+".contains(c);
    match field.chars().all(is_plain) {
        true => format!(" -F {field}"),
        false => format!(" -F '{}'", field.replace('\'', r"'\''")),
    }
}
