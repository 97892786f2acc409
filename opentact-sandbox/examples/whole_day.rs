//! The work of a day, against a sandbox on a free port: signs in, finds SIP users by their first names
//! and makes a group of them, orders a telephone number, assigns it to a SIP connection, sends an SMS to
//! each user, and reads the log of messages page by page.
//!
//! ```console
//! $ cargo run --example whole_day
//! ```

use std::error::Error;
use std::io::{self, Write};

use futures_util::TryStreamExt;
use opentact_api::common::SearchOrder;
use opentact_api::numbers::{CreateTnOrderItem, TnFeature, TnLease};
use opentact_api::sip_domains::SipUserDetails;
use opentact_api::{Client, Uuid};
use opentact_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    whole_day(&mut io::stdout()).await
}

/// Does the work, and writes the results.
pub(crate) async fn whole_day(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    // A SIP user owns the group. An account user orders the number and sends the messages. The client
    // signs in when it first needs the token of the account user.
    let client = Client::builder()
        .ha1b_token(sandbox.token("alice"))
        .sign_in(sandbox.email(), sandbox.password())
        .base_url(sandbox.url())
        .build()?;

    let members = create_group(&client, "Sales", &["Alice", "Bob", "Carol"]).await?;
    writeln!(out, "group Sales: {} users", members.len())?;

    let lease = order_number(&client).await?;
    let tn = lease.tn.as_ref().ok_or("the lease has no number")?.tn;
    writeln!(out, "number {tn}: ordered")?;

    assign(&client, lease.uuid).await?;
    writeln!(out, "number {tn}: assigned to a SIP connection")?;

    for phone_number in members.iter().filter_map(|it| it.phone_number.as_deref()) {
        let message = format!("You are now in the group Sales. Its number is +{tn}.");
        let request = client.send_sms();
        let request = request.body_map(|body| body.from(tn).to(phone_number).message(message));
        request.send().await?;
        writeln!(out, "SMS to {phone_number}: sent")?;
    }

    // The stream requests a page of two messages when it needs the next one.
    let search = client.search_outbound_sms().take(2);
    let newest_first = [("created_on".to_owned(), SearchOrder::Desc)];
    let search = search.body_map(|body| body.tn(tn).order(newest_first));
    let mut log = search.stream();
    while let Some(sms) = log.try_next().await? {
        let to = sms.to.ok_or("a message has no recipient")?;
        let state = sms.state.ok_or("a message has no state")?;
        writeln!(out, "log: SMS to {to} is {state}")?;
    }
    Ok(())
}

/// Creates a group of the SIP users who have one of these first names.
async fn create_group(
    client: &Client,
    name: &str,
    names: &[&str],
) -> Result<Vec<SipUserDetails>, Box<dyn Error>> {
    let mut members = client.list_same_domain_users().send().await?.into_inner();
    let is_wanted = |first_name: &str| names.contains(&first_name);
    members.retain(|user| user.first_name.as_deref().is_some_and(is_wanted));

    let users: Vec<Uuid> = members.iter().map(|user| user.uuid).collect();
    let request = client.create_group();
    let request = request.body_map(|body| body.name(name).users(users));
    request.send().await?;
    Ok(members)
}

/// Orders the first number that is free, and returns its lease.
async fn order_number(client: &Client) -> Result<TnLease, Box<dyn Error>> {
    let search = client.search_telephone_numbers().size(1);
    let search = search.body_map(|body| body.pattern("202555%%%%"));
    let page = search.send().await?;
    let tn = page.data.first().ok_or("no number is free")?.tn;

    let item = CreateTnOrderItem::builder()
        .tn(tn)
        .features([TnFeature::Voice, TnFeature::Sms])
        .autorenew(true)
        .build()?;
    let request = client.create_tn_order();
    request.body_map(|body| body.items([item])).send().await?;

    let search = client.search_tn_leases().take(1);
    let search = search.body_map(|body| body.tn(tn.to_string()));
    let mut page = search.send().await?.into_inner();
    let lease = page.data.pop();
    Ok(lease.ok_or("the order has led to no lease so far")?)
}

/// Assigns a lease to the first SIP connection.
async fn assign(client: &Client, lease: Uuid) -> Result<(), Box<dyn Error>> {
    let connections = client.list_sip_connections().send().await?;
    let connection = connections.first().ok_or("there is no SIP connection")?;
    let request = client.assign_sip_connection_tn_leases();
    let request = request.uuid(connection.uuid);
    request.body_map(|body| body.add([lease])).send().await?;
    Ok(())
}
