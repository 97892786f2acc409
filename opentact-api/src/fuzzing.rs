//! The decoding of a response, for the fuzz target in `fuzz/`. It needs `--cfg fuzzing`.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::call::envelope;
use crate::call::response::{Body, Response};
use crate::client::Client;
use crate::error::Error;
use crate::generated::service::OPERATIONS;
use crate::response_value::ResponseValue;

/// Decodes a payload from a response to the first operation.
///
/// # Errors
/// Returns the errors of an operation.
pub fn decode<T: DeserializeOwned>(
    client: &Client,
    status: StatusCode,
    headers: HeaderMap,
    body: &[u8],
    is_complete: bool,
) -> Result<ResponseValue<T>, Error> {
    let response = Response {
        status,
        headers,
        body: Body {
            bytes: Bytes::copy_from_slice(body),
            is_complete,
        },
    };
    envelope::decode(response)
        .map_err(|cause| Error::new(OPERATIONS[0], cause, 1, false, &client.tokens))
}
