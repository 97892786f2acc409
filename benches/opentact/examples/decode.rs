//! Decodes a response body as opentact-api does, including the envelope. `--cfg fuzzing` gives access
//! to this part of a call.

#[path = "../../support/responses.rs"]
mod responses;

use std::error::Error;

#[cfg(fuzzing)]
fn main() -> Result<(), Box<dyn Error>> {
    use opentact_api::groups::SipUser;
    use opentact_api::{Client, HeaderMap, StatusCode, fuzzing};

    let client = Client::builder().ha1b_token("token")
        .base_url("http://127.0.0.1")
        .build()?;
    responses::decode(|body| {
        fuzzing::decode::<Vec<SipUser>>(&client, StatusCode::OK, HeaderMap::new(), body, true)
    })
}

#[cfg(not(fuzzing))]
fn main() -> Result<(), Box<dyn Error>> {
    let unreachable = |_: &[u8]| Err::<(), _>("compile with `--cfg fuzzing`");
    responses::decode(unreachable)
}
