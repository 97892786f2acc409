//! The `Debug` of free-form objects.

use std::fmt;

use serde_json::{Map, Value};

use crate::nullable::Nullable;

/// Shows the names in a free-form object. Its values may be credentials.
pub(crate) fn names_only<T: FreeForm>(value: &T) -> impl fmt::Debug {
    NamesOnly(value)
}

/// A free-form object, optional or nullable or not.
pub(crate) trait FreeForm {
    /// Returns the object, if there is one.
    fn object(&self) -> Option<&Map<String, Value>>;
}

impl FreeForm for Map<String, Value> {
    fn object(&self) -> Option<&Map<String, Value>> {
        Some(self)
    }
}

impl<T: FreeForm> FreeForm for Option<T> {
    fn object(&self) -> Option<&Map<String, Value>> {
        self.as_ref()?.object()
    }
}

impl<T: FreeForm> FreeForm for Nullable<T> {
    fn object(&self) -> Option<&Map<String, Value>> {
        self.as_ref()?.object()
    }
}

struct NamesOnly<'a, T>(&'a T);

impl<T: FreeForm> fmt::Debug for NamesOnly<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.object() {
            Some(object) => f.debug_set().entries(object.keys()).finish(),
            None => f.write_str("None"),
        }
    }
}
