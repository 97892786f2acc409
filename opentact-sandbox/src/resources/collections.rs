//! The resources of all kinds, as JSON objects.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::resources::table::Kind;
use crate::response::{ErrorResponse, Result};

/// A resource: its properties as they are kept. A reference to another resource is its key.
pub(crate) type Object = Map<String, Value>;

/// The resources of each kind by key, in the order of their creation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collections(HashMap<&'static str, IndexMap<String, Object>>);

impl Collections {
    /// Returns the resources of a section with their keys, the oldest first.
    pub(crate) fn all(&self, section: &str) -> impl DoubleEndedIterator<Item = (&str, &Object)> {
        let all = self.0.get(section).into_iter().flatten();
        all.map(|(key, object)| (key.as_str(), object))
    }

    pub(crate) fn get(&self, section: &str, key: &str) -> Option<&Object> {
        self.0.get(section)?.get(key)
    }

    /// Returns the resource with a key, or a 404.
    pub(crate) fn existing(&self, kind: &Kind, key: &str) -> Result<&Object> {
        self.get(kind.section, key).ok_or_else(|| no_such(kind))
    }

    /// Returns the first resource that has this value of a property.
    pub(crate) fn find(&self, section: &str, name: &str, value: &Value) -> Option<(&str, &Object)> {
        let mut all = self.all(section);
        all.find(|(_, object)| object.get(name) == Some(value))
    }

    pub(crate) fn insert(&mut self, section: &'static str, key: String, object: Object) {
        self.0.entry(section).or_default().insert(key, object);
    }

    pub(crate) fn remove(&mut self, section: &str, key: &str) {
        if let Some(objects) = self.0.get_mut(section) {
            objects.shift_remove(key);
        }
    }

    pub(crate) fn retain(&mut self, section: &str, mut keep: impl FnMut(&mut Object) -> bool) {
        if let Some(objects) = self.0.get_mut(section) {
            objects.retain(|_, object| keep(object));
        }
    }

    pub(crate) fn clear(&mut self, section: &str) {
        self.0.remove(section);
    }
}

/// Returns a property of a resource as text. If it is not a text, returns an empty one.
pub(crate) fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the 404 for a resource that does not exist.
pub(crate) fn no_such(kind: &Kind) -> ErrorResponse {
    ErrorResponse::not_found(format!("there is no such {}", kind.noun))
}
