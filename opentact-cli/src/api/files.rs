//! The files, and the standard input, that fields and `--input` name.

use std::path::Path;

use serde_json::Value;

use super::field::Field;
use crate::context::Context;
use crate::failure::Failure;
use crate::input::{read, shown};

/// Reads the fields of the command line. A typed one can name a file.
pub(crate) fn fields(
    typed: &[String],
    raw: &[String],
    context: &Context,
) -> Result<Vec<Field>, Failure> {
    let typed = typed.iter().map(|argument| {
        let mut field = Field::parse(argument, true).map_err(Failure::usage)?;
        if let Some(file) = field
            .text
            .as_deref()
            .and_then(|text| text.strip_prefix('@'))
        {
            // An editor ends the last line of a file.
            let text = read(context, Path::new(file))?;
            field.text = Some(text.strip_suffix('\n').map_or(text.clone(), |line| {
                line.strip_suffix('\r').unwrap_or(line).to_owned()
            }));
        }
        Ok(field)
    });
    let raw = raw
        .iter()
        .map(|argument| Field::parse(argument, false).map_err(Failure::usage));
    typed.chain(raw).collect()
}

/// Reads a document of JSON.
pub(crate) fn json(file: &Path, context: &Context) -> Result<Value, Failure> {
    let text = read(context, file)?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{} is not JSON: {error}", shown(file))))
}
