//! The intermediate representation: the parts of a spec that progenitor does not pass on, by the
//! names of the spec.

mod argument;
mod operation;
mod page;
mod paging;
mod schema;
mod security;
mod text;
mod value;

use openapi_tree::{Document, Node, security_schemes};

pub(crate) use self::argument::Argument;
pub(crate) use self::operation::{Operation, Source};
pub(crate) use self::page::Page;
pub(crate) use self::paging::{Paging, PagingStyle};
pub(crate) use self::schema::Schema;
pub(crate) use self::security::{SchemeKind, SecurityScheme, SignIn};
pub(crate) use self::value::Parameter;
use crate::spec::components;

/// The service, operations and schemas of a spec.
#[derive(Clone, Debug)]
pub struct Ir {
    /// The URL of the first server.
    pub(crate) base_url: String,
    /// The files of the spec, in the order of their paths.
    pub(crate) pages: Vec<Page>,
    /// The security schemes, in the order of the spec.
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// The operation that returns a token for an e-mail address and a password.
    pub(crate) sign_in: Option<SignIn>,
    /// The operations, in the order of the spec.
    pub(crate) operations: Vec<Operation>,
    /// The component schemas, in the order of the spec.
    pub(crate) schemas: Vec<Schema>,
}

impl Ir {
    /// Reads a document.
    pub(crate) fn new(document: &Document) -> Self {
        let root = &document.root;
        let server = root.descend(["servers", "0", "url"]).and_then(Node::as_str);
        let schemes = security_schemes(root).iter();
        let operations = openapi_tree::Operation::all(root);
        let schemas = components(root, "schemas").iter();
        Self {
            base_url: server.unwrap_or_default().to_owned(),
            pages: Page::all(document),
            security_schemes: schemes.clone().filter_map(SecurityScheme::new).collect(),
            sign_in: schemes.clone().find_map(SignIn::new),
            operations: operations
                .map(|node| Operation::new(document, &node))
                .collect(),
            schemas: schemas
                .map(|schema| Schema::new(document, schema))
                .collect(),
        }
    }

    /// Makes one page of all, for a comparison with a spec in other files.
    pub(crate) fn unite_pages(&mut self) {
        let name = "api";
        self.pages = vec![Page {
            stem: name.to_owned(),
            title: None,
            description: None,
        }];
        let pages = self.operations.iter_mut().map(|it| &mut it.page);
        let pages = pages.chain(self.schemas.iter_mut().map(|it| &mut it.page));
        pages.for_each(|page| name.clone_into(page));
    }
}
