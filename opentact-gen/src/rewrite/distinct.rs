//! The check for duplicate names: progenitor does not notice them, and the compiler would report
//! them in generated code.

use std::collections::HashSet;

use syn::{Fields, Ident, Item};

use super::syntax::{functions, inherent_impls};

/// Returns an error if two types, fields, variants or methods have the same name.
pub(super) fn check(items: &mut [Item]) -> Result<(), String> {
    let types = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    });
    distinct("types", types)?;
    for item in &mut *items {
        match item {
            Item::Struct(item) => fields(&item.ident, &item.fields)?,
            Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| &variant.ident);
                distinct(&format!("variants of `{}`", item.ident), variants)?;
                for variant in &item.variants {
                    fields(&variant.ident, &variant.fields)?;
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
    for (name, item) in inherent_impls(items) {
        let names = functions(item).map(|function| &function.sig.ident);
        distinct(&format!("methods of `{name}`"), names)?;
    }
    Ok(())
}

fn fields(name: &Ident, fields: &Fields) -> Result<(), String> {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    distinct(&format!("fields of `{name}`"), names)
}

fn distinct<'a>(kind: &str, names: impl Iterator<Item = &'a Ident>) -> Result<(), String> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!("two {kind} have the name `{name}`"));
        }
    }
    Ok(())
}
