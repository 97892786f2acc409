//! The component schemas that a part of a spec refers to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The reference to a component schema, without its name.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// The names of component schemas.
pub(crate) type Names = BTreeSet<String>;

/// The component schemas that the operations of each page send and receive.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    pages: BTreeMap<String, Directions>,
}

/// The component schemas that are sent, and those that are received.
#[derive(Debug, Default)]
pub(crate) struct Directions {
    pub(crate) sent: Names,
    pub(crate) received: Names,
}

impl Usage {
    /// Returns the schemas of a page, to add some.
    pub(crate) fn page(&mut self, page: &str) -> &mut Directions {
        self.pages.entry(page.to_owned()).or_default()
    }

    /// Returns the schemas of all pages.
    pub(crate) fn all(&self) -> Directions {
        let pages = || self.pages.values();
        Directions {
            sent: pages().flat_map(|page| page.sent.clone()).collect(),
            received: pages().flat_map(|page| page.received.clone()).collect(),
        }
    }

    /// Returns the pages that send a schema.
    pub(crate) fn sent_by(&self, name: &str) -> BTreeSet<String> {
        self.pages_with(|page| page.sent.contains(name))
    }

    /// Returns the pages that receive a schema.
    pub(crate) fn received_by(&self, name: &str) -> BTreeSet<String> {
        self.pages_with(|page| page.received.contains(name))
    }

    fn pages_with(&self, holds: impl Fn(&Directions) -> bool) -> BTreeSet<String> {
        let pages = self.pages.iter().filter(|(_, page)| holds(page));
        pages.map(|(name, _)| name.clone()).collect()
    }

    /// Removes received schemas that become no type of their own.
    pub(crate) fn retain_received(&mut self, is_type: impl Fn(&str) -> bool) {
        for page in self.pages.values_mut() {
            page.received.retain(|name| is_type(name));
        }
    }
}

/// Adds the names of the component schemas that are reachable from a value.
pub(crate) fn reach(value: &Value, components: &Value, names: &mut Names) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get("$ref") {
                    let name = target.strip_prefix(SCHEMAS);
                    let is_new = name.is_none_or(|name| names.insert(name.to_owned()));
                    if is_new && let Some(pointer) = target.strip_prefix("#/components") {
                        waiting.extend(components.pointer(pointer));
                    }
                }
                waiting.extend(object.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
}
