//! Paging: the parameters that choose a page, and the properties that hold its items.

use openapi_tree::{Node, Operation, reference};

use crate::spec::payload_property;

/// The paging of an operation: `x-paging`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Paging {
    /// The meaning of `position`.
    pub(crate) style: PagingStyle,
    /// The query parameter for the most items of a page.
    pub(crate) limit: String,
    /// The query parameter for the position of the page.
    pub(crate) position: String,
    /// The property of the payload that holds the items.
    pub(crate) items: String,
    /// The property of the payload that holds the number of all items.
    pub(crate) total: String,
    /// The name of the component schema that the items refer to.
    pub(crate) item_type: Option<String>,
}

/// The meaning of the position of a page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PagingStyle {
    /// The number of items before the page, from 0.
    Offset,
    /// The number of the page, from 1.
    Page,
}

impl Paging {
    /// Returns the paging of an operation, or `None` if its list comes as a whole.
    pub(super) fn new(root: &Node, operation: &Operation<'_>) -> Option<Self> {
        let paging = operation.node().get("x-paging")?;
        let name = |key| paging.str_at(key).map(str::to_owned);
        let items = name("items")?;
        let schema = payload_property(root, operation, &items);
        let item = schema.and_then(|schema| reference(schema.get("items")?));
        let item = item.and_then(|reference| reference.rsplit('/').next());
        Some(Self {
            style: PagingStyle::new(paging.str_at("style")?)?,
            limit: name("limit")?,
            position: name("position")?,
            total: name("total")?,
            item_type: item.map(str::to_owned),
            items,
        })
    }
}

impl PagingStyle {
    /// Returns the style with this name.
    pub(crate) fn new(name: &str) -> Option<Self> {
        match name {
            "offset" => Some(Self::Offset),
            "page" => Some(Self::Page),
            _ => None,
        }
    }
}
