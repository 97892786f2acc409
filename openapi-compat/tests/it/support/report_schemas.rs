//! Reports for programs, validated against their published schemas.

use std::sync::LazyLock;

use jsonschema::Validator;
use openapi_compat::Report;
use serde_json::Value;

static JSON: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../../../report.schema.json")));
static SARIF: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../../fixtures/sarif-schema-2.1.0.json")));

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// Returns a report in JSON, which is valid.
#[track_caller]
pub(crate) fn json_of(report: &Report) -> Value {
    valid_json(&report.to_json())
}

/// Reads a report in JSON, which is valid.
#[track_caller]
pub(crate) fn valid_json(text: &str) -> Value {
    valid(text, &JSON)
}

/// Returns a report in SARIF, which is valid.
#[track_caller]
pub(crate) fn sarif_of(report: &Report) -> Value {
    valid(&report.to_sarif(), &SARIF)
}

/// Returns the results of a report in SARIF, which is valid. The rules are the same in all reports,
/// and take time to validate.
#[track_caller]
pub(crate) fn sarif_results_of(report: &Report) -> Vec<Value> {
    let mut sarif: Value = serde_json::from_str(&report.to_sarif()).unwrap();
    sarif["runs"][0]["tool"]["driver"]["rules"] = Value::Array(Vec::new());
    let mut sarif = valid(&sarif.to_string(), &SARIF);
    match sarif["runs"][0]["results"].take() {
        Value::Array(results) => results,
        other => panic!("{other} are no results"),
    }
}

#[track_caller]
fn valid(text: &str, schema: &Validator) -> Value {
    let value = serde_json::from_str(text).unwrap();
    let errors = schema.iter_errors(&value);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    value
}
