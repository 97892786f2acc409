//! The payload of a success response, with its status and headers.

pub(crate) mod warning;

use std::fmt;
use std::ops::{Deref, DerefMut};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::request_id::request_id;
use crate::response_value::warning::Warning;

/// The payload of a success response, with its status and headers.
///
/// It dereferences to the payload. `Debug` shows the payload and the status; headers may contain
/// secrets.
///
/// ```
/// use opentact_api::{HeaderMap, ResponseValue, StatusCode};
///
/// // In tests of your own code:
/// let users = ResponseValue::new(vec!["alice", "bob"], StatusCode::OK, HeaderMap::new());
/// assert_eq!(users.len(), 2);
/// assert_eq!(users.into_inner(), ["alice", "bob"]);
/// ```
#[derive(Clone)]
pub struct ResponseValue<T> {
    payload: T,
    parts: ResponseParts,
}

/// Everything in a [`ResponseValue`] except its payload.
#[derive(Clone)]
#[non_exhaustive]
pub struct ResponseParts {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The values that could not be read: see [`ResponseValue::warnings`].
    pub warnings: Vec<Warning>,
}

impl<T> ResponseValue<T> {
    /// Creates a value without warnings, for tests.
    pub fn new(payload: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self::with_warnings(payload, status, headers, Vec::new())
    }

    pub(crate) fn with_warnings(
        payload: T,
        status: StatusCode,
        headers: HeaderMap,
        warnings: Vec<Warning>,
    ) -> Self {
        Self {
            payload,
            parts: ResponseParts {
                status,
                headers,
                warnings,
            },
        }
    }

    /// Returns the payload.
    pub fn into_inner(self) -> T {
        self.payload
    }

    /// Returns the payload, and everything else.
    pub fn into_parts(self) -> (T, ResponseParts) {
        (self.payload, self.parts)
    }

    /// Returns the result of a function of the payload, with the same status, headers and warnings.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            payload: f(self.payload),
            parts: self.parts,
        }
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Returns the header `X-Request-Id`, which identifies the response in a support ticket. It is as the
    /// service sent it. Returns `None` if the service does not send one, or if it is not ASCII.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.parts.headers)
    }

    /// Returns the optional properties that could not be read, in the order of the response: at most the
    /// first 1000. Each is absent from the payload, and the other values are complete.
    ///
    /// A property that is not required is left out if its value does not fit: a date-time or UUID of
    /// another form, a number out of range, a string with an invalid escape, another kind of value. So
    /// one bad value does not make a list of a thousand good objects unreadable. A bad value of a
    /// required property is an error
    /// ([`ErrorKind::UndecodableResponse`](crate::ErrorKind::UndecodableResponse)).
    ///
    /// If anything in a response cannot be read, objects of the spec within one another are read up to a
    /// depth of 42, the response itself included. An optional property with a deeper one is left out.
    ///
    /// Before you act on an absent value or an empty list, such as deleting what is not in it, check
    /// that there is no warning.
    pub fn warnings(&self) -> &[Warning] {
        &self.parts.warnings
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.payload
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.payload
    }
}

impl<T: fmt::Debug> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue")
            .field("payload", &self.payload)
            .field("status", &self.parts.status)
            .field("warnings", &self.parts.warnings)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ResponseParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseParts")
            .field("status", &self.status)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}
