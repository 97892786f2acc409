//! Decodes any response: without a panic, without a secret or a line break in an error, and with
//! payloads that stay equal when they are serialised and read again. Warnings show no secret either.
//!
//! The first byte of the input selects the status. The second selects the type of the payload, and
//! whether the response is incomplete. A line with `Retry-After` and the body follow.
#![no_main]

use std::fmt::Debug;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use opentact_api::groups::{SipUser, SipUserGroup};
use opentact_api::{Client, HeaderMap, StatusCode, fuzzing};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The token. It starts with `s`, because another start could be part of an escape, such as `\t`.
const TOKEN: &str = "secret-of-the-fuzz-target";
const STATUSES: [u16; 12] = [200, 204, 400, 401, 404, 408, 409, 429, 500, 502, 503, 599];

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let client = Client::builder().ha1b_token(TOKEN).base_url("http://127.0.0.1");
    client.build().expect("a client for this machine")
});

fuzz_target!(|input: &[u8]| {
    let [status, payload, rest @ ..] = input else {
        return;
    };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let status = StatusCode::from_u16(status).expect("a status");
    let (retry_after, body) = match rest.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (&rest[..0], rest),
    };
    let mut headers = HeaderMap::new();
    if let Ok(value) = retry_after.try_into() {
        headers.insert("retry-after", value);
    }
    let whole = payload & 0x80 == 0;
    match payload % 3 {
        0 => decode::<Vec<SipUserGroup>>(status, headers, body, whole),
        1 => decode::<SipUserGroup>(status, headers, body, whole),
        _ => decode::<Vec<SipUser>>(status, headers, body, whole),
    }
});

fn decode<T>(status: StatusCode, headers: HeaderMap, body: &[u8], whole: bool)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    match fuzzing::decode::<T>(&CLIENT, status, headers, body, whole) {
        Ok(payload) => {
            assert!(status.is_success());
            let warnings = format!("{:?}", payload.warnings()).to_lowercase();
            assert!(!warnings.contains(TOKEN), "{warnings}");
            let payload = payload.into_inner();
            let json = serde_json::to_string(&payload).expect("JSON");
            let read: T = serde_json::from_str(&json).expect("the serialised payload");
            assert_eq!(payload, read);
        }
        Err(error) => {
            let line = error.to_string();
            assert!(!line.contains(char::is_control), "{line:?}");
            let shown = format!("{line} {error:?}").to_lowercase();
            assert!(!shown.contains(TOKEN), "{shown}");
        }
    }
}
