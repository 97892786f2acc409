//! The meaning of names: `super::GroupName` in one module is `GroupName` in another.

use std::collections::HashSet;

use quote::ToTokens;
use syn::{Generics, Item};

use super::text::written;

/// The names that a piece of generated code can use.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The paths of all types and modules of the generated code.
    declared: &'a HashSet<String>,
    /// The path of the module in which the code stands.
    module: String,
    /// The generic parameters.
    parameters: HashSet<String>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(declared: &'a HashSet<String>, module: String) -> Self {
        Self {
            declared,
            module,
            parameters: HashSet::new(),
        }
    }

    /// Returns the scope of a module in this one.
    pub(super) fn module(&self, name: &impl ToString) -> Self {
        Self::new(self.declared, self.path(name))
    }

    /// Returns the scope of an item that has generic parameters.
    pub(super) fn with(&self, generics: &Generics) -> Self {
        let mut scope = self.clone();
        let names = generics.type_params().map(|it| it.ident.to_string());
        scope.parameters.extend(names);
        scope
    }

    /// Returns the path of an item that is declared here.
    pub(super) fn path(&self, name: &impl ToString) -> String {
        child(&self.module, &name.to_string())
    }

    /// Returns a piece of code as text with full paths. Two pieces with the same text mean the same.
    pub(super) fn text(&self, code: &impl ToTokens) -> String {
        written(code.to_token_stream(), |path| self.full(path))
    }

    fn full(&self, path: &str) -> String {
        if let Some(external) = path.strip_prefix("::") {
            return external.to_owned();
        }
        let (mut module, mut names) = (self.module.as_str(), path);
        while let Some((first, rest)) = names.split_once("::") {
            match first {
                "crate" => module = "",
                "self" => {}
                "super" => module = module.rsplit_once("::").map_or("", |(parent, _)| parent),
                _ => break,
            }
            names = rest;
        }
        if names.len() < path.len() {
            return format!("crate::{}", child(module, names));
        }
        let first = path.split("::").next().unwrap_or(path);
        if self.parameters.contains(first) {
            return path.to_owned();
        }
        // A module of the root, or an item of this one.
        let mut modules = [module, ""].into_iter();
        match modules.find(|module| self.declared.contains(&child(module, first))) {
            Some(module) => format!("crate::{}", child(module, path)),
            None => path.to_owned(),
        }
    }
}

fn child(module: &str, name: &str) -> String {
    match module {
        "" => name.to_owned(),
        _ => format!("{module}::{name}"),
    }
}

/// Collects the paths of the types and modules that are declared in a module, with those of the module.
pub(super) fn declare(module: &str, items: &[Item], declared: &mut HashSet<String>) {
    declared.insert(module.to_owned());
    for item in items {
        match item {
            Item::Mod(inner) => {
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                declare(&child(module, &inner.ident.to_string()), items, declared);
            }
            Item::Struct(item) => drop(declared.insert(child(module, &item.ident.to_string()))),
            Item::Enum(item) => drop(declared.insert(child(module, &item.ident.to_string()))),
            _ => {}
        }
    }
}
