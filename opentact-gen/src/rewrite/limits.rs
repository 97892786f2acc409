//! The limits of numbers that are sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ir::{Parameter, Schema};
use crate::names::parameter_name;

/// The smallest and the largest integer that may be sent.
#[derive(Clone, Copy, Default)]
pub(super) struct Limits {
    minimum: Option<i64>,
    maximum: Option<i64>,
}

impl Limits {
    /// Returns the limits of the property with this setter.
    pub(super) fn of_property(schema: &Schema, setter: &Ident) -> Self {
        let mut properties = schema.properties.iter();
        let property = properties.find(|property| *setter == parameter_name(&property.name));
        property.map_or_else(Self::default, |property| Self {
            minimum: property.minimum,
            maximum: property.maximum,
        })
    }

    /// Returns the limits of a parameter.
    pub(super) fn of_parameter(parameter: &Parameter) -> Self {
        Self {
            minimum: parameter.minimum,
            maximum: parameter.maximum,
        }
    }

    /// Returns the check of a number, as a call on the result that has it.
    pub(super) fn check(self, name: &str) -> Option<TokenStream> {
        let limit = |limit: Option<i64>| match limit {
            Some(limit) => {
                let limit = Literal::i64_unsuffixed(limit);
                quote! { Some(#limit) }
            }
            None => quote! { None },
        };
        let (minimum, maximum) = (limit(self.minimum), limit(self.maximum));
        let has_limit = self.minimum.or(self.maximum).is_some();
        has_limit.then(|| {
            quote! {
                .and_then(|value| crate::support::request::in_range(#name, value, #minimum, #maximum))
            }
        })
    }
}
