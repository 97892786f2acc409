//! The types: closed, so that a growing spec does not break users, and tolerant of what servers
//! really send.

use quote::quote;
use syn::{Attribute, Field, Fields, Ident, Item, ItemStruct, Visibility, parse_quote};

use super::direction::Directions;
use super::index::Index;
use super::open_enum::is_open;
use super::syntax::{last_name, module, must_use, serde, wire_name};
use crate::ir::Schema;

/// Closes every type, and completes the checked strings. Removes the type of conversion errors, which is
/// hand-written.
pub(super) fn close(items: &mut Vec<Item>, index: &Index<'_>, directions: &Directions) {
    items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "error"));
    let json_schema: Attribute =
        parse_quote! { #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))] };
    let mut conveniences = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                item.attrs.push(json_schema.clone());
                close_struct(item, index.schema(&item.ident), directions);
                conveniences.extend(checked_string(item));
            }
            Item::Enum(item) if !is_open(item) => {
                item.attrs.push(json_schema.clone());
                item.attrs.push(parse_quote! { #[non_exhaustive] });
            }
            _ => {}
        }
    }
    items.append(&mut conveniences);
    if let Some(builders) = module(items, "builder") {
        must_use(builders, "a builder does nothing until `build` is called");
    }
}

fn close_struct(item: &mut ItemStruct, schema: Option<&Schema>, directions: &Directions) {
    if let Fields::Named(fields) = &mut item.fields {
        item.attrs.push(parse_quote! { #[non_exhaustive] });
        if directions.receives(&item.ident) {
            fields.named.iter_mut().for_each(read_leniently);
        }
        if let Some(schema) = schema {
            let mut sorted: Vec<Field> = fields.named.iter().cloned().collect();
            sorted.sort_by_cached_key(|field| {
                let (name, mut known) = (wire_name(field), schema.properties.iter());
                let position = known.position(|known| known.name == name);
                position.unwrap_or(usize::MAX)
            });
            fields.named = sorted.into_iter().collect();
        }
    } else if let (Some(field), Some(schema)) = (item.fields.iter_mut().next(), schema) {
        field.attrs.extend(length(schema));
    }
}

/// Leaves a field out if it is optional and its value cannot be read. Reads `null` as an empty list or
/// map.
fn read_leniently(field: &mut Field) {
    let ty = &field.ty;
    let name = last_name(ty).map(Ident::to_string);
    let has = |key: &str| serde(&field.attrs, key).is_some();
    match name.as_deref() {
        _ if has("flatten") => {} // serde reads such a field in its own way
        Some("Option") => field.attrs.push(parse_quote! {
            #[serde(default, deserialize_with = "crate::support::optional::lenient")]
        }),
        Some(name @ ("Vec" | "HashMap")) if has("default") => {
            let wire_type = quote! { Option<#ty> }.to_string().replace(' ', "");
            let reader = match name {
                "Vec" => "crate::support::optional::list",
                _ => "crate::support::optional::or_default",
            };
            field
                .attrs
                .push(parse_quote! { #[serde(deserialize_with = #reader)] });
            field.attrs.push(parse_quote! {
                #[cfg_attr(feature = "schemars", schemars(with = #wire_type))]
            });
        }
        _ => {}
    }
}

/// Returns the length limits of a checked string, for its JSON Schema.
fn length(schema: &Schema) -> Option<Attribute> {
    let min = schema.min_length.map(|min| quote! { min = #min });
    let max = schema.max_length.map(|max| quote! { max = #max });
    let limits: Vec<_> = [min, max].into_iter().flatten().collect();
    let attribute =
        || parse_quote! { #[cfg_attr(feature = "schemars", schemars(length(#(#limits),*)))] };
    (!limits.is_empty()).then(attribute)
}

/// Returns the implementations that typify does not write for a checked string. A string without
/// limits has them already, and its text is public.
fn checked_string(item: &ItemStruct) -> Vec<Item> {
    let ident = &item.ident;
    let is_checked = |field: &Field| {
        field.ident.is_none()
            && field.vis == Visibility::Inherited
            && last_name(&field.ty).is_some_and(|name| name == "String")
    };
    if !item.fields.iter().any(is_checked) {
        return Vec::new();
    }
    vec![
        parse_quote! {
            impl ::std::fmt::Display for #ident {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        },
        parse_quote! {
            impl TryFrom<&String> for #ident {
                type Error = crate::ConversionError;
                fn try_from(value: &String) -> Result<Self, crate::ConversionError> {
                    value.parse()
                }
            }
        },
    ]
}
