//! The documentation of every public item, from the spec.

use std::collections::HashMap;

use syn::{Attribute, Fields, Ident, Item, Visibility};

use super::doc_comment::{is_doc, set, set_or_keep};
use super::index::Index;
use super::syntax::{functions, inherent_impls, wire_name};
use crate::ir::{Operation, Property, Schema};
use crate::names::{parameter_name, type_name};

/// Documents the methods of `Client`.
pub(super) fn client(items: &mut [Item], index: &Index<'_>) {
    for (_, client) in inherent_impls(items).filter(|(name, _)| name == "Client") {
        for method in functions(client) {
            if let Some(operation) = index.operation(&method.sig.ident) {
                set(&mut method.attrs, &method_docs(operation, index));
            }
        }
    }
}

fn method_docs(operation: &Operation, index: &Index<'_>) -> String {
    let Operation {
        name,
        id,
        method,
        path,
        status,
        ..
    } = operation;
    let summary = operation.summary.as_ref().unwrap_or(name);
    let mut docs = format!("{}.", summary.trim_end_matches('.'));
    if let Some(description) = &operation.description {
        docs += &format!("\n\n{description}");
    }
    docs += &format!("\n\nSends `{method} {path}`, the operation `{id}` of the spec.");
    if let Some(response) = &operation.response {
        docs += &format!(" The response `{status}`: {}", lower_first(response));
    }
    let send = format!("builder::{}::send", type_name(name));
    docs += &format!(
        "\n\n{}. Send the request with [`send`]({send}).",
        takes(operation)
    );
    let mut further = index.ir.security_schemes.iter().skip(1);
    if let Some(scheme) = further.find(|scheme| scheme.name == operation.security_scheme) {
        let setter = format!("ClientBuilder::{}", scheme.rust_name);
        docs += &format!(" Requires the token of [`{setter}`](crate::{setter}).");
    }
    docs
}

/// Returns the sentence about parameters and body: "Takes `uuid` and `body`".
fn takes(operation: &Operation) -> String {
    let builder = type_name(&operation.name);
    let link = |name: &str| format!("[`{name}`](builder::{builder}::{name})");
    let parameters = operation.parameters.iter();
    let mut taken: Vec<String> = parameters
        .map(|parameter| link(&parameter_name(&parameter.name)))
        .collect();
    if let Some(body) = &operation.body {
        let link = link("body");
        taken.push(match body.schema.as_deref().map(type_name) {
            Some(name) => format!("a [`{name}`](types::{name}) as {link}"),
            None => link,
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

/// Documents the request builders.
pub(super) fn request_builders(items: &mut [Item], index: &Index<'_>) {
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && let Some(Operation { name, .. }) = index.operation_of_builder(&item.ident)
        {
            let docs = format!("A request for [`Client::{name}`](crate::Client::{name}).");
            set(&mut item.attrs, &docs);
        }
    }
    for (name, builder) in inherent_impls(items) {
        let Some(operation) = index.operation_of_builder(&name) else {
            continue;
        };
        for function in functions(builder) {
            let name = function.sig.ident.to_string();
            match name.as_str() {
                "send" => set(&mut function.attrs, &send_docs(operation)),
                "body" => set(&mut function.attrs, "Sets the request body as a whole."),
                "body_map" => set(
                    &mut function.attrs,
                    "Sets properties of the request body through its builder. Properties that were \
                     set before are kept.",
                ),
                _ if matches!(function.vis, Visibility::Public(_)) => {
                    let mut parameters = operation.parameters.iter();
                    let parameter = parameters.find(|known| parameter_name(&known.name) == name);
                    let known = parameter.map_or(&name, |parameter| &parameter.name);
                    let docs = parameter.and_then(|parameter| parameter.description.clone());
                    let docs = docs.unwrap_or_else(|| format!("The parameter `{known}`."));
                    set(&mut function.attrs, &docs);
                }
                _ => function.attrs.retain(|attribute| !is_doc(attribute)),
            }
        }
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

/// The doc comments of a type's fields.
type FieldDocs = HashMap<Ident, Vec<Attribute>>;

/// Documents the types, their builders and their errors.
pub(super) fn types(items: &mut [Item], index: &Index<'_>) {
    let mut field_docs = HashMap::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                let schema = index.schema(&item.ident);
                type_docs(&mut item.attrs, schema);
                field_docs.insert(item.ident.clone(), fields(&mut item.fields, schema));
            }
            Item::Enum(item) => {
                type_docs(&mut item.attrs, index.schema(&item.ident));
                for variant in &mut item.variants {
                    set_or_keep(&mut variant.attrs, None, &format!("`{}`.", variant.ident));
                    fields(&mut variant.fields, None);
                }
            }
            _ => {}
        }
    }
    for (name, item) in inherent_impls(items) {
        for function in functions(item).filter(|function| function.sig.ident == "builder") {
            let docs = format!("Returns a builder of [`{name}`] with no property set.");
            set(&mut function.attrs, &docs);
        }
    }
    for item in items {
        match item {
            Item::Mod(module) if module.ident == "builder" => {
                set(&mut module.attrs, "The builders of the types.");
                if let Some((_, items)) = &mut module.content {
                    builders(items, &field_docs);
                }
            }
            Item::Mod(module) if module.ident == "error" => {
                let docs = "The errors of values that do not fit a type.";
                set(&mut module.attrs, docs);
            }
            _ => {}
        }
    }
}

fn type_docs(attributes: &mut Vec<Attribute>, schema: Option<&Schema>) {
    let docs = schema.map(
        |Schema {
             name, description, ..
         }| {
            let description = description.clone().unwrap_or_else(|| format!("`{name}`."));
            format!("{description}\n\nThe schema `{name}` of the spec.")
        },
    );
    let otherwise = "A nested type without a name in the spec.";
    set_or_keep(attributes, docs.as_deref(), otherwise);
}

/// Documents fields, and returns their doc comments.
fn fields(fields: &mut Fields, schema: Option<&Schema>) -> FieldDocs {
    let mut docs = HashMap::new();
    let properties = schema.map_or(&[][..], |schema| &schema.properties);
    for field in fields {
        let name = wire_name(field);
        let Some(ident) = &field.ident else {
            continue;
        };
        let property = properties.iter().find(|known| known.name == name);
        let description = property.and_then(|Property { description, .. }| description.as_deref());
        set_or_keep(
            &mut field.attrs,
            description,
            &format!("The property `{name}`."),
        );
        let lines = field.attrs.iter().filter(|attribute| is_doc(attribute));
        docs.insert(ident.clone(), lines.cloned().collect());
    }
    docs
}

/// Documents the builders of the types. A setter has the doc comment of its field.
fn builders(items: &mut [Item], field_docs: &HashMap<Ident, FieldDocs>) {
    for item in items.iter_mut() {
        if let Item::Struct(item) = item {
            let docs = format!("A builder of [`{0}`](super::{0}).", item.ident);
            set(&mut item.attrs, &docs);
        }
    }
    for (name, builder) in inherent_impls(items) {
        let docs = field_docs.get(&name);
        for function in functions(builder) {
            if let Some(docs) = docs.and_then(|docs| docs.get(&function.sig.ident)) {
                function.attrs.splice(0..0, docs.iter().cloned());
            }
        }
    }
}
