//! The doc comments, taken from the spec.

use proc_macro2::Span;
use quote::ToTokens;
use syn::token::Bracket;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, MetaNameValue, Token};
use syn::{Fields, ImplItemFn, Item, ItemImpl, ItemStruct, Visibility};

use super::UnexpectedShape;
use super::syntax::{functions, inherent, module};
use super::types::field_name;
use crate::ir::{Facts, Operation, Property, Schema, type_name};

/// The width at which the text of a doc comment is wrapped.
const WIDTH: usize = 88;

/// Documents every public item from the spec.
pub(super) fn document(file: &mut syn::File, facts: &Facts) -> Result<(), UnexpectedShape> {
    for item in &mut file.items {
        if let Item::Impl(item) = item
            && inherent(item).is_some_and(|name| name == "Client")
        {
            for method in functions(item) {
                if let Some(operation) = facts.operation(&method.sig.ident.to_string()) {
                    set(&mut method.attrs, &method_docs(operation, facts));
                }
            }
        }
    }
    for item in module(&mut file.items, "builder")? {
        match item {
            Item::Struct(item) => request_builder(item, facts),
            Item::Impl(item) => request_setters(item, facts),
            _ => {}
        }
    }
    types(module(&mut file.items, "types")?, facts);
    Ok(())
}

/// The doc comment of a method of `Client`.
fn method_docs(operation: &Operation, facts: &Facts) -> String {
    let Operation {
        method, path, id, ..
    } = operation;
    let builder = type_name(&operation.rust_name);
    let summary = operation.summary.as_deref().unwrap_or(&operation.rust_name);
    let mut docs = format!("{}.", summary.trim_end_matches('.'));
    if let Some(description) = &operation.description {
        docs += &format!("\n\n{description}");
    }
    docs += &format!("\n\nSends `{method} {path}`, the operation `{id}` of the spec.");
    if let Some(response) = &operation.answer {
        docs += &format!(
            " The response `{}`: {}",
            operation.status,
            lower_first(response)
        );
    }
    docs += &format!("\n\n{}. Send the request with", takes(operation));
    docs += &format!(" [`send`](builder::{builder}::send).");
    let further = facts.schemes.iter().skip(1);
    for scheme in further.filter(|scheme| scheme.name == operation.scheme) {
        let setter = format!("ClientBuilder::{}", scheme.rust_name);
        docs += &format!(" Requires the token of [`{setter}`](crate::{setter}).");
    }
    docs
}

/// The sentence about parameters and body: "Takes `uuid` and `body`".
fn takes(operation: &Operation) -> String {
    let builder = type_name(&operation.rust_name);
    let link = |name: &str| format!("[`{name}`](builder::{builder}::{name})");
    let mut taken: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| link(&parameter.rust_name))
        .collect();
    if operation.has_body {
        let body = link("body");
        taken.push(match &operation.body_type {
            Some(name) => format!("a [`{name}`](types::{name}) as {body}"),
            None => body,
        });
    }
    match taken.split_last() {
        None => "Takes no parameters".to_owned(),
        Some((only, [])) => format!("Takes {only}"),
        Some((last, others)) => format!("Takes {} and {last}", others.join(", ")),
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

fn request_builder(item: &mut ItemStruct, facts: &Facts) {
    let name = item.ident.to_string();
    if let Some(operation) = facts.operation_of_builder(&name) {
        let method = &operation.rust_name;
        let docs = format!("A request for [`Client::{method}`](crate::Client::{method}).");
        set(&mut item.attrs, &docs);
    }
}

fn request_setters(item: &mut ItemImpl, facts: &Facts) {
    let operation = inherent(item).and_then(|name| facts.operation_of_builder(&name.to_string()));
    let Some(operation) = operation else {
        return;
    };
    for function in functions(item) {
        let name = function.sig.ident.to_string();
        let docs = match name.as_str() {
            "send" => send_docs(operation),
            "body" => "Sets the request body as a whole.".to_owned(),
            "body_map" => {
                "Sets properties of the request body through its builder. Properties that \
                           were set before are kept."
                    .to_owned()
            }
            _ if is_public(function) => property_docs(&operation.parameters, &name),
            _ => {
                function.attrs.retain(|attribute| !is_doc(attribute));
                continue;
            }
        };
        set(&mut function.attrs, &docs);
    }
}

fn send_docs(operation: &Operation) -> String {
    let Operation { method, path, .. } = operation;
    format!(
        "Sends `{method} {path}`.\n\n# Errors\nReturns an [`Error`] if a value that was set does \
         not fit, in which case nothing is sent; if the service is not reached; or if its \
         response is an error or cannot be decoded."
    )
}

fn types(items: &mut [Item], facts: &Facts) {
    for item in items {
        match item {
            Item::Struct(item) => type_docs(item, facts),
            Item::Enum(item) => {
                let schema = facts.schema(&item.ident.to_string());
                set_or_tidy(&mut item.attrs, schema.map(schema_docs));
                for variant in &mut item.variants {
                    tidy(&mut variant.attrs, || format!("`{}`.", variant.ident));
                    field_docs(&mut variant.fields, None);
                }
            }
            Item::Impl(item) => builder_function(item),
            Item::Mod(module) if module.ident == "builder" => {
                set(&mut module.attrs, "The builders of the types.");
                let items = module.content.iter_mut().flat_map(|(_, items)| items);
                items.for_each(|item| type_builder(item, facts));
            }
            Item::Mod(module) if module.ident == "error" => {
                set(
                    &mut module.attrs,
                    "The errors of values that do not fit a type.",
                );
            }
            _ => {}
        }
    }
}

fn type_docs(item: &mut ItemStruct, facts: &Facts) {
    let schema = facts.schema(&item.ident.to_string());
    set_or_tidy(&mut item.attrs, schema.map(schema_docs));
    field_docs(&mut item.fields, schema);
}

fn field_docs(fields: &mut Fields, schema: Option<&Schema>) {
    if let Fields::Named(fields) = fields {
        for field in &mut fields.named {
            let name = field_name(field);
            let known = schema.map(|schema| property_docs(&schema.properties, &name));
            match known {
                Some(docs) => set(&mut field.attrs, &docs),
                None => tidy(&mut field.attrs, || format!("The property `{name}`.")),
            }
        }
    }
}

fn schema_docs(schema: &Schema) -> String {
    let name = &schema.name;
    let mut docs = schema
        .description
        .clone()
        .unwrap_or_else(|| format!("`{name}`."));
    docs += &format!("\n\nThe schema `{name}` of the spec.");
    docs
}

fn property_docs(properties: &[Property], name: &str) -> String {
    let property = properties
        .iter()
        .find(|property| property.rust_name == name);
    property
        .and_then(|property| property.description.clone())
        .unwrap_or_else(|| format!("`{name}`."))
}

/// The function `builder` of a type.
fn builder_function(item: &mut ItemImpl) {
    let Some(name) = inherent(item).map(ToString::to_string) else {
        return;
    };
    for function in functions(item) {
        if function.sig.ident == "builder" {
            let docs = format!("Returns a builder of [`{name}`] with no property set.");
            set(&mut function.attrs, &docs);
        }
    }
}

/// The builder of a type and its setters.
fn type_builder(item: &mut Item, facts: &Facts) {
    match item {
        Item::Struct(item) => {
            let name = item.ident.to_string();
            set(
                &mut item.attrs,
                &format!("A builder of [`{name}`](super::{name})."),
            );
        }
        Item::Impl(item) => {
            let schema = inherent(item).and_then(|name| facts.schema(&name.to_string()));
            for function in functions(item).filter(|function| is_public(function)) {
                let name = function.sig.ident.to_string();
                if function.attrs.iter().any(is_doc) {
                    continue; // `build`, unless it is the setter of a property
                }
                let properties = schema.map_or(&[][..], |schema| &schema.properties);
                set(&mut function.attrs, &property_docs(properties, &name));
            }
        }
        _ => {}
    }
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

fn is_public(function: &ImplItemFn) -> bool {
    matches!(function.vis, Visibility::Public(_))
}

fn set_or_tidy(attributes: &mut Vec<Attribute>, docs: Option<String>) {
    match docs {
        Some(docs) => set(attributes, &docs),
        None => tidy(attributes, || {
            "A nested type without a name in the spec.".to_owned()
        }),
    }
}

/// Keeps a doc comment of several words, and replaces any other.
fn tidy(attributes: &mut Vec<Attribute>, otherwise: impl FnOnce() -> String) {
    let texts = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(MetaNameValue { path, value, .. }) if path.is_ident("doc") => {
                syn::parse2::<LitStr>(value.to_token_stream()).ok()
            }
            _ => None,
        });
    let lines: Vec<String> = texts.map(|text| text.value().trim().to_owned()).collect();
    let text = lines.join("\n");
    let says_something = text.contains(' ');
    set(attributes, &if says_something { text } else { otherwise() });
}

/// Replaces the doc comment.
fn set(attributes: &mut Vec<Attribute>, docs: &str) {
    attributes.retain(|attribute| !is_doc(attribute));
    let lines = lines(docs).into_iter();
    let docs: Vec<Attribute> = lines.map(|line| doc(&line)).collect();
    attributes.splice(0..0, docs);
}

/// The lines of a doc comment.
pub(super) fn lines(docs: &str) -> Vec<String> {
    let docs = docs.replace('\r', " "); // Rust has none in comments
    let lines = docs.lines().flat_map(|line| match line {
        "" => vec![String::new()],
        line => textwrap::wrap(line, WIDTH)
            .into_iter()
            .map(|line| format!(" {line}"))
            .collect(),
    });
    lines.collect()
}

/// Returns `#[doc = "…"]`. Parsing it takes several times as long, and there are thousands.
fn doc(line: &str) -> Attribute {
    let literal = Lit::Str(LitStr::new(line, Span::call_site()));
    Attribute {
        pound_token: Token![#](Span::call_site()),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Token![=](Span::call_site()),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: literal,
            }),
        }),
    }
}
