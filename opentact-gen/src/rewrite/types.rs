//! The types: closed, so that a growing spec does not break users, and tolerant of what servers
//! really send.

use syn::{Attribute, Field, Fields, Item, ItemStruct, Visibility, parse_quote};

use super::UnexpectedShape;
use super::syntax::{builders, last_name, mentions};
use crate::ir::{Facts, Schema};

/// Closes every type of the module and of its submodule `builder`.
pub(super) fn close(items: &mut Vec<Item>, facts: &Facts) -> Result<(), UnexpectedShape> {
    let json_schema: Attribute =
        parse_quote! { #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))] };
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                item.attrs.push(json_schema.clone());
                close_struct(item, facts.schema(&item.ident.to_string()));
            }
            Item::Enum(item) => {
                item.attrs.push(json_schema.clone());
                item.attrs.push(parse_quote! { #[non_exhaustive] });
            }
            _ => {}
        }
    }
    let conveniences: Vec<Item> = items.iter().flat_map(checked_string).collect();
    items.extend(conveniences);
    for item in builders(items)? {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote! {
                #[must_use = "a builder does nothing until `build` is called"]
            });
        }
    }
    Ok(())
}

/// The implementations that typify does not write for a checked string. A string without limits
/// has them already, and its text is public.
fn checked_string(item: &Item) -> Vec<Item> {
    let Item::Struct(ItemStruct {
        ident,
        fields: Fields::Unnamed(fields),
        ..
    }) = item
    else {
        return Vec::new();
    };
    let is_checked = |field: &Field| {
        field.vis == Visibility::Inherited
            && last_name(&field.ty).is_some_and(|name| name == "String")
    };
    if !fields.unnamed.first().is_some_and(is_checked) {
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
                type Error = self::error::ConversionError;
                fn try_from(value: &String) -> Result<Self, self::error::ConversionError> {
                    value.parse()
                }
            }
        },
    ]
}

fn close_struct(item: &mut ItemStruct, schema: Option<&Schema>) {
    match &mut item.fields {
        Fields::Named(fields) => {
            item.attrs.push(parse_quote! { #[non_exhaustive] });
            for field in &mut fields.named {
                if is_optional_list(field) {
                    null_as_empty(field);
                }
            }
            if let Some(schema) = schema {
                let mut sorted: Vec<Field> = fields.named.iter().cloned().collect();
                sorted.sort_by_key(|field| schema.position(&field_name(field)));
                fields.named = sorted.into_iter().collect();
            }
        }
        Fields::Unnamed(fields) => {
            if let (Some(field), Some(schema)) = (fields.unnamed.first_mut(), schema) {
                field.attrs.extend(length(schema));
            }
        }
        Fields::Unit => {}
    }
}

/// A field's name in Rust.
pub(super) fn field_name(field: &Field) -> String {
    field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn is_optional_list(field: &Field) -> bool {
    last_name(&field.ty).is_some_and(|name| name == "Vec")
        && field
            .attrs
            .iter()
            .any(|attribute| mentions(attribute, "default"))
}

/// Reads `null` as an empty list if the list is optional.
fn null_as_empty(field: &mut Field) {
    let ty = &field.ty;
    let wire_type = quote::quote! { Option<#ty> }.to_string().replace(' ', "");
    field.attrs.push(parse_quote! {
        #[serde(deserialize_with = "crate::support::null::as_default")]
    });
    field.attrs.push(parse_quote! {
        #[cfg_attr(feature = "schemars", schemars(with = #wire_type))]
    });
}

/// The length limits of a checked string, for its JSON Schema.
fn length(schema: &Schema) -> Option<Attribute> {
    match (schema.min_length, schema.max_length) {
        (Some(min), Some(max)) => Some(parse_quote! {
            #[cfg_attr(feature = "schemars", schemars(length(min = #min, max = #max)))]
        }),
        (Some(min), None) => Some(parse_quote! {
            #[cfg_attr(feature = "schemars", schemars(length(min = #min)))]
        }),
        (None, Some(max)) => Some(parse_quote! {
            #[cfg_attr(feature = "schemars", schemars(length(max = #max)))]
        }),
        (None, None) => None,
    }
}
