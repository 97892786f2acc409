//! Validation of values against the schemas of the spec.

use std::sync::OnceLock;

use openapi_tree::{JsonSchemas, Node, Pointer, SchemaValidator};
use serde_json::Value;

/// A schema of the spec. It is compiled when the first value is checked, because compiling all of
/// them takes most of the time of a start.
#[derive(Debug)]
pub(crate) struct Schema {
    root: &'static Node,
    node: &'static Node,
    validator: OnceLock<Result<SchemaValidator, String>>,
}

impl Schema {
    pub(crate) fn of(root: &'static Node, node: Option<&'static Node>) -> Result<Self, String> {
        Ok(Self {
            root,
            node: node.ok_or("a schema is missing")?,
            validator: OnceLock::new(),
        })
    }

    /// Checks a value, and reports the first error as property and keyword.
    pub(crate) fn check(&self, name: &str, value: &Value) -> Result<(), String> {
        check(self.validator()?, name, value)
    }

    /// Checks a value, and returns the place and the message of the first error.
    pub(crate) fn find_error(&self, value: &Value) -> Result<(), (Pointer, String)> {
        let validator = self.validator().map_err(|error| (Pointer::root(), error))?;
        match validator.errors(value).next() {
            None => Ok(()),
            Some(error) => Err((error.pointer, error.message)),
        }
    }

    fn validator(&self) -> Result<&SchemaValidator, String> {
        let compile = || JsonSchemas::new(self.root).compile(self.node);
        let validator = self.validator.get_or_init(compile);
        validator.as_ref().map_err(String::clone)
    }
}

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

/// Moves integers just below the range of 64 bits further out. serde_json reads them as a number with
/// a fraction that equals the least integer.
pub(crate) fn keep_out_of_range(value: &mut Value) {
    const LEAST: f64 = -9_223_372_036_854_775_808.0;
    match value {
        Value::Number(number) if number.is_f64() && number.as_f64() == Some(LEAST) => {
            *value = LEAST.next_down().into();
        }
        Value::Array(items) => items.iter_mut().for_each(keep_out_of_range),
        Value::Object(properties) => properties.values_mut().for_each(keep_out_of_range),
        _ => {}
    }
}
