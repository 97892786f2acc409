//! The command `opentact number`.

mod assign;
mod leases;
mod order;
mod outcomes;
mod release;
mod search;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum NumberCommand {
    /// Search for telephone numbers that can be ordered.
    Search(search::SearchOptions),
    /// Order telephone numbers, which costs money.
    Order(order::OrderOptions),
    /// List the telephone numbers that you lease.
    List(search::ListOptions),
    /// Release telephone numbers: end their leases. Numbers that you do not lease are skipped.
    Release(release::ReleaseOptions),
    /// Assign telephone numbers to a SIP connection or a SIP control app.
    Assign(assign::AssignOptions),
}

pub(crate) async fn run(command: NumberCommand, context: &Context) -> Result<(), Failure> {
    match command {
        NumberCommand::Search(options) => search::run(&options, context).await,
        NumberCommand::Order(options) => order::run(options, context).await,
        NumberCommand::List(options) => search::list(&options, context).await,
        NumberCommand::Release(options) => release::run(options, context).await,
        NumberCommand::Assign(options) => assign::run(options, context).await,
    }
}
