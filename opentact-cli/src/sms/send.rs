//! The sending of an SMS.

use std::path::Path;

use clap::Args;
use opentact_api::StringOrInteger;
use serde_json::json;

use super::list::SMS;
use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::output::to_json;
use crate::response;
use crate::telephone_number::TelephoneNumber;
use crate::terminal::{change, waiting};

/// The greatest number of characters of a text.
const LONGEST: usize = 918;

#[derive(Args, Debug)]
pub(crate) struct SendOptions {
    /// The telephone number of the recipient, with its country code.
    to: TelephoneNumber,
    /// The text, up to 918 characters. `-` is standard input.
    text: String,
    /// The sender: a telephone number that you lease.
    #[arg(long, value_name = "NUMBER")]
    sender: TelephoneNumber,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: SendOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&SMS)?;
    let text = match options.text.as_str() {
        "-" => input::read(context, Path::new("-"))?.trim_end().to_owned(),
        _ => options.text,
    };
    match text.chars().count() {
        0 => return Err(Failure::usage("the text is empty")),
        count if count > LONGEST => {
            let message = format!("the text has {count} characters, and {LONGEST} are allowed");
            return Err(Failure::usage(message));
        }
        _ => {}
    }
    let (from, to) = (options.sender, options.to);
    if options.dry_run {
        let plan = json!({ "from": from.to_string(), "to": to.to_string(), "message": text });
        output.note("This SMS would be sent.");
        return output.item(&SMS, plan);
    }
    let client = context.client()?;
    let request = client.send_sms();
    let request = request.body_map(|body| {
        body.from(from.0)
            .to(StringOrInteger::from(to.0))
            .message(text)
    });
    let sent = change(
        waiting(output, "Sending", request.send()),
        "opentact sms list",
    )
    .await??;
    output.item(&SMS, to_json(&response::payload(sent, &[])?)?)
}
