//! The check for duplicate names: progenitor does not notice them, and the compiler would report
//! them in generated code.

use std::collections::HashSet;

use proc_macro2::Ident;
use syn::{Fields, Item};

use super::UnexpectedShape;
use super::syntax::{functions, inherent};

/// Returns an error if two types, fields, variants or methods have the same name.
pub(super) fn check(items: &mut [Item]) -> Result<(), UnexpectedShape> {
    let types = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    });
    distinct("types", types)?;
    for item in items {
        match item {
            Item::Struct(item) => fields(&item.ident, &item.fields)?,
            Item::Enum(item) => {
                let name = &item.ident;
                let variants = item.variants.iter().map(|variant| &variant.ident);
                distinct(&format!("variants of `{name}`"), variants)?;
                for variant in &item.variants {
                    fields(&variant.ident, &variant.fields)?;
                }
            }
            Item::Impl(item) => {
                if let Some(name) = inherent(item).cloned() {
                    let names: Vec<_> = functions(item)
                        .map(|function| function.sig.ident.clone())
                        .collect();
                    distinct(&format!("methods of `{name}`"), names.iter())?;
                }
            }
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    check(items)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn fields(name: &Ident, fields: &Fields) -> Result<(), UnexpectedShape> {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    distinct(&format!("fields of `{name}`"), names)
}

fn distinct<'a>(what: &str, names: impl Iterator<Item = &'a Ident>) -> Result<(), UnexpectedShape> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            let message = format!("two {what} have the name `{name}`");
            return Err(UnexpectedShape(message));
        }
    }
    Ok(())
}
