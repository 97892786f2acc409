//! Validation of values against the schemas of the spec.

use openapi_tree::SchemaValidator;
use serde_json::Value;

/// Checks a value, and reports the first error as property and keyword. The message leaves out the
/// value, which might be secret or large.
pub(crate) fn check(schema: &SchemaValidator, name: &str, value: &Value) -> Result<(), String> {
    let Some(error) = schema.errors(value).next() else {
        return Ok(());
    };
    let segments: Vec<String> = error.pointer.segments().collect();
    let location = match segments.is_empty() {
        false => format!("`{}`", segments.join(".")),
        true => name.to_owned(),
    };
    let (message, keyword) = (error.message, error.keyword);
    Err(format!("{location}: {message} (`{keyword}` in the spec)"))
}
