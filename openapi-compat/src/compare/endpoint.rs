//! Operations with their path items, and the identity by which they are matched.

use openapi_tree::is_method;

use crate::element::Element;
use crate::revision::ElementTree;

/// An operation with the path item around it.
#[derive(Clone)]
pub(super) struct Endpoint<'a> {
    pub(super) operation: Element<'a>,
    pub(super) path_item: Element<'a>,
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    /// The beginning of the address that the servers of the other revision lack.
    base_path: String,
}

impl<'a> Endpoint<'a> {
    /// Returns every operation of a document, at an address that starts with `base_path`.
    pub(super) fn all(document: &ElementTree<'a>, base_path: &str) -> Vec<Self> {
        let mut endpoints = Self::of_path_items(document, document.root().named("paths"));
        for endpoint in &mut endpoints {
            base_path.clone_into(&mut endpoint.base_path);
        }
        endpoints
    }

    /// Returns every operation of some path items.
    pub(super) fn of_path_items(
        document: &ElementTree<'a>,
        path_items: Vec<(&'a str, Element<'a>)>,
    ) -> Vec<Self> {
        let path_items = path_items.into_iter();
        path_items
            .flat_map(|(path, path_item)| {
                let path_item = document.resolve(path_item);
                let methods = path_item.entries().filter(|(key, _)| is_method(key));
                methods.map(move |(method, operation)| Self {
                    operation,
                    path_item: path_item.clone(),
                    path,
                    method,
                    base_path: String::new(),
                })
            })
            .collect()
    }

    /// Returns method and path, such as `GET /app/group`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Returns method and path as they are below the servers that both revisions have in common.
    pub(super) fn address(&self) -> String {
        format!(
            "{} {}{}",
            self.method.to_uppercase(),
            self.base_path,
            self.path
        )
    }

    /// Returns the title as code.
    pub(super) fn code(&self) -> String {
        format!("`{}`", self.title())
    }

    /// Returns the address without the names of path parameters, which requests do not contain.
    pub(super) fn identity(&self) -> String {
        let mut identity = String::new();
        let mut depth = 0_usize;
        for character in self.address().chars() {
            match character {
                '{' => {
                    depth += 1;
                    identity.push('{');
                }
                '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => identity.push(character),
                _ => {}
            }
        }
        identity
    }

    /// Returns the names of the path parameters, in the order of the path.
    pub(super) fn path_parameters(&self) -> Vec<&'a str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }
}
