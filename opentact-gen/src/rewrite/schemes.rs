//! The security schemes: a static for each, and a method of `ClientBuilder` for the token of each
//! except the main one.

use syn::{Item, parse_quote};

use super::UnexpectedShape;
use super::docs::lines;
use crate::ir::{Facts, Scheme};

/// The constant for the scheme of the token that every client has.
pub(super) fn main(facts: &Facts) -> Result<Item, UnexpectedShape> {
    let main = facts.schemes.first();
    let main = main.ok_or_else(|| UnexpectedShape("there is no security scheme".to_owned()))?;
    let (constant, name) = (main.constant(), &main.name);
    let docs = format!(" The security scheme of the token that `Client::builder` takes: `{name}`.");
    Ok(parse_quote! {
        #[doc = #docs]
        pub(crate) const MAIN_SCHEME: &crate::auth::scheme::Scheme = &schemes::#constant;
    })
}

/// The module with all schemes.
pub(super) fn all(facts: &Facts) -> Item {
    let schemes = facts.schemes.iter().enumerate().map(scheme);
    parse_quote! {
        /// The security schemes of the spec.
        pub(crate) mod schemes {
            use crate::auth::scheme::Scheme;

            #(#schemes)*
        }
    }
}

fn scheme((position, scheme): (usize, &Scheme)) -> Item {
    let constant = scheme.constant();
    let docs = format!(" `{}`, in the header `{}`.", scheme.name, scheme.header);
    let header = scheme.header.to_ascii_lowercase();
    let setter = match position {
        0 => "Client::builder".to_owned(),
        _ => format!("ClientBuilder::{}", scheme.rust_name),
    };
    parse_quote! {
        #[doc = #docs]
        pub(crate) static #constant: Scheme = Scheme {
            header: #header,
            setter: #setter,
        };
    }
}

/// The methods of `ClientBuilder`, or `None` if the main scheme is the only one.
pub(super) fn setters(facts: &Facts) -> Option<Item> {
    let further = facts.schemes.get(1..).unwrap_or_default();
    if further.is_empty() {
        return None;
    }
    let setters = further.iter().map(|scheme| -> syn::ImplItemFn {
        let (constant, setter) = (scheme.constant(), scheme.setter());
        let docs = lines(&setter_docs(scheme));
        parse_quote! {
            #(#[doc = #docs])*
            pub fn #setter(self, token: impl Into<crate::Secret>) -> Self {
                self.with_token(&super::service::schemes::#constant, token.into())
            }
        }
    });
    Some(parse_quote! {
        impl crate::ClientBuilder {
            #(#setters)*
        }
    })
}

fn setter_docs(scheme: &Scheme) -> String {
    let (header, name) = (&scheme.header, &scheme.name);
    let mut docs = format!("Sets the token for the header `{header}`.");
    if let Some(description) = &scheme.description {
        docs += &format!("\n\n{description}");
    }
    let operations = scheme.operations.iter();
    let operations = operations.map(|name| format!("[`{name}`](crate::Client::{name})"));
    docs += &format!(
        "\n\nThe security scheme `{name}` of the spec. Without this token, the operations that \
         require it fail with [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken) and \
         send nothing: {}.",
        operations.collect::<Vec<_>>().join(", ")
    );
    docs
}
