//! The id that a service gives a request.

use reqwest::header::HeaderMap;

/// Returns the value of the header `x-request-id`, or `None` if the service sends none that is text.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-request-id")?.to_str().ok()
}
