//! The release of numbers.

use std::path::PathBuf;

use clap::Args;
use opentact_api::{Client, Uuid};

use super::leases::{distinct, find};
use super::outcomes::{Outcomes, counted};
use crate::context::Context;
use crate::failure::{Failure, NOT_FOUND};
use crate::response;
use crate::telephone_number::NumberOrLease;
use crate::terminal::{confirm, unless_interrupted, waiting};

#[derive(Args, Debug)]
pub(crate) struct ReleaseOptions {
    /// Telephone numbers with their country code, or UUIDs of leases.
    #[arg(value_name = "NUMBER")]
    numbers: Vec<NumberOrLease>,
    /// A file of numbers, one in each line. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Do not ask for confirmation.
    #[arg(long)]
    yes: bool,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: ReleaseOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    Outcomes::check(output)?;
    let numbers = distinct(options.numbers, options.from.as_deref(), context)?;
    let client = context.client()?;
    let named = waiting(output, "Loading the leases", find(&client, &numbers)).await?;
    let leased = named.iter().filter(|named| named.lease.is_some()).count();
    if leased > 0 && !options.dry_run {
        let question = format!("Release {}? Others can order them then.", counted(leased));
        confirm(&question, options.yes)?;
    }
    let mut outcomes = Outcomes::default();
    let mut is_interrupted = false;
    let mut released = 0;
    for number in &named {
        let (typed, lease) = (&number.typed, number.lease);
        let Some(uuid) = lease else {
            outcomes.skip(typed, "not leased");
            continue;
        };
        if options.dry_run {
            outcomes.add(typed, lease, "would be released");
            continue;
        }
        if is_interrupted {
            outcomes.add(typed, lease, "not done");
            continue;
        }
        let call = waiting(output, "Releasing", release(&client, uuid));
        match unless_interrupted(call).await {
            Some(Ok(())) => {
                released += 1;
                outcomes.add(typed, lease, "released");
            }
            // The command can be repeated: an earlier run has ended the lease.
            Some(Err(failure)) if failure.exit_code() == NOT_FOUND => {
                outcomes.skip(typed, "not leased");
            }
            Some(Err(failure)) => outcomes.fail(typed, lease, failure),
            None => {
                is_interrupted = true;
                outcomes.add(typed, lease, "unknown");
            }
        }
    }
    if is_interrupted {
        outcomes.print(output)?;
        let message = format!(
            "interrupted: {released} of {} released",
            counted(named.len())
        );
        let hint = "the same command is safe: it skips numbers that are not leased";
        return Err(Failure::interrupted(message).with_hint(hint));
    }
    outcomes.finish(output, "released")
}

async fn release(client: &Client, lease: Uuid) -> Result<(), Failure> {
    let released = client
        .delete_tn_lease()
        .uuid(lease.to_string())
        .send()
        .await?;
    response::payload(released, &[]).map(drop)
}
