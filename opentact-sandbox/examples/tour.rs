//! A tour of the API: all eight operations, against a sandbox on a free port.
//!
//! ```console
//! $ cargo run --example tour
//! ```

use std::error::Error;
use std::io::{self, Write};

use opentact_api::groups::{SipUser, SipUserGroup};
use opentact_api::{Client, ErrorKind};
use opentact_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tour(&mut io::stdout()).await
}

/// Calls each operation, and writes the requests and their results.
pub(crate) async fn tour(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .ha1b_token(sandbox.token("alice"))
        .base_url(sandbox.url())
        .build()?;
    let user = |login: &str| {
        let unknown = format!("the sandbox has no user `{login}`");
        sandbox.uuid(login).ok_or(unknown)
    };
    let (alice, bob, carol) = (user("alice")?, user("bob")?, user("carol")?);

    writeln!(out, "\nGET /app/group")?;
    writeln!(out, "  list_groups lists the groups of alice")?;
    let groups = client.list_groups().send().await?;
    writeln!(out, "  -> {} groups", groups.len())?;

    writeln!(out, "\nPOST /app/group")?;
    writeln!(out, "  create_group creates a group with alice in it")?;
    let group = client
        .create_group()
        .body_map(|body| body.name("Sales").users(vec![alice]))
        .send()
        .await?;
    writeln!(out, "  -> {}", summary(&group))?;
    let group = group.uuid;

    writeln!(out, "\nPOST /app/group/{group}/users")?;
    writeln!(out, "  add_group_users adds bob, and could add more")?;
    let users = client
        .add_group_users()
        .uuid(group)
        .body_map(|body| body.users([bob]))
        .send()
        .await?;
    writeln!(out, "  -> {}", logins(&users))?;

    writeln!(out, "\nPATCH /app/group/{group}/users/{carol}")?;
    writeln!(out, "  add_group_user adds carol")?;
    let add = client.add_group_user().uuid(group).sip_user_uuid(carol);
    writeln!(out, "  -> {}", summary(&*add.send().await?))?;

    writeln!(out, "\nGET /app/group/{group}/users")?;
    writeln!(out, "  list_group_users lists its users")?;
    for user in client.list_group_users().uuid(group).send().await?.iter() {
        let login = user.login.as_deref().unwrap_or("no login");
        let phone = user.phone_number.as_deref().unwrap_or("no telephone");
        writeln!(out, "  -> {login}: {phone}")?;
    }

    writeln!(out, "\nPATCH /app/group/{group}")?;
    writeln!(out, "  update_group renames it and keeps its users")?;
    let update = client.update_group().uuid(group);
    let update = update.body_map(|body| body.name("Sales EMEA"));
    writeln!(out, "  -> {}", summary(&*update.send().await?))?;

    writeln!(out, "\nDELETE /app/group/{group}/users/{bob}")?;
    writeln!(out, "  remove_group_user removes bob")?;
    let remove = client.remove_group_user().uuid(group).sip_user_uuid(bob);
    writeln!(out, "  -> {}", summary(&*remove.send().await?))?;

    writeln!(out, "\nDELETE /app/group/{group}")?;
    writeln!(out, "  delete_group deletes it")?;
    let deleted = client.delete_group().uuid(group).send().await?;
    writeln!(out, "  -> {}", summary(&deleted))?;

    writeln!(out, "\nDELETE /app/group/{group}")?;
    writeln!(out, "  delete_group, once more, fails and says why")?;
    match client.delete_group().uuid(group).send().await {
        Err(error) if error.kind() == ErrorKind::NotFound => writeln!(out, "  -> {error}")?,
        other => return Err(format!("the group should be gone: {other:?}").into()),
    }

    writeln!(out, "\nGET /app/group")?;
    writeln!(out, "  list_groups lists what is left")?;
    let left = client.list_groups().send().await?.len();
    writeln!(out, "  -> {left} groups: the sandbox is as empty as before")?;
    if left > 0 {
        return Err("there are groups left".into());
    }
    sandbox.stop().await;
    Ok(())
}

fn summary(group: &SipUserGroup) -> String {
    format!("{}: {}", group.name, logins(&group.users))
}

fn logins(users: &[SipUser]) -> String {
    let logins: Vec<_> = users
        .iter()
        .filter_map(|user| user.login.as_deref())
        .collect();
    match logins.is_empty() {
        true => "nobody".to_owned(),
        false => logins.join(", "),
    }
}
