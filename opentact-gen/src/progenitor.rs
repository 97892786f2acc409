//! Stage 4, progenitor: without changes.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};
use schemars_for_progenitor::schema::{InstanceType, SchemaObject};

use crate::lower::{Lowered, STRING_OR_INTEGER};
use crate::names::type_name;

/// Turns a lowered spec into code.
///
/// # Errors
/// Returns the message of progenitor if it refuses the spec or panics. The rules report most causes of
/// its panics; `bisect` finds the place of the others.
pub fn progenitor(lowered: &Lowered) -> Result<TokenStream, String> {
    let settings = settings(lowered);
    let code = quietly(|| Generator::new(&settings).generate_tokens(&lowered.openapi));
    // progenitor prints whole schemas after the first line of some messages.
    code.map_err(|panic| panic.lines().next().unwrap_or_default().to_owned())
        .map_err(|panic| format!("progenitor panics with \"{panic}\""))?
        .map_err(|error| format!("progenitor says \"{error}\""))
}

/// The types and formats of the lowered spec that have hand-written types.
const CONVERSIONS: [(InstanceType, &str, &str); 3] = [
    (InstanceType::String, "password", "crate::Secret"),
    (InstanceType::Number, "decimal", "crate::Decimal"),
    (
        InstanceType::String,
        STRING_OR_INTEGER,
        "crate::StringOrInteger",
    ),
];

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_derive("PartialEq");
    let components = lowered.openapi.components.iter();
    for (name, schema) in components.flat_map(|components| &components.schemas) {
        let schema = serde_json::to_value(schema).unwrap_or_default();
        if schema["type"] == "string" && schema["format"] == "uuid" {
            let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
            settings.with_replacement(type_name(name), "::uuid::Uuid", impls);
        }
    }
    for (kind, format, path) in CONVERSIONS {
        let schema = SchemaObject {
            instance_type: Some(kind.into()),
            format: Some(format.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, path, std::iter::empty());
    }
    settings
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, and returns the message of its panic instead of printing it.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        text.unwrap_or("without a message").to_owned()
    })
}
