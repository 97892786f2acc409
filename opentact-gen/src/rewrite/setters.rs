//! The setters of the types' builders. typify asks for an `Option<GroupName>`, which no text can be
//! converted to, and checks no limits of numbers.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, ImplItemFn, Item, Type, parse_quote};

use super::index::Index;
use super::limits::Limits;
use super::open_enum::OpenEnums;
use super::syntax::{first_argument, functions, inherent_impls, is_option, last_name, module};

/// Lets every setter take a value of the property and check it, and adds `build`, which does the same
/// as `try_into` and needs no type annotation. A property of that name keeps its setter.
pub(super) fn take_values(types: &mut [Item], index: &Index<'_>, enums: &OpenEnums) {
    let builders = module(types, "builder").map_or(&mut [][..], Vec::as_mut_slice);
    let fields = field_types(builders);
    for (name, builder) in inherent_impls(builders) {
        let limits = index.schema(&name).map(Limits::of_properties);
        let limits = limits.unwrap_or_default();
        for setter in functions(builder) {
            let property = setter.sig.ident.clone();
            if let Some(ty) = fields.get(&(name.clone(), property.clone())) {
                let limits = limits.get(&property.to_string()).copied();
                *setter = self::setter(&property, ty, limits.unwrap_or_default(), enums);
            }
        }
        if functions(builder).all(|function| function.sig.ident != "build") {
            builder.items.push(parse_quote! {
                /// Builds the value.
                ///
                /// # Errors
                /// Returns an error if a required property is not set, or if a property was set to a
                /// value that does not fit.
                pub fn build(self) -> Result<super::#name, crate::ConversionError> {
                    self.try_into()
                }
            });
        }
    }
}

/// Returns the types of the properties, by builder and property.
fn field_types(builders: &[Item]) -> HashMap<(Ident, Ident), Type> {
    let mut types = HashMap::new();
    for item in builders {
        if let Item::Struct(item) = item {
            for field in &item.fields {
                // `Result<T, String>`
                if let (Some(ident), Some(ty)) = (&field.ident, first_argument(&field.ty)) {
                    types.insert((item.ident.clone(), ident.clone()), ty.clone());
                }
            }
        }
    }
    types
}

/// Returns the setter of a property with this type in its builder.
fn setter(property: &Ident, ty: &Type, limits: Limits, enums: &OpenEnums) -> ImplItemFn {
    let name = property.to_string();
    let (ty, some) = match first_argument(ty).filter(|_| is_option(ty)) {
        Some(value) => (value, quote! { .map(Some) }),
        None => (ty, TokenStream::new()),
    };
    let known = enums.check(&name, ty);
    let in_range = limits.check(&name);
    if let Some(value) =
        first_argument(ty).filter(|_| last_name(ty).is_some_and(|it| it == "Nullable"))
    {
        return parse_quote! {
            pub fn #property<V, Kind>(mut self, value: V) -> Self
            where
                V: crate::IntoNullable<#value, Kind>,
            {
                self.#property = crate::support::property::nullable(#name, value) #known #in_range #some;
                self
            }
        };
    }
    parse_quote! {
        pub fn #property<V>(mut self, value: V) -> Self
        where
            V: TryInto<#ty>,
            V::Error: ::std::fmt::Display,
        {
            self.#property = crate::support::property::value(#name, value) #known #in_range #some;
            self
        }
    }
}
