//! Operations, with their parameters, request body and responses.

use crate::keywords::{is_extension, is_method};
use crate::node::{Entry, Node};
use crate::reference::resolve;

/// An operation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The path template, such as `/app/group/{uuid}`, with its path item.
    pub path: &'a Entry,
    /// The HTTP method in lower case, with the operation object.
    pub method: &'a Entry,
}

impl<'a> Operation<'a> {
    /// Returns every operation, in the order of the document.
    pub fn all(root: &'a Node) -> impl Iterator<Item = Self> {
        let paths = root.entries_at("paths").iter();
        let paths = paths.filter(|path| !is_extension(&path.key));
        paths.flat_map(|path| {
            let methods = path.node.entries().iter();
            methods
                .filter(|entry| is_method(&entry.key))
                .map(move |method| Self { path, method })
        })
    }

    /// Returns the operation object.
    pub fn node(&self) -> &'a Node {
        &self.method.node
    }

    /// Returns method and path template, such as `GET /app/group`.
    pub fn title(&self) -> String {
        format!("{} {}", self.method.key.to_uppercase(), self.path.key)
    }

    /// Returns the parameters of the operation and of its path item, references followed. A
    /// parameter of the operation replaces one of the path item with the same `name` and `in`.
    pub fn parameters(&self, root: &'a Node) -> Vec<&'a Node> {
        let own = self.node().items_at("parameters").iter();
        let mut parameters: Vec<&Node> = Vec::new();
        for parameter in own.chain(self.path.node.items_at("parameters")) {
            let parameter = resolve(root, parameter).unwrap_or(parameter);
            let identity = |node: &'a Node| (node.str_at("name"), node.str_at("in"));
            let is_same = |known: &&'a Node| identity(known) == identity(parameter);
            if !parameters.iter().any(is_same) {
                parameters.push(parameter);
            }
        }
        parameters
    }

    /// Returns each response, references followed, with the entry of its status.
    pub fn responses(&self, root: &'a Node) -> impl Iterator<Item = (&'a Entry, &'a Node)> {
        let responses = self.node().entries_at("responses").iter();
        responses
            .filter(|entry| !is_extension(&entry.key))
            .map(move |entry| (entry, resolve(root, &entry.node).unwrap_or(&entry.node)))
    }

    /// Returns the request body, references followed.
    pub fn request_body(&self, root: &'a Node) -> Option<&'a Node> {
        let body = self.node().get("requestBody")?;
        Some(resolve(root, body).unwrap_or(body))
    }

    /// Returns the security requirements that apply: those of the operation, or else those of the
    /// document.
    pub fn security(&self, root: &'a Node) -> Option<&'a Node> {
        let own = self.node().get("security");
        own.or_else(|| root.get("security"))
    }
}
