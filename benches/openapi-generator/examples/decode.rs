//! Decodes an answer as a call of openapi-generator's client does: from a string.

#[path = "../../support/answers.rs"]
mod answers;

use std::error::Error;

use groups_client::models::SipUserListEnvelope;

fn main() -> Result<(), Box<dyn Error>> {
    answers::decode(|body| -> Result<SipUserListEnvelope, Box<dyn Error>> {
        Ok(serde_json::from_str(std::str::from_utf8(body)?)?)
    })
}
