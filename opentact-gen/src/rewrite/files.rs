//! The files of the generated code: one for each page, so that a reviewer opens the part that changed.

use std::collections::BTreeMap;

use quote::format_ident;
use syn::{File, Item, parse_quote};

use super::client_builder;
use super::conditions::attribute;
use super::index::Index;
use super::pages::Page;
use super::service;
use crate::names::module_name;

/// The files of the generated code: the name of each, such as `groups.rs`, and its syntax tree.
pub type CodeFiles = Vec<(String, File)>;

/// Returns the files, the one that declares the others as modules first.
pub(super) fn all(pages: BTreeMap<usize, Page>, index: &Index<'_>) -> Result<CodeFiles, String> {
    let mut modules: Vec<Item> = vec![
        parse_quote! { mod client_builder; },
        parse_quote! { pub(crate) mod service; },
    ];
    let mut files = vec![
        file(
            "client_builder.rs",
            " The methods of the client's builder that take tokens.",
            client_builder::items(index),
        ),
        file(
            "service.rs",
            " The constants of the service.",
            service::items(index)?,
        ),
    ];
    for (position, page) in pages {
        let name = module_name(&index.ir.pages[position].stem);
        let module = format_ident!("{name}");
        let condition = attribute(&page.users, index.ir);
        modules.push(parse_quote! { #condition pub mod #module; });
        files.push((
            format!("{name}.rs"),
            page.file(&docs(position, index), index),
        ));
    }
    let root = file("mod.rs", " The code generated from the spec.", modules);
    files.insert(0, root);
    Ok(files)
}

fn file(name: &str, docs: &str, items: Vec<Item>) -> (String, File) {
    let mut file: File = parse_quote! { #![doc = #docs] };
    file.items = items;
    (name.to_owned(), file)
}

/// Returns the documentation of the module for a page.
fn docs(position: usize, index: &Index<'_>) -> String {
    let page = &index.ir.pages[position];
    let mut operations = index.ir.operations.iter();
    if !operations.any(|operation| operation.page == page.stem) {
        return "The types that several pages share.".to_owned();
    }
    let title = page.title.as_ref().unwrap_or(&page.stem);
    let mut docs = format!("{}.", title.trim_end_matches('.'));
    if let Some(description) = &page.description {
        docs += &format!("\n\n{description}");
    }
    docs + "\n\nEach operation is a method of [`Client`](crate::Client), which returns a request of \
            this module."
}
