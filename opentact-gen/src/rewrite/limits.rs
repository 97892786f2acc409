//! The limits of numbers and passwords that are sent. typify checks those of other strings.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ir::{Parameter, Schema};
use crate::names::parameter_name;

/// The smallest and the largest integer that may be sent, and the lengths of a password.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
pub(super) struct Limits {
    minimum: Option<i64>,
    maximum: Option<i64>,
    min_length: Option<i64>,
    max_length: Option<i64>,
}

impl Limits {
    /// Returns the limits of the property with this setter.
    pub(super) fn of_property(schema: &Schema, setter: &Ident) -> Self {
        let all = schema.properties.iter().map(|property| {
            let limits = Self {
                minimum: property.minimum,
                maximum: property.maximum,
                min_length: property.min_length,
                max_length: property.max_length,
            };
            (property, limits)
        });
        // Few properties have limits, and names take long to compare.
        let mut limited = all.filter(|(_, limits)| *limits != Self::default());
        let found = limited.find(|(property, _)| *setter == parameter_name(&property.name));
        found.map_or_else(Self::default, |(_, limits)| limits)
    }

    /// Returns the limits of a parameter.
    pub(super) fn of_parameter(parameter: &Parameter) -> Self {
        Self {
            minimum: parameter.minimum,
            maximum: parameter.maximum,
            ..Self::default()
        }
    }

    /// Returns the check of a value, as a call on the result that has it.
    pub(super) fn check(self, name: &str) -> Option<TokenStream> {
        let limit = |limit: Option<i64>| match limit {
            Some(limit) => {
                let limit = Literal::i64_unsuffixed(limit);
                quote! { Some(#limit) }
            }
            None => quote! { None },
        };
        let (function, minimum, maximum) = match self.min_length.or(self.max_length) {
            Some(_) => (
                quote! { property::has_length },
                self.min_length,
                self.max_length,
            ),
            None => (quote! { request::in_range }, self.minimum, self.maximum),
        };
        minimum.or(maximum)?;
        let (minimum, maximum) = (limit(minimum), limit(maximum));
        Some(quote! {
            .and_then(|value| crate::support::#function(#name, value, #minimum, #maximum))
        })
    }
}
