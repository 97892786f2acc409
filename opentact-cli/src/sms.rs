//! The command `opentact sms`.

mod list;
mod send;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum SmsCommand {
    /// Send an SMS from a telephone number that you lease.
    Send(send::SendOptions),
    /// List the SMS that were sent and received.
    List(list::ListOptions),
}

pub(crate) async fn run(command: SmsCommand, context: &Context) -> Result<(), Failure> {
    match command {
        SmsCommand::Send(options) => send::run(options, context).await,
        SmsCommand::List(options) => list::run(&options, context).await,
    }
}
