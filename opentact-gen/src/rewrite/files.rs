//! The files of the generated code, so that a reviewer opens the part that changed.

use syn::{File, Item, parse_quote};

/// The files of the generated code: the name of each, such as `types.rs`, and its syntax tree.
pub type CodeFiles = Vec<(&'static str, File)>;

/// Returns the files with these items, the file that declares them as modules first.
pub(super) fn all(
    service: Vec<Item>,
    client: Vec<Item>,
    types: Vec<Item>,
    builders: Vec<Item>,
) -> CodeFiles {
    let root: File = parse_quote! {
        pub mod builder;
        mod client;
        pub(crate) mod service;
        pub mod types;
    };
    let file = |name, docs: &str, items| {
        let mut file: File = parse_quote! { #![doc = #docs] };
        file.items = items;
        (name, file)
    };
    vec![
        file("mod.rs", " The code generated from the spec.", root.items),
        file("service.rs", " The constants of the service.", service),
        file("client.rs", " The methods of the client.", client),
        file("types.rs", " The types of requests and responses.", types),
        file("builder.rs", " The request builders.", builders),
    ]
}
