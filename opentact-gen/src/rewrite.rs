//! Stage 5, harden: on the syntax tree, what progenitor does not offer.
//!
//! progenitor writes request builders, types and a client that knows of no token and no
//! envelope. Here its client gives way to the hand-written one of `opentact-api`, each
//! builder's `send` is split into the building of a request and a single call of that
//! client, types are closed to changes that would break users, and everything is
//! documented from the spec.

mod client;
mod debug;
mod distinct;
mod docs;
mod messages;
mod parse;
mod paths;
mod request;
mod schemes;
mod setters;
mod syntax;
mod types;

use std::fmt;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

use crate::ir::Facts;

/// progenitor's code is not of the shape that this stage was written for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnexpectedShape(String);

impl fmt::Display for UnexpectedShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "progenitor's code is not as expected: {}", self.0)
    }
}

impl std::error::Error for UnexpectedShape {}

/// Turns progenitor's code into that of `opentact-api`.
///
/// # Errors
/// Where progenitor's code is not of the shape that this stage was written for: its version
/// moved, or the spec says something that the check stage ought to refuse.
pub fn harden(code: TokenStream, facts: &Facts) -> Result<syn::File, UnexpectedShape> {
    let mut file =
        parse::file(code).map_err(|error| UnexpectedShape(format!("it is not Rust ({error})")))?;
    client::replace_client(&mut file, facts)?;
    request::split_send(syntax::module(&mut file.items, "builder")?, facts)?;
    types::close(syntax::module(&mut file.items, "types")?, facts)?;
    setters::take_values(syntax::module(&mut file.items, "types")?)?;
    debug::show_names_only(syntax::module(&mut file.items, "types")?)?;
    messages::Messages.visit_file_mut(&mut file);
    paths::Prelude.visit_file_mut(&mut file);
    docs::document(&mut file, facts)?;
    distinct::check(&mut file.items)?;
    Ok(file)
}
