//! Component schemas.

use openapi_tree::{Document, Entry};

use super::page::page_of;
use super::text::text;
use super::value::Property;

/// A component schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    /// The page that defines it.
    pub(crate) page: String,
    pub(crate) description: Option<String>,
    /// The properties, in the order of the spec.
    pub(crate) properties: Vec<Property>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
}

impl Schema {
    pub(super) fn new(document: &Document, schema: &Entry) -> Self {
        let node = &schema.node;
        let length = |keyword| node.get(keyword)?.as_number()?.as_u64();
        let properties = node.entries_at("properties").iter();
        let properties = properties.map(|property| Property::new(&document.root, node, property));
        Self {
            name: schema.key.to_string(),
            page: page_of(document, &schema.key_span),
            description: text(node, "description"),
            properties: properties.collect(),
            min_length: length("minLength"),
            max_length: length("maxLength"),
        }
    }
}
