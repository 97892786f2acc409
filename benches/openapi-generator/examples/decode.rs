//! Decodes a response body as openapi-generator's client does: from a string.

#[path = "../../support/responses.rs"]
mod responses;

use std::error::Error;

use groups_client::models::SipUserListEnvelope;

fn main() -> Result<(), Box<dyn Error>> {
    responses::decode(|body| -> Result<SipUserListEnvelope, Box<dyn Error>> {
        Ok(serde_json::from_str(std::str::from_utf8(body)?)?)
    })
}
