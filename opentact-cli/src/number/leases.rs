//! The leases that arguments name: by the number, or by the UUID of the lease.

use std::path::Path;
use std::str::FromStr;

use opentact_api::{Client, Uuid};

use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::telephone_number::NumberOrLease;

/// A number that an argument names.
pub(crate) struct Named {
    pub(crate) typed: NumberOrLease,
    /// `None` if the number is not leased.
    pub(crate) lease: Option<Uuid>,
}

/// Returns the arguments, and then the lines of a file, each once.
pub(crate) fn distinct<T>(
    arguments: Vec<T>,
    file: Option<&Path>,
    context: &Context,
) -> Result<Vec<T>, Failure>
where
    T: FromStr<Err = &'static str> + PartialEq,
{
    let mut all = arguments;
    if let Some(file) = file {
        for line in input::lines(context, file)? {
            let value = line.parse();
            all.push(value.map_err(|reason| Failure::usage(format!("`{line}`: {reason}")))?);
        }
    }
    let mut distinct = Vec::with_capacity(all.len());
    for value in all {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    match distinct.is_empty() {
        true => {
            Err(Failure::usage("no number is named")
                .with_hint("name numbers, or a file with --from"))
        }
        false => Ok(distinct),
    }
}

/// Finds the leases of numbers. If all arguments are UUIDs, no request is sent.
pub(crate) async fn find(client: &Client, typed: &[NumberOrLease]) -> Result<Vec<Named>, Failure> {
    let mut known: Vec<(i64, Uuid)> = Vec::new();
    let needs_list = |typed: &NumberOrLease| matches!(typed, NumberOrLease::Number(_));
    if typed.iter().any(needs_list) {
        let mut leases = client.search_tn_leases().take(100).stream();
        while let Some(lease) = leases.next().await {
            let lease = lease?;
            known.extend(lease.tn.map(|number| (number.tn, lease.uuid)));
        }
    }
    let named = typed.iter().map(|&typed| Named {
        typed,
        lease: match typed {
            NumberOrLease::Lease(uuid) => Some(uuid),
            NumberOrLease::Number(number) => {
                let lease = known.iter().find(|(known, _)| *known == number.0);
                lease.map(|(_, uuid)| *uuid)
            }
        },
    });
    Ok(named.collect())
}
