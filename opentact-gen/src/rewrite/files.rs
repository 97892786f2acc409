//! The files of the generated code, so that a reviewer opens the part that changed.

use syn::{Attribute, File, Item, parse_quote};

/// A file of the generated code, as a syntax tree.
#[derive(Clone, Debug)]
pub struct CodeFile {
    /// The name of the file, such as `types.rs`.
    pub name: &'static str,
    /// The code in it.
    pub code: File,
}

/// Returns the files with these items, the file that declares them as modules first.
pub(super) fn all(
    service: Vec<Item>,
    client: Vec<Item>,
    types: Vec<Item>,
    builders: Vec<Item>,
) -> Vec<CodeFile> {
    let root = vec![
        parse_quote! { pub mod builder; },
        parse_quote! { mod client; },
        parse_quote! { pub(crate) mod service; },
        parse_quote! { pub mod types; },
    ];
    let files = [
        ("mod.rs", " The code that is generated from the spec.", root),
        (
            "service.rs",
            " The service: its base URL, security schemes and operations.",
            service,
        ),
        ("client.rs", " The methods of the client.", client),
        ("types.rs", " The types of requests and responses.", types),
        (
            "builder.rs",
            " The request builders, one for each operation.",
            builders,
        ),
    ];
    let file = |(name, docs, items): (_, &str, _)| {
        let docs: Attribute = parse_quote! { #![doc = #docs] };
        let code = File {
            shebang: None,
            attrs: vec![docs],
            items,
        };
        CodeFile { name, code }
    };
    files.into_iter().map(file).collect()
}
