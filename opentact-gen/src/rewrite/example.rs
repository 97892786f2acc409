//! The example in the documentation of an operation.

use quote::format_ident;

use super::index::Index;
use super::places::Places;
use crate::ir::{Argument, Operation};
use crate::names::{module_name, parameter_name, type_name};

const START: &str = "```no_run
# async fn example(client: &opentact_api::Client) -> Result<(), Box<dyn std::error::Error>> {
";
const END: &str = "# Ok(())
# }
```";

/// Returns the example, which calls the operation with the examples of the spec.
pub(super) fn example(operation: &Operation, index: &Index<'_>, places: &Places) -> String {
    let required = operation.parameters.iter().filter(|it| it.required);
    let mut calls: Vec<String> = required
        .filter_map(|parameter| {
            let setter = parameter_name(&parameter.name);
            let value = value(parameter.example.as_ref()?, index, places)?;
            Some(format!(".{setter}({value})"))
        })
        .collect();
    let body = operation.body_example.as_ref();
    let body = body.and_then(|body| value(body, index, places));
    let body = body.map(|body| {
        calls.push(".body(body)".to_owned());
        format!("let body = {body};\n")
    });
    calls.splice(
        0..0,
        ["client".to_owned(), format!(".{}()", operation.name)],
    );
    let body = body.unwrap_or_default();
    let code = match operation.paging {
        Some(_) => {
            calls.push(".stream()".to_owned());
            let items = chain(&calls, "    ");
            format!(
                "{body}let mut items = {items};\nwhile let Some(item) = items.next().await {{\n    println!(\"{{:?}}\", item?);\n}}\n"
            )
        }
        None => {
            calls.extend([".send()".to_owned(), ".await?".to_owned()]);
            let response = chain(&calls, "    ");
            format!("{body}let response = {response};\nprintln!(\"{{response:?}}\");\n")
        }
    };
    format!("{START}{code}{END}")
}

/// Returns a chain of calls, in one line if it is short.
fn chain(calls: &[String], indentation: &str) -> String {
    let line = calls.concat();
    match calls.len() < 6 && line.len() < 66 && !line.contains('\n') {
        true => line,
        false => calls.join(&format!("\n{indentation}")),
    }
}

/// Returns a value in Rust, for a setter.
fn value(argument: &Argument, index: &Index<'_>, places: &Places) -> Option<String> {
    Some(match argument {
        Argument::Boolean(value) => value.to_string(),
        Argument::Integer(value) => integer(*value),
        Argument::Text(text) | Argument::Uuid(text) => format!("{text:?}"),
        Argument::Variant { value, .. } => format!("{value:?}"),
        Argument::Json(text) => format!(
            "opentact_api::serde_json::from_str::<opentact_api::serde_json::Map<_, _>>({text:?})?"
        ),
        Argument::DateTime(text) => {
            format!(
                "{text:?}.parse::<opentact_api::chrono::DateTime<opentact_api::chrono::Utc>>()?"
            )
        }
        Argument::List(items) => {
            let items = items.iter().map(|argument| item(argument, index, places));
            let items = items.collect::<Option<Vec<_>>>()?;
            format!("vec![{}]", items.join(", "))
        }
        Argument::Object { schema, properties } => {
            let mut calls = vec![format!("{}::builder()", path(schema, index, places)?)];
            for (name, argument) in properties {
                let value = value(argument, index, places)?.replace('\n', "\n    ");
                calls.push(format!(".{}({value})", parameter_name(name)));
            }
            chain(&calls, "    ")
        }
    })
}

/// Returns the path of the type of a component schema.
fn path(schema: &str, index: &Index<'_>, places: &Places) -> Option<String> {
    let ty = type_name(schema);
    let place = places.get(&format_ident!("{ty}"))?;
    let module = module_name(&index.ir.pages[place.page].stem);
    Some(format!("opentact_api::{module}::{ty}"))
}

/// Returns an item of a list, which has its final type.
fn item(argument: &Argument, index: &Index<'_>, places: &Places) -> Option<String> {
    match argument {
        Argument::Boolean(value) => Some(value.to_string()),
        Argument::Integer(value) => Some(integer(*value)),
        Argument::Text(text) => Some(format!("{text:?}.to_owned()")),
        Argument::Uuid(text) => Some(format!("{text:?}.parse::<opentact_api::Uuid>()?")),
        Argument::Variant { schema, value } => {
            let ty = path(schema, index, places)?;
            Some(format!("{ty}::try_from({value:?})?"))
        }
        Argument::Object { schema, .. } => {
            let (ty, value) = (
                path(schema, index, places)?,
                value(argument, index, places)?,
            );
            Some(format!("{ty}::try_from({value})?"))
        }
        Argument::DateTime(_) | Argument::Json(_) | Argument::List(_) => None,
    }
}

fn integer(value: i64) -> String {
    match i32::try_from(value) {
        Ok(value) => value.to_string(),
        Err(_) => format!("{value}_i64"),
    }
}
