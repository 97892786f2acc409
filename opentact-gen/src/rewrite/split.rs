//! The files of the generated code, so that a reviewer opens the part that changed.

use std::mem;

use syn::{Attribute, File, Item, parse_quote};

use super::UnexpectedShape;
use super::syntax::module;

/// A file of the generated code, as a syntax tree.
#[derive(Clone, Debug)]
pub struct CodeFile {
    /// The name of the file, such as `types.rs`.
    pub name: &'static str,
    /// The code in it.
    pub code: File,
}

/// Splits the code into its files.
pub(super) fn split(mut file: File) -> Result<Vec<CodeFile>, UnexpectedShape> {
    let types = mem::take(module(&mut file.items, "types")?);
    let builder = mem::take(module(&mut file.items, "builder")?);
    let (mut client, mut service) = (Vec::new(), Vec::new());
    for item in file.items {
        match item {
            Item::Impl(_) => client.push(item),
            Item::Mod(item) if item.ident == "types" || item.ident == "builder" => {}
            item => service.push(item),
        }
    }
    let imports: [Item; 2] = [
        parse_quote! { use super::{builder, types}; },
        parse_quote! { use crate::Client; },
    ];
    client.splice(0..0, imports);
    let root = vec![
        parse_quote! { pub mod builder; },
        parse_quote! { mod client; },
        parse_quote! { pub(crate) mod service; },
        parse_quote! { pub mod types; },
    ];
    Ok(vec![
        code_file("mod.rs", "The code that is generated from the spec.", root),
        code_file(
            "service.rs",
            "The service: its base URL, security schemes and operations.",
            service,
        ),
        code_file("client.rs", "The methods of the client.", client),
        code_file(
            "types.rs",
            "The types that operations take and return.",
            types,
        ),
        code_file(
            "builder.rs",
            "The request builders, one for each operation.",
            builder,
        ),
    ])
}

fn code_file(name: &'static str, docs: &str, items: Vec<Item>) -> CodeFile {
    let docs = format!(" {docs}");
    let docs: Attribute = parse_quote! { #![doc = #docs] };
    CodeFile {
        name,
        code: File {
            shebang: None,
            attrs: vec![docs],
            items,
        },
    }
}
