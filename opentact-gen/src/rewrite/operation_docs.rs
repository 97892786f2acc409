//! The documentation of the methods that are operations.

use quote::format_ident;

use super::example::example;
use super::index::Index;
use super::places::Places;
use super::service::setter;
use crate::ir::{Operation, Source};
use crate::names::{module_name, parameter_name, type_name};

/// Returns the doc comment of the method for an operation.
pub(super) fn method_docs(operation: &Operation, index: &Index<'_>, places: &Places) -> String {
    let Operation { name, id, .. } = operation;
    let summary = operation.summary.as_ref().unwrap_or(name);
    let mut docs = format!("{}.", summary.trim_end_matches('.'));
    if let Some(description) = &operation.description {
        docs += &format!("\n\n{description}");
    }
    let title = operation.title();
    docs += &format!("\n\nSends `{title}`, the operation `{id}` of the spec.");
    if let Some(response) = &operation.response {
        let statuses = list(
            operation
                .statuses
                .iter()
                .map(|status| format!("`{status}`")),
            "or",
        );
        docs += &format!(" The response {statuses}: {}", lower_first(response));
    }
    docs += &format!(" {}", source(operation.source));
    let builder = type_name(name);
    let takes = takes(operation, index, places);
    docs += &format!("\n\n{takes}. Send the request with [`send`]({builder}::send).");
    if operation.paging.is_some() {
        docs += &format!(
            " It returns one page; [`stream`]({builder}::stream) returns the items of all pages."
        );
    }
    let (tokens, example) = (tokens(operation, index), example(operation, index, places));
    docs + &format!("\n\n{tokens}\n\n{example}")
}

/// Returns the sentence about the knowledge behind an operation.
fn source(source: Source) -> &'static str {
    match source {
        Source::Page => "Documented by a public page of the vendor.",
        Source::PageAnd2021 => {
            "Documented by a public page of the vendor, and known from the API as of 2021."
        }
        Source::Only2021 => "Known from the API as of 2021; no public page confirms it.",
    }
}

/// Returns the sentence about parameters and body: "Takes `uuid` and `body`".
fn takes(operation: &Operation, index: &Index<'_>, places: &Places) -> String {
    let builder = type_name(&operation.name);
    let link = |name: &str| format!("[`{name}`]({builder}::{name})");
    let names = operation.parameters.iter();
    let names = names.map(|parameter| parameter_name(&parameter.name));
    let mut taken: Vec<String> = names.map(|name| link(&name)).collect();
    if operation.has_body {
        let schema = operation.body_schema.as_deref().map(type_name);
        let schema = schema.map(|name| {
            let page = index.page(&operation.page);
            let place = places.get(&format_ident!("{name}"));
            let other = place.map(|place| place.page).filter(|other| *other != page);
            let module = other.map(|page| module_name(&index.ir.pages[page].stem));
            let target = module.map(|module| format!("(crate::{module}::{name})"));
            let target = target.unwrap_or_default();
            format!("{} [`{name}`]{target} as ", article(&name))
        });
        taken.push(schema.unwrap_or_default() + &link("body"));
    }
    match taken.is_empty() {
        true => "Takes no parameters".to_owned(),
        false => format!("Takes {}", list(taken.into_iter(), "and")),
    }
}

/// Returns the sentence about the tokens of an operation.
fn tokens(operation: &Operation, index: &Index<'_>) -> String {
    let schemes = operation.security_schemes.iter();
    let setters: Vec<String> = schemes
        .filter_map(|name| index.scheme(name).map(setter))
        .map(|setter| format!("[`{setter}`](crate::ClientBuilder::{setter})"))
        .collect();
    match &setters[..] {
        [] => "Needs no token.".to_owned(),
        [only] => format!("Requires the token of {only}."),
        _ => format!(
            "Requires a token: the first one that the client has of {}.",
            list(setters.into_iter(), "and")
        ),
    }
}

/// Joins words: `a, b and c`.
fn list(words: impl Iterator<Item = String>, conjunction: &str) -> String {
    let words: Vec<String> = words.collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {conjunction} {last}", others.join(", ")),
    }
}

/// Returns the indefinite article of a name.
fn article(name: &str) -> &'static str {
    // The `U` of `User` sounds like a consonant, that of `Update` does not.
    let vowels = ["A", "E", "I", "O", "Up"];
    match vowels.iter().any(|vowel| name.starts_with(vowel)) {
        true => "an",
        false => "a",
    }
}

/// Returns a sentence as the continuation after a colon. An abbreviation such as "SIP" is kept.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => text.to_owned(),
    }
}
