//! The assignment of numbers to SIP connections and SIP control apps.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use opentact_api::{Client, Uuid};

use super::leases::{distinct, find};
use super::outcomes::Outcomes;
use crate::context::Context;
use crate::failure::Failure;
use crate::resolve::suggest::suggestion;
use crate::telephone_number::NumberOrLease;
use crate::terminal::{change, waiting};

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("target").args(["connection", "app"]).required(true))]
pub(crate) struct AssignOptions {
    /// Telephone numbers with their country code, or UUIDs of leases.
    #[arg(value_name = "NUMBER")]
    numbers: Vec<NumberOrLease>,
    /// A file of numbers, one in each line. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The SIP connection: name or UUID.
    #[arg(long)]
    connection: Option<String>,
    /// The SIP control app: name or UUID.
    #[arg(long)]
    app: Option<String>,
    /// Take the numbers away instead.
    #[arg(long)]
    remove: bool,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: AssignOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    Outcomes::check(output)?;
    let numbers = distinct(options.numbers, options.from.as_deref(), context)?;
    let client = context.client()?;
    let load = async {
        let target = match (&options.connection, &options.app) {
            (Some(connection), _) => connection_uuid(&client, connection).await?,
            (None, Some(app)) => app_uuid(&client, app).await?,
            (None, None) => return Err(Failure::usage("name a connection or an app")),
        };
        Ok((target, find(&client, &numbers).await?))
    };
    let (target, named) = waiting(output, "Loading the leases", load).await?;
    let unknown: Vec<String> = named
        .iter()
        .filter(|named| named.lease.is_none())
        .map(|named| named.typed.to_string())
        .collect();
    if !unknown.is_empty() {
        let message = format!("you do not lease {}", unknown.join(", "));
        return Err(
            Failure::not_found(message).with_hint("`opentact number list` lists your numbers")
        );
    }
    let leases: Vec<Uuid> = named.iter().filter_map(|named| named.lease).collect();
    let outcome = match (options.dry_run, options.remove) {
        (true, false) => "would be assigned",
        (true, true) => "would be taken away",
        (false, false) => "assigned",
        (false, true) => "taken away",
    };
    if !options.dry_run {
        let call = assign(
            &client,
            target,
            options.app.is_some(),
            leases,
            options.remove,
        );
        change(waiting(output, "Assigning", call), "opentact number list").await??;
    }
    let mut outcomes = Outcomes::default();
    for number in &named {
        outcomes.add(&number.typed, number.lease, outcome);
    }
    outcomes.print(output)
}

/// Assigns leases, or takes them away, with one request for all.
async fn assign(
    client: &Client,
    target: Uuid,
    is_app: bool,
    leases: Vec<Uuid>,
    remove: bool,
) -> Result<(), Failure> {
    let body = |body: opentact_api::common::builder::AssignTnLeasesRequest| match remove {
        true => body.remove(leases),
        false => body.add(leases),
    };
    match is_app {
        true => {
            let request = client.assign_sip_control_app_tn_leases().uuid(target);
            request.body_map(body).send().await?;
        }
        false => {
            let request = client.assign_sip_connection_tn_leases().uuid(target);
            request.body_map(body).send().await?;
        }
    }
    Ok(())
}

pub(super) async fn connection_uuid(client: &Client, typed: &str) -> Result<Uuid, Failure> {
    if let Ok(uuid) = Uuid::try_parse(typed) {
        return Ok(uuid);
    }
    let connections = client.list_sip_connections().send().await?.into_inner();
    let named = connections.into_iter().map(|it| (it.uuid, it.name));
    named_uuid(typed, "SIP connection", named)
}

pub(super) async fn app_uuid(client: &Client, typed: &str) -> Result<Uuid, Failure> {
    if let Ok(uuid) = Uuid::try_parse(typed) {
        return Ok(uuid);
    }
    let apps = client.list_sip_control_apps().send().await?.into_inner();
    named_uuid(
        typed,
        "SIP control app",
        apps.into_iter().map(|it| (it.uuid, it.name)),
    )
}

/// Returns the UUID of the only thing of a name: the exact one, or else the same without case.
fn named_uuid(
    typed: &str,
    what: &str,
    named: impl Iterator<Item = (Uuid, Option<String>)>,
) -> Result<Uuid, Failure> {
    let named: Vec<(Uuid, String)> = named
        .filter_map(|(uuid, name)| Some((uuid, name?)))
        .collect();
    let exact = named.iter().filter(|(_, name)| name == typed);
    let mut found: Vec<Uuid> = exact.map(|(uuid, _)| *uuid).collect();
    if found.is_empty() {
        let lower = typed.to_lowercase();
        let same = named
            .iter()
            .filter(|(_, name)| name.to_lowercase() == lower);
        found = same.map(|(uuid, _)| *uuid).collect();
    }
    match found[..] {
        [uuid] => Ok(uuid),
        [] => {
            let near = suggestion(typed, named.iter().map(|(_, name)| name.as_str()));
            Err(Failure::not_found(format!(
                "there is no {what} `{typed}`{near}"
            )))
        }
        _ => {
            let message = format!("{} of your {what}s have the name `{typed}`", found.len());
            Err(Failure::usage(message).with_hint("use a UUID instead"))
        }
    }
}
