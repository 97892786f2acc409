//! The input of an operation.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::credentials::Caller;
use crate::response::{ErrorResponse, Result};

/// The input of an operation, checked against the spec.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) caller: Caller,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Map<String, Value>,
    pub(crate) body: Value,
    /// The names of the properties of the body in the spec.
    pub(crate) known: Vec<String>,
}

impl Input {
    pub(crate) fn uuid(&self, name: &str) -> Result<Uuid> {
        let mut parameters = self.path.iter();
        parameters
            .find(|(known, _)| known == name)
            .and_then(|(_, value)| Uuid::try_parse(value).ok())
            .ok_or_else(|| ErrorResponse::bad_request(format!("`{name}` is not a UUID")))
    }

    pub(crate) fn first_parameter(&self) -> &str {
        self.path.first().map_or("", |(_, value)| value.as_str())
    }

    pub(crate) fn last_parameter(&self) -> &str {
        self.path.last().map_or("", |(_, value)| value.as_str())
    }

    /// Returns the properties of the body that the spec has.
    pub(crate) fn properties(&self) -> Map<String, Value> {
        let properties = self.body.as_object().into_iter().flatten();
        properties
            .filter(|(name, _)| self.known.contains(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(&self.body)
            .map_err(|_| ErrorResponse::bad_request("the body does not match the spec"))
    }
}
