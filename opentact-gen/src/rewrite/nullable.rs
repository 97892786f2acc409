//! Properties of requests that can be set to `null`: absent, `null` and a value are three states.

use std::collections::HashMap;

use syn::{Attribute, Field, Ident, Item, Type, parse_quote};

use super::direction::Directions;
use super::index::Index;
use super::syntax::{argument_mut, first_argument, is_option, mentions, module, wire_name};
use crate::ir::Schema;

/// Gives the properties of sent types that can be `null` the type `Nullable`, in the types and in their
/// builders.
pub(super) fn distinguish_null(types: &mut [Item], index: &Index<'_>, directions: &Directions) {
    let mut required = HashMap::new();
    for item in &mut *types {
        if let Item::Struct(item) = item
            && let Some(schema) = index.schema(&item.ident)
            && directions.sends(&item.ident)
        {
            let is_received = directions.receives(&item.ident);
            for field in &mut item.fields {
                if let Some(is_required) = required_if_nullable(field, schema)
                    && add_null(&mut field.ty, is_required)
                {
                    required.insert(place(&item.ident, field), is_required);
                    read(field, is_required, is_received);
                }
            }
        }
    }
    let builders = module(types, "builder").map_or(&mut [][..], Vec::as_mut_slice);
    for item in builders {
        if let Item::Struct(item) = item {
            for field in &mut item.fields {
                if let Some(is_required) = required.get(&place(&item.ident, field))
                    && let Some(ty) = argument_mut(&mut field.ty)
                {
                    add_null(ty, *is_required);
                }
            }
        }
    }
}

/// Lets a field tell `null` from an absent property, which is an error if it is required. In a response,
/// an optional property that is `null` is absent.
fn read(field: &mut Field, is_required: bool, is_received: bool) {
    let attribute: Attribute = match (is_required, is_received) {
        (true, _) => parse_quote! {
            #[serde(deserialize_with = "::serde::Deserialize::deserialize")]
        },
        (false, true) => return,
        (false, false) => parse_quote! {
            #[serde(default, deserialize_with = "crate::support::optional::nullable")]
        },
    };
    field
        .attrs
        .retain(|attribute| !mentions(attribute, "Option::deserialize"));
    field.attrs.push(attribute);
}

fn place(owner: &Ident, field: &Field) -> (Ident, Option<Ident>) {
    (owner.clone(), field.ident.clone())
}

/// Returns `true` for a required property and `false` for an optional one, or `None` for a property that
/// cannot be `null`.
fn required_if_nullable(field: &Field, schema: &Schema) -> Option<bool> {
    let name = wire_name(field);
    let property = schema.properties.iter().find(|it| it.name == name)?;
    property.nullable.then_some(property.required)
}

/// Adds `null` to the values of a type. Returns `false` for a type that is no `Option`, such as JSON of
/// any kind.
fn add_null(ty: &mut Type, is_required: bool) -> bool {
    let Some(value) = first_argument(ty).filter(|_| is_option(ty)) else {
        return false;
    };
    *ty = match is_required {
        true => parse_quote! { crate::Nullable<#value> },
        false => parse_quote! { Option<crate::Nullable<#value>> },
    };
    true
}
