//! Component schemas.

use std::collections::BTreeSet;

use openapi_tree::{Document, Entry, Node};

use super::page::page_of;
use super::text::text;
use super::value::Property;
use crate::reach::Usage;

/// A component schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    /// The page that defines it.
    pub(crate) page: String,
    /// The pages whose operations send it.
    pub(crate) sent_by: BTreeSet<String>,
    /// The pages whose operations receive it.
    pub(crate) received_by: BTreeSet<String>,
    pub(crate) description: Option<String>,
    /// The properties, in the order of the spec.
    pub(crate) properties: Vec<Property>,
    /// The values of an enumeration of strings, without `null`.
    pub(crate) values: Vec<String>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
}

impl Schema {
    /// Returns `true` if an operation sends it.
    pub(crate) fn sent(&self) -> bool {
        !self.sent_by.is_empty()
    }

    /// Returns `true` if an operation receives it.
    pub(crate) fn received(&self) -> bool {
        !self.received_by.is_empty()
    }

    pub(super) fn new(document: &Document, schema: &Entry, usage: &Usage) -> Self {
        let node = &schema.node;
        let length = |keyword| node.get(keyword)?.as_number()?.as_u64();
        let properties = node.entries_at("properties").iter();
        let properties = properties.map(|property| Property::new(&document.root, node, property));
        let values = node.items_at("enum").iter().filter_map(Node::as_str);
        Self {
            name: schema.key.clone(),
            page: page_of(document, &schema.key_span),
            sent_by: usage.sent_by(&schema.key),
            received_by: usage.received_by(&schema.key),
            description: text(node, "description"),
            properties: properties.collect(),
            values: values.map(str::to_owned).collect(),
            min_length: length("minLength"),
            max_length: length("maxLength"),
        }
    }
}
