//! The way of an answer, for the fuzz target in `fuzz/`: compiled with `--cfg fuzzing` only.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Body};
use crate::generated::service::operations;
use crate::{Client, Error, ResponseValue, call};

/// Reads a payload out of an answer to `list_groups`, whatever it is to be.
///
/// # Errors
/// As those of an operation.
pub fn decode<T: DeserializeOwned>(
    client: &Client,
    status: StatusCode,
    headers: HeaderMap,
    body: &[u8],
    whole: bool,
) -> Result<ResponseValue<T>, Error> {
    let answer = Answer {
        status,
        headers,
        body: Body {
            bytes: body.to_owned(),
            whole,
        },
    };
    call::decode(client, &operations::LIST_GROUPS, answer)
}
