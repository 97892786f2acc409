//! Decodes a response body with serde_json, directly into the fields.

#[path = "../../support/responses.rs"]
mod responses;

use std::error::Error;

use bench_by_hand::{Envelope, SipUser};

fn main() -> Result<(), Box<dyn Error>> {
    responses::decode(|body| serde_json::from_slice::<Envelope<Vec<SipUser>>>(body))
}
