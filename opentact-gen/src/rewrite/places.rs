//! The place of each type: the page that defines it, and the pages whose operations use it.
//!
//! A component schema belongs to the page whose file defines it. An inline schema belongs to the page
//! of the schema or operation that contains it.

use std::collections::{BTreeSet, HashMap};

use syn::visit::{self, Visit};
use syn::{Attribute, Block, Ident, Item, Path};

use super::index::Index;
use super::syntax::last_name;

/// Pages, by their positions in the intermediate representation.
pub(super) type Pages = BTreeSet<usize>;

/// The place of a type.
pub(super) struct Place {
    /// The page that defines the type.
    pub(super) page: usize,
    /// The pages whose operations use the type.
    pub(super) users: Pages,
}

/// The places of the types that operations use.
pub(super) struct Places {
    types: HashMap<Ident, Place>,
}

impl Places {
    /// Finds the places of progenitor's `types`, which the request builders use.
    pub(super) fn new(types: &[Item], requests: &[Item], index: &Index<'_>) -> Self {
        let graph = Graph::new(types);
        let roots = graph.roots(requests, index);
        let mut users = vec![Pages::new(); graph.names.len()];
        for page in 0..index.ir.pages.len() {
            let of_page = roots.iter().filter(|(of, _)| *of == page);
            for used in graph.reachable(of_page.map(|(_, ty)| *ty)) {
                users[used].insert(page);
            }
        }
        let pages = graph.pages(&roots, index);
        let places = graph.names.into_iter().zip(pages).zip(users);
        let places = places.filter_map(|((name, page), users)| {
            let page = page.filter(|_| !users.is_empty())?;
            Some((name.clone(), Place { page, users }))
        });
        Self {
            types: places.collect(),
        }
    }

    /// Returns the place of a type. Returns `None` if there is no such type, or if no operation uses it.
    pub(super) fn get(&self, name: &Ident) -> Option<&Place> {
        self.types.get(name)
    }
}

/// The types, and for each the types in its fields.
struct Graph<'a> {
    names: Vec<&'a Ident>,
    parts: Vec<Vec<usize>>,
    positions: HashMap<&'a Ident, usize>,
}

impl<'a> Graph<'a> {
    fn new(items: &'a [Item]) -> Self {
        let types = items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some((&item.ident, named(item, Visit::visit_item_struct))),
            Item::Enum(item) => Some((&item.ident, named(item, Visit::visit_item_enum))),
            _ => None,
        });
        let (names, named): (Vec<&Ident>, Vec<Vec<&Path>>) = types.unzip();
        let positions = names.iter().enumerate();
        let positions: HashMap<_, _> = positions.map(|(at, name)| (*name, at)).collect();
        let position = |path| positions.get(own_type(path)?).copied();
        let parts = named.into_iter();
        Self {
            parts: parts
                .map(|paths| paths.into_iter().filter_map(position).collect())
                .collect(),
            names,
            positions,
        }
    }

    /// Returns the types that request builders name, each with the page of the operation.
    fn roots(&self, requests: &[Item], index: &Index<'_>) -> Vec<(usize, usize)> {
        let mut roots = Vec::new();
        for item in requests {
            let builder = match item {
                Item::Struct(builder) => Some(&builder.ident),
                Item::Impl(implementation) => last_name(&implementation.self_ty),
                _ => None,
            };
            let operation = builder.and_then(|builder| index.operation_of_builder(builder));
            let Some(operation) = operation else { continue };
            let page = index.page(&operation.page);
            // A path without `types` does not lead to a type of the spec, even if its name is equal.
            let paths = named(item, Visit::visit_item).into_iter();
            let paths =
                paths.filter(|path| path.segments.first().is_some_and(|it| it.ident == "types"));
            let types = paths.filter_map(|path| self.positions.get(own_type(path)?));
            roots.extend(types.map(|ty| (page, *ty)));
        }
        roots
    }

    /// Returns some types, and all types in them.
    fn reachable(&self, from: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let mut waiting: Vec<usize> = from.collect();
        let mut found = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if found.insert(next) {
                waiting.extend(&self.parts[next]);
            }
        }
        found
    }

    /// Returns the page of each type.
    fn pages(&self, roots: &[(usize, usize)], index: &Index<'_>) -> Vec<Option<usize>> {
        let components = self.names.iter().enumerate();
        let components =
            components.filter_map(|(ty, name)| Some((index.page(&index.schema(name)?.page), ty)));
        let components: Vec<(usize, usize)> = components.collect();
        let mut pages = vec![None; self.names.len()];
        for (page, ty) in &components {
            pages[*ty] = Some(*page);
        }
        for (page, ty) in components.iter().chain(roots) {
            pages[*ty].get_or_insert(*page);
            let mut waiting = vec![*ty];
            while let Some(ty) = waiting.pop() {
                for &part in &self.parts[ty] {
                    if pages[part].is_none() {
                        pages[part] = Some(*page);
                        waiting.push(part);
                    }
                }
            }
        }
        pages
    }
}

/// Returns the paths in some code, except those in attributes and in the bodies of functions.
pub(super) fn named<'a, T>(code: &'a T, visit: fn(&mut Paths<'a>, &'a T)) -> Vec<&'a Path> {
    let mut paths = Paths(Vec::new());
    visit(&mut paths, code);
    paths.0
}

/// The visitor of [`named`].
pub(super) struct Paths<'a>(Vec<&'a Path>);

impl<'a> Visit<'a> for Paths<'a> {
    fn visit_path(&mut self, path: &'a Path) {
        self.0.push(path);
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, _: &'a Attribute) {}

    fn visit_block(&mut self, _: &'a Block) {}
}

/// Returns the name of the type that a path of progenitor's code leads to, if it is one of the spec.
pub(super) fn own_type(path: &Path) -> Option<&Ident> {
    const MODULES: [&str; 4] = ["builder", "self", "super", "types"];
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    let name = names.next().filter(|_| path.leading_colon.is_none())?;
    let is_own = names.all(|module| MODULES.iter().any(|known| module == known));
    is_own.then_some(name)
}
