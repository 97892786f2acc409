//! The documentation of every public item, from the spec.

use std::collections::HashMap;

use syn::{Attribute, Fields, Ident, Item};

use super::doc_comment::{complete, set};
use super::index::Index;
use super::operation_docs::method_docs;
use super::places::Places;
use super::syntax::{functions, inherent_impls, wire_name};
use crate::ir::{Operation, Schema};
use crate::names::parameter_name;

/// Sets the doc comment of each method for which `docs` returns one. `docs` takes the names of the type
/// and of the method.
fn methods(items: &mut [Item], docs: impl Fn(&Ident, &Ident) -> Option<String>) {
    for (owner, item) in inherent_impls(items) {
        for method in functions(item) {
            if let Some(docs) = docs(&owner, &method.sig.ident) {
                set(&mut method.attrs, &docs);
            }
        }
    }
}

/// Sets the doc comment of each struct for which `docs` returns one. `docs` takes its name.
fn structs(items: &mut [Item], docs: impl Fn(&Ident) -> Option<String>) {
    for item in items {
        if let Item::Struct(item) = item
            && let Some(docs) = docs(&item.ident)
        {
            set(&mut item.attrs, &docs);
        }
    }
}

/// Documents the methods of `Client`.
pub(super) fn client(items: &mut [Item], index: &Index<'_>, places: &Places) {
    methods(items, |owner, method| {
        let operation = index.operation(method).filter(|_| owner == "Client")?;
        Some(method_docs(operation, index, places))
    });
}

/// Documents the request builders.
pub(super) fn request_builders(items: &mut [Item], index: &Index<'_>) {
    structs(items, |builder| {
        let method = format!("Client::{}", index.operation_of_builder(builder)?.name);
        Some(format!("A request for [`{method}`](crate::{method})."))
    });
    methods(items, |builder, method| {
        let operation = index.operation_of_builder(builder)?;
        request_docs(operation, &method.to_string())
    });
}

/// Returns the doc comment of a method of a request builder.
fn request_docs(operation: &Operation, function: &str) -> Option<String> {
    Some(match function {
        "send" => format!(
            "Sends `{}`.\n\n# Errors\nReturns an [`Error`](crate::Error) if a value that was set does not \
             fit, in which case nothing is sent; if the service is not reached; or if its response is an \
             error or cannot be decoded.",
            operation.title()
        ),
        "send_blocking" => format!(
            "Sends `{}`, and blocks the thread until the call ends. It works inside and outside of a \
             Tokio runtime: the call runs on a thread of this crate.\n\n# Errors\nReturns the errors \
             of [`send`](Self::send).",
            operation.title()
        ),
        "body" => "Sets the request body as a whole.".into(),
        "body_map" => "Sets properties of the request body, and keeps those set before.".into(),
        _ => {
            let mut parameters = operation.parameters.iter();
            let parameter = parameters.find(|it| parameter_name(&it.name) == function)?;
            let description = parameter.description.clone();
            description.unwrap_or_else(|| format!("The parameter `{}`.", parameter.name))
        }
    })
}

/// Documents the types, their builders and their errors.
pub(super) fn types(items: &mut [Item], index: &Index<'_>) {
    let mut docs = TypeDocs::default();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                let schema = index.schema(&item.ident);
                type_docs(&mut item.attrs, schema);
                docs.insert(item.ident.clone(), fields(&mut item.fields, schema));
            }
            Item::Enum(item) => {
                type_docs(&mut item.attrs, index.schema(&item.ident));
                for variant in &mut item.variants {
                    let name = format!("`{}`.", variant.ident);
                    complete(&mut variant.attrs, None, name);
                    fields(&mut variant.fields, None);
                }
            }
            _ => {}
        }
    }
    methods(items, |ty, method| {
        let docs = format!("Returns a builder of [`{ty}`] with no property set.");
        (method == "builder").then_some(docs)
    });
    for item in items {
        if let Item::Mod(module) = item
            && module.ident == "builder"
            && let Some((_, items)) = &mut module.content
        {
            set(&mut module.attrs, "The builders of the types.");
            structs(items, |ty| {
                Some(format!("A builder of [`{ty}`](super::{ty})."))
            });
            methods(items, |ty, setter| docs.get(ty)?.get(setter).cloned());
        }
    }
}

/// The doc comments of the fields of each type.
type TypeDocs = HashMap<Ident, HashMap<Ident, String>>;

fn type_docs(attributes: &mut Vec<Attribute>, schema: Option<&Schema>) {
    let docs = schema.map(|schema| {
        let (name, description) = (&schema.name, schema.description.clone());
        let description = description.unwrap_or_else(|| format!("`{name}`."));
        format!("{description}\n\nThe schema `{name}` of the spec.")
    });
    let otherwise = "A nested type without a name in the spec.".to_owned();
    complete(attributes, docs, otherwise);
}

/// Documents fields, and returns their doc comments.
fn fields(fields: &mut Fields, schema: Option<&Schema>) -> HashMap<Ident, String> {
    let mut all = HashMap::new();
    let properties = schema.map_or(&[][..], |schema| &schema.properties);
    for field in fields {
        if let Some(ident) = field.ident.clone() {
            let name = wire_name(field);
            let property = properties.iter().find(|known| known.name == name);
            let description = property.and_then(|property| property.description.clone());
            let otherwise = format!("The property `{name}`.");
            all.insert(ident, complete(&mut field.attrs, description, otherwise));
        }
    }
    all
}
