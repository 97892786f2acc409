//! What names mean: `super::GroupName` in one module is `types::GroupName` in another.

use std::collections::{HashMap, HashSet};

use syn::{Ident, Item, UseTree};

/// More imports of imports than any code has: a circle.
const LONGEST_CHAIN: usize = 32;

/// The modules of a file and what is declared and imported in each.
pub(super) struct Scopes(HashMap<Vec<String>, Scope>);

#[derive(Default)]
struct Scope {
    items: HashSet<String>,
    imports: HashMap<String, Import>,
}

/// What follows `use`.
#[derive(Clone)]
pub(super) struct Import {
    /// Whether it starts with `::`.
    pub(super) is_external: bool,
    /// The names in it.
    pub(super) names: Vec<String>,
}

/// Where a name leads.
pub(super) enum Origin {
    /// To an item of the crate, by its path.
    Crate(Vec<String>),
    /// To the standard library or another crate.
    Elsewhere(Vec<String>),
}

impl Scopes {
    pub(super) fn of(file: &syn::File) -> Self {
        let mut scopes = Self(HashMap::new());
        scopes.add(&[], &file.items);
        scopes
    }

    fn add(&mut self, module: &[String], items: &[Item]) {
        let mut scope = Scope::default();
        for item in items {
            match item {
                Item::Use(item) => scope.imports.extend(imports(item)),
                _ => scope.items.extend(declared(item).map(ToString::to_string)),
            }
            if let Item::Mod(inner) = item
                && let Some((_, items)) = &inner.content
            {
                self.add(&child(module, &inner.ident), items);
            }
        }
        self.0.insert(module.to_vec(), scope);
    }

    fn imported(&self, module: &[String], name: &str) -> Option<&Import> {
        self.0.get(module)?.imports.get(name)
    }

    fn knows(&self, module: &[String], name: &str) -> bool {
        let scope = self.0.get(module);
        scope.is_some_and(|scope| scope.items.contains(name) || scope.imports.contains_key(name))
    }

    /// Whether an item is declared in the file.
    pub(super) fn declares(&self, path: &[String]) -> bool {
        path.split_last().is_some_and(|(name, module)| {
            let scope = self.0.get(module);
            scope.is_some_and(|scope| scope.items.contains(name))
        })
    }

    /// Where a path in a module leads.
    pub(super) fn resolve(&self, module: &[String], import: &Import) -> Origin {
        let mut module = module.to_vec();
        let mut import = import.clone();
        for _ in 0..LONGEST_CHAIN {
            if import.is_external {
                break;
            }
            if let [first, name, ..] = import.names.as_slice()
                && first == "crate"
                && !self.declares(std::slice::from_ref(name))
            {
                return Origin::Crate(import.names.split_off(1)); // written by hand
            }
            let mut names = import.names.as_slice();
            let mut at = module.clone();
            while let [first, rest @ ..] = names {
                match first.as_str() {
                    "crate" => at.clear(),
                    "self" => {}
                    "super" => drop(at.pop()),
                    _ => break,
                }
                names = rest;
            }
            let is_relative = names.len() == import.names.len();
            if is_relative && !names.first().is_some_and(|name| self.knows(&at, name)) {
                break;
            }
            match self.walk(at, names) {
                Ok(path) => return Origin::Crate(path),
                Err((found_in, next)) => (module, import) = (found_in, next),
            }
        }
        Origin::Elsewhere(import.names)
    }

    /// Follows names from a module on: to an item, or to what is imported under one of them.
    fn walk(
        &self,
        mut at: Vec<String>,
        names: &[String],
    ) -> Result<Vec<String>, (Vec<String>, Import)> {
        for (index, name) in names.iter().enumerate() {
            if let Some(import) = self.imported(&at, name) {
                let mut import = import.clone();
                import.names.extend_from_slice(&names[index + 1..]);
                return Err((at, import));
            }
            at.push(name.clone());
        }
        Ok(at)
    }
}

/// The path of an item of a module.
pub(super) fn child(module: &[String], name: &impl ToString) -> Vec<String> {
    let mut path = module.to_vec();
    path.push(name.to_string());
    path
}

fn declared(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Mod(item) => Some(&item.ident),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}

/// The names that a `use` brings in, each with what it stands for.
pub(super) fn imports(item: &syn::ItemUse) -> Vec<(String, Import)> {
    let mut found = Vec::new();
    let import = Import {
        is_external: item.leading_colon.is_some(),
        names: Vec::new(),
    };
    leaves(&item.tree, &import, &mut found);
    found
}

fn leaves(tree: &UseTree, before: &Import, found: &mut Vec<(String, Import)>) {
    let mut import = before.clone();
    match tree {
        UseTree::Path(path) => {
            import.names.push(path.ident.to_string());
            leaves(&path.tree, &import, found);
        }
        UseTree::Name(name) if name.ident == "self" => {
            let last = import.names.last().cloned().unwrap_or_default();
            found.push((last, import));
        }
        UseTree::Name(name) => {
            import.names.push(name.ident.to_string());
            found.push((name.ident.to_string(), import));
        }
        UseTree::Rename(name) => {
            if name.ident != "self" {
                import.names.push(name.ident.to_string());
            }
            found.push((name.rename.to_string(), import));
        }
        UseTree::Glob(_) => {
            import.names.push("*".to_owned());
            found.push(("*".to_owned(), import));
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, found);
            }
        }
    }
}
