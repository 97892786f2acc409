//! A tour of the API: all eight operations, against a sandbox on a free port.
//!
//! ```console
//! $ cargo run --example tour
//! ```
#![allow(clippy::print_stdout)] // a terminal program

use std::error::Error;

use opentact_api::types::{SipUser, SipUserGroup};
use opentact_api::{Client, ErrorKind};
use opentact_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder(sandbox.token("alice"))
        .base_url(sandbox.url())
        .build()?;
    let user = |login: &str| {
        let unknown = format!("the sandbox has no user `{login}`");
        sandbox.uuid(login).ok_or(unknown)
    };
    let (alice, bob, carol) = (user("alice")?, user("bob")?, user("carol")?);

    step("GET /app/group", "list_groups lists the groups of alice");
    let groups = client.list_groups().send().await?;
    println!("  -> {} groups", groups.len());

    step("POST /app/group", "create_group makes one with alice in it");
    let group = client
        .create_group()
        .body_map(|body| body.name("Sales").users(vec![alice]))
        .send()
        .await?;
    show(&group);
    let group = group.uuid;

    step(
        &format!("POST /app/group/{group}/users"),
        "add_group_users adds bob, and could add more",
    );
    let users = client
        .add_group_users()
        .uuid(group)
        .body_map(|body| body.users([bob]))
        .send()
        .await?;
    println!("  -> {}", logins(&users));

    step(
        &format!("PATCH /app/group/{group}/users/{carol}"),
        "add_group_user adds carol",
    );
    let added = client.add_group_user().uuid(group).sip_user_uuid(carol);
    show(&added.send().await?.into_inner());

    step(
        &format!("GET /app/group/{group}/users"),
        "list_group_users lists who is in it",
    );
    for user in client.list_group_users().uuid(group).send().await?.iter() {
        let phone = user.phone_number.as_deref().unwrap_or("no telephone");
        println!(
            "  -> {}: {phone}",
            user.login.as_deref().unwrap_or("nameless")
        );
    }

    step(
        &format!("PATCH /app/group/{group}"),
        "update_group renames it and keeps its users",
    );
    let renamed = client.update_group().uuid(group);
    let renamed = renamed.body_map(|body| body.name("Sales EMEA"));
    show(&renamed.send().await?.into_inner());

    step(
        &format!("DELETE /app/group/{group}/users/{bob}"),
        "remove_group_user takes bob out",
    );
    let removed = client.remove_group_user().uuid(group).sip_user_uuid(bob);
    show(&removed.send().await?.into_inner());

    let delete = format!("DELETE /app/group/{group}");
    step(&delete, "delete_group deletes it");
    show(&client.delete_group().uuid(group).send().await?.into_inner());

    step(&delete, "delete_group, once more, fails and says why");
    match client.delete_group().uuid(group).send().await {
        Err(error) if error.kind() == ErrorKind::NotFound => println!("  -> {error}"),
        other => return Err(format!("it was to be gone: {other:?}").into()),
    }

    step("GET /app/group", "list_groups lists what is left");
    let left = client.list_groups().send().await?.len();
    println!("  -> {left} groups: the sandbox is as empty as before");
    if left > 0 {
        return Err("there are groups left".into());
    }
    sandbox.stop().await;
    Ok(())
}

fn step(request: &str, what: &str) {
    println!("\n{request}\n  {what}");
}

fn show(group: &SipUserGroup) {
    println!("  -> {}: {}", group.name, logins(&group.users));
}

fn logins(users: &[SipUser]) -> String {
    let logins = users.iter().filter_map(|user| user.login.as_deref());
    let logins: Vec<_> = logins.collect();
    match logins.is_empty() {
        true => "nobody".to_owned(),
        false => logins.join(", "),
    }
}
