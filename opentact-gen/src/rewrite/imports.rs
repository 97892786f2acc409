//! The imports of a module whose items move to the files of the pages.

use std::collections::HashMap;

use syn::{Ident, Item, ItemUse, Path, UseTree, parse_quote};

/// The imports of a module. Types become full paths, because a type of the spec can have the same name.
/// Functions and macros stay imported.
#[derive(Default)]
pub(super) struct Imports {
    types: HashMap<Ident, Path>,
    functions: Vec<ItemUse>,
}

impl Imports {
    /// Takes the imports out of the items of a module.
    pub(super) fn take(items: Vec<Item>) -> (Self, Vec<Item>) {
        let mut imports = Self::default();
        let (uses, others) = items
            .into_iter()
            .partition::<Vec<_>, _>(|item| matches!(item, Item::Use(_)));
        for item in uses {
            if let Item::Use(item) = item {
                imports.add(None, &item.tree);
            }
        }
        (imports, others)
    }

    fn add(&mut self, path: Option<&Path>, tree: &UseTree) {
        let joined = |name: &Ident| match path {
            Some(path) => parse_quote! { #path::#name },
            None => name.clone().into(),
        };
        match tree {
            UseTree::Path(tree) => self.add(Some(&joined(&tree.ident)), &tree.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add(path, tree)),
            UseTree::Name(tree) => {
                let path = joined(&tree.ident);
                if tree.ident.to_string().starts_with(char::is_uppercase) {
                    self.types.insert(tree.ident.clone(), path);
                } else {
                    self.functions.push(parse_quote! { use #path; });
                }
            }
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }

    /// Returns the full path of an imported type.
    pub(super) fn full(&self, name: &Ident) -> Option<&Path> {
        self.types.get(name)
    }

    /// Returns the imports of functions and macros.
    pub(super) fn functions(&self) -> &[ItemUse] {
        &self.functions
    }
}
