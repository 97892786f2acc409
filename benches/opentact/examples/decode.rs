//! Decodes an answer as a call of opentact-api does, envelope and all. Compiled with `--cfg fuzzing`,
//! by which that part of a call can be reached.

#[path = "../../support/answers.rs"]
mod answers;

use std::error::Error;

#[cfg(fuzzing)]
fn main() -> Result<(), Box<dyn Error>> {
    use opentact_api::types::SipUser;
    use opentact_api::{Client, HeaderMap, StatusCode, fuzzing};

    let client = Client::builder("token")
        .base_url("http://127.0.0.1")
        .build()?;
    answers::decode(|body| {
        fuzzing::decode::<Vec<SipUser>>(&client, StatusCode::OK, HeaderMap::new(), body, true)
    })
}

#[cfg(not(fuzzing))]
fn main() -> Result<(), Box<dyn Error>> {
    let unreachable = |_: &[u8]| Err::<(), _>("compile with `--cfg fuzzing`");
    answers::decode(unreachable)
}
