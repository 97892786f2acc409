//! The payload of a response, whatever its type.

use std::any::Any;

use serde::de::DeserializeOwned;

use crate::call::envelope;
use crate::call::response::Response;
use crate::error::cause::Cause;
use crate::response_value::ResponseValue;

/// A payload of any type. Only the caller of an operation knows the type, so that everything else of a call
/// is compiled once, in this crate, and not for each type in the crates that depend on it.
pub(crate) struct Payload(Box<dyn Any + Send>);

/// A function that decodes the payload of a response.
pub(crate) type Decode = fn(Response) -> Result<ResponseValue<Payload>, Cause>;

impl Payload {
    /// Decodes a payload of the type `T`.
    pub(crate) fn decode<T>(response: Response) -> Result<ResponseValue<Self>, Cause>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let value: ResponseValue<T> = envelope::decode(response)?;
        Ok(value.map(|payload| Self(Box::new(payload))))
    }

    /// Returns the payload. `T` is the type that it was decoded as.
    pub(crate) fn into_inner<T: 'static>(self) -> T {
        match self.0.downcast() {
            Ok(payload) => *payload,
            Err(_) => unreachable!("the payload was decoded as another type"),
        }
    }
}
