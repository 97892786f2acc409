//! Stage 4, generate: progenitor, as it is.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};
use schemars_for_progenitor::schema::{InstanceType, SchemaObject};

use crate::lower::{Prepared, uuid_aliases};

/// progenitor cannot take a spec that the check stage let pass.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "progenitor {}", self.0)
    }
}

impl std::error::Error for Refused {}

/// Turns a prepared spec into code.
///
/// # Errors
/// What progenitor says of a spec that it cannot take. Its panics are caught: the check
/// stage is there to find their causes first, with a place and a way out.
pub fn generate(prepared: &Prepared) -> Result<TokenStream, Refused> {
    let settings = settings(prepared);
    quietly(|| Generator::new(&settings).generate_tokens(&prepared.openapi))
        .map_err(|panic| Refused(format!("panics with \"{}\"", first_line(&panic))))?
        .map_err(|error| Refused(format!("says \"{error}\"")))
}

/// progenitor shows whole schemas behind some messages.
fn first_line(panic: &str) -> &str {
    panic.lines().next().unwrap_or_default()
}

fn settings(prepared: &Prepared) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_derive("PartialEq");
    for alias in uuid_aliases(&prepared.openapi) {
        let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(alias, "::uuid::Uuid", impls);
    }
    let password = SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some("password".to_owned()),
        ..SchemaObject::default()
    };
    settings.with_conversion(password, "crate::Secret", std::iter::empty());
    settings
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and returns what it panicked with instead of printing it.
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
        text.or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("without a message")
            .to_owned()
    })
}
