//! Stage 5, harden: the changes to progenitor's syntax tree.
//!
//! progenitor writes request builders, types, and a client without tokens and envelopes. This stage
//! replaces the client by the hand-written one of `opentact-api`. It splits each builder's `send`
//! into a function that builds the request and a single call of that client. It closes types to
//! changes that would break users, documents everything from the spec, and splits the code into
//! files.

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
mod split;
mod syntax;
mod types;

use std::fmt;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

pub use self::split::CodeFile;
use crate::ir::Facts;

/// The error for code of progenitor in a form that this stage does not expect.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnexpectedShape(String);

impl fmt::Display for UnexpectedShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "progenitor's code is not as expected: {}", self.0)
    }
}

impl std::error::Error for UnexpectedShape {}

/// Turns progenitor's code into the files of `opentact-api`.
///
/// # Errors
/// Returns an error if progenitor's code has an unexpected form: its version changed, or the spec
/// has something that the check stage should refuse.
pub fn harden(code: TokenStream, facts: &Facts) -> Result<Vec<CodeFile>, UnexpectedShape> {
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
    split::split(file)
}
