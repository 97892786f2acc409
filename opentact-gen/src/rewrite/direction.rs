//! The directions of types: requests send some, responses bring others, and some are both. Inline
//! schemas have types too, so the code is read and not the spec.

use std::collections::{HashMap, HashSet};

use syn::visit::{self, Visit};
use syn::{Field, Ident, Item, ItemStruct, ReturnType, TypePath};

use super::syntax::{functions, inherent_impls};

/// The names of the types that are sent and of those that are received.
pub(super) struct Directions {
    sent: HashSet<String>,
    received: HashSet<String>,
}

impl Directions {
    /// Reads the types, and the request builders as progenitor writes them.
    pub(super) fn of(types: &[Item], builders: &mut [Item]) -> Self {
        let mut graph = HashMap::new();
        for item in types {
            let mut names = Names::inside_types();
            match item {
                Item::Struct(item) => names.visit_fields(&item.fields),
                Item::Enum(item) => item.variants.iter().for_each(|it| names.visit_variant(it)),
                _ => continue,
            }
            let owner = super::syntax::owner(item).map(Ident::to_string);
            graph.insert(owner.unwrap_or_default(), names.found);
        }
        let (mut sent, mut received) = (Names::outside_types(), Names::outside_types());
        for item in &*builders {
            if let Item::Struct(ItemStruct { fields, .. }) = item {
                let is_value =
                    |field: &&Field| field.ident.as_ref().is_some_and(|it| it != "client");
                fields
                    .iter()
                    .filter(is_value)
                    .for_each(|it| sent.visit_field(it));
            }
        }
        for (_, builder) in inherent_impls(builders) {
            for function in functions(builder).filter(|it| it.sig.ident == "send") {
                if let ReturnType::Type(_, payload) = &function.sig.output {
                    received.visit_type(payload);
                }
            }
        }
        Self {
            sent: reachable(sent.found, &graph),
            received: reachable(received.found, &graph),
        }
    }

    /// Returns `true` if a request contains the type.
    pub(super) fn sends(&self, ty: &Ident) -> bool {
        self.sent.contains(&ty.to_string())
    }

    /// Returns `true` if a response contains the type.
    pub(super) fn receives(&self, ty: &Ident) -> bool {
        self.received.contains(&ty.to_string())
    }
}

/// Returns the types that others mention, with these.
fn reachable(first: Vec<String>, graph: &HashMap<String, Vec<String>>) -> HashSet<String> {
    let mut all = HashSet::new();
    let mut waiting = first;
    while let Some(name) = waiting.pop() {
        if let Some(mentioned) = graph.get(&name)
            && all.insert(name)
        {
            waiting.extend(mentioned.iter().cloned());
        }
    }
    all
}

/// The names of types that some code mentions.
struct Names {
    /// `true` for code of the module `types`, which names its types without a path.
    inside: bool,
    found: Vec<String>,
}

impl Names {
    fn inside_types() -> Self {
        let (inside, found) = (true, Vec::new());
        Self { inside, found }
    }

    fn outside_types() -> Self {
        let (inside, found) = (false, Vec::new());
        Self { inside, found }
    }
}

impl Visit<'_> for Names {
    fn visit_type_path(&mut self, ty: &TypePath) {
        visit::visit_type_path(self, ty);
        let segments = &ty.path.segments;
        let is_type = match segments.first() {
            Some(first) if self.inside => {
                segments.len() == 1 && ty.path.leading_colon.is_none() && first.ident != "Self"
            }
            Some(first) => first.ident == "types",
            None => false,
        };
        if let Some(last) = segments.last().filter(|_| is_type) {
            self.found.push(last.ident.to_string());
        }
    }
}
