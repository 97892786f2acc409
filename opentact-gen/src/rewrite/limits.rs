//! The limits of numbers and passwords that are sent. typify checks those of other strings.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

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
    /// Returns the limits of the properties that have any, by the names of their setters.
    pub(super) fn of_properties(schema: &Schema) -> HashMap<String, Self> {
        let limits = schema.properties.iter().map(|property| {
            let limits = Self {
                minimum: property.minimum,
                maximum: property.maximum,
                min_length: property.min_length,
                max_length: property.max_length,
            };
            (property, limits)
        });
        let limited = limits.filter(|(_, limits)| *limits != Self::default());
        limited
            .map(|(property, limits)| (parameter_name(&property.name), limits))
            .collect()
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
