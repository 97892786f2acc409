//! The request that failed, for messages of programs with words of their own.

use std::sync::Arc;

use crate::error::Error;

impl Error {
    /// Returns the HTTP method of the operation, such as `GET`.
    pub fn method(&self) -> &'static str {
        self.0.operation.method
    }

    /// Returns the path template of the operation, such as `/app/group/{uuid}`, without the path of the
    /// base URL.
    pub fn path_template(&self) -> &'static str {
        self.0.operation.path
    }

    /// Returns the base URL of the client, or `None` if the call ended before its first attempt.
    pub fn base_url(&self) -> Option<&str> {
        self.0.base_url.as_deref()
    }

    /// Adds the base URL of the client, unless others have a clone of the error already.
    pub(crate) fn with_base_url(mut self, base_url: &Arc<str>) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.base_url = Some(Arc::clone(base_url));
        }
        self
    }
}
