//! Stage 5, rewrite: the changes to the syntax tree that progenitor does not offer.
//!
//! progenitor writes request builders, types, and a client that knows no tokens and no envelopes. This
//! stage replaces that client by the hand-written one of `opentact-api`. It splits each builder's
//! `send` into the building of the request and a single call of the client, closes types to changes
//! that would break users, and documents everything from the spec.

mod client_builder;
mod conditions;
mod debug;
mod direction;
mod distinct;
mod doc_comment;
mod docs;
mod example;
mod files;
mod imports;
mod index;
mod inline;
mod limits;
mod messages;
mod nullable;
mod object;
mod one_way;
mod open_enum;
mod operation_docs;
mod own_paths;
mod pages;
mod paging;
mod parameters;
mod parse;
mod paths;
mod places;
mod request;
mod service;
mod setters;
mod syntax;
mod types;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;
use syn::{Ident, Item, ItemMod, parse_quote, token};

use self::direction::Directions;
pub use self::files::CodeFiles;
use self::index::Index;
use self::inline::Inline;
use self::messages::ShowValue;
use self::open_enum::OpenEnums;
use self::pages::{Modules, divide};
use self::paths::Prelude;
use self::places::Places;
use self::syntax::take_module;
use crate::ir::Ir;

/// Turns progenitor's code into the files of `opentact-api/src/generated`.
///
/// # Errors
/// Returns an error if the code has a form that this stage does not expect, because progenitor's
/// version changed or because a rule is missing.
pub fn rewrite(code: TokenStream, ir: &Ir) -> Result<CodeFiles, String> {
    let index = Index::new(ir);
    let not_rust = |error: syn::Error| format!("it is not Rust ({error})");
    let code = parse::code(code).map_err(not_rust)?;
    let mut items = code.items;
    let mut types = take_module(&mut items, "types")?;
    let mut builders = take_module(&mut items, "builder")?;
    let directions = Directions::of(&types, &mut builders);
    let is_needless = |ty: &Ident| directions.receives(ty) && !directions.sends(ty);
    let of_types = parse::builders(code.builders, is_needless).map_err(not_rust)?;
    let mut module: ItemMod = parse_quote! { pub mod builder {} };
    module.content = Some((token::Brace::default(), of_types));
    types.push(Item::Mod(module));
    one_way::trim(&mut types, &directions);
    types::close(&mut types, &index, &directions);
    let enums = OpenEnums::open(&mut types);
    enums.refuse_unknown(&mut types, &directions);
    nullable::distinguish_null(&mut types, &index, &directions);
    setters::take_values(&mut types, &index, &enums);
    request::split_send(&mut builders, &index, &enums)?;
    paging::add_streams(&mut builders, &types, &index)?;
    debug::show_names_only(&mut types);
    object::read_properties(&mut types);
    let places = Places::new(&types, &builders, &index);
    docs::client(&mut items, &index, &places);
    docs::request_builders(&mut builders, &index);
    docs::types(&mut types, &index);
    let modules = Modules {
        client: items,
        requests: builders,
        types,
    };
    let mut files = files::all(divide(modules, &places, &index)?, &index)?;
    for (_, file) in &mut files {
        ShowValue.visit_file_mut(file);
        Prelude.visit_file_mut(file);
        Inline.visit_file_mut(file);
        distinct::check(&mut file.items)?;
    }
    Ok(files)
}
