//! Decodes an answer with serde_json straight into the fields.

#[path = "../../support/answers.rs"]
mod answers;

use std::error::Error;

use bench_by_hand::{Envelope, SipUser};

fn main() -> Result<(), Box<dyn Error>> {
    answers::decode(|body| serde_json::from_slice::<Envelope<Vec<SipUser>>>(body))
}
