//! The operations and schemas of a spec by the names that progenitor gives them.

use std::collections::HashMap;

use syn::Ident;

use crate::ir::{Ir, Operation, Schema, SecurityScheme};
use crate::names::type_name;

/// An intermediate representation, with its parts by their names in Rust.
pub(super) struct Index<'a> {
    pub(super) ir: &'a Ir,
    methods: HashMap<&'a str, &'a Operation>,
    builders: HashMap<String, &'a Operation>,
    types: HashMap<String, &'a Schema>,
    pages: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    pub(super) fn new(ir: &'a Ir) -> Self {
        let operations = || ir.operations.iter();
        let schemas = ir.schemas.iter();
        let pages = ir.pages.iter().enumerate();
        Self {
            ir,
            methods: operations().map(|it| (&*it.name, it)).collect(),
            builders: operations().map(|it| (type_name(&it.name), it)).collect(),
            types: schemas.map(|it| (type_name(&it.name), it)).collect(),
            pages: pages.map(|(at, page)| (&*page.stem, at)).collect(),
        }
    }

    /// Returns the operation of a method of `Client`.
    pub(super) fn operation(&self, method: &Ident) -> Option<&'a Operation> {
        self.methods.get(method.to_string().as_str()).copied()
    }

    /// Returns the operation of a request builder.
    pub(super) fn operation_of_builder(&self, builder: &Ident) -> Option<&'a Operation> {
        self.builders.get(&builder.to_string()).copied()
    }

    /// Returns the component schema of a type.
    pub(super) fn schema(&self, ty: &Ident) -> Option<&'a Schema> {
        self.types.get(&ty.to_string()).copied()
    }

    /// Returns the position of a page. Every operation and schema has one of the pages.
    pub(super) fn page(&self, stem: &str) -> usize {
        self.pages.get(stem).copied().unwrap_or_default()
    }

    /// Returns a security scheme by its name in the spec.
    pub(super) fn scheme(&self, name: &str) -> Option<&'a SecurityScheme> {
        let mut schemes = self.ir.security_schemes.iter();
        schemes.find(|scheme| scheme.name == name)
    }
}
