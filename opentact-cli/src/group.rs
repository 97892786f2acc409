//! The command `opentact group`.

use opentact_api::Client;

use crate::arguments::GroupCommand;
use crate::change_users::{self, Change};
use crate::failure::Failure;
use crate::output::Output;
use crate::{resolve, response, show, terminal};

pub(crate) async fn run(
    client: &Client,
    command: GroupCommand,
    output: &Output,
) -> Result<(), Failure> {
    match command {
        GroupCommand::List => {
            let groups = response::payload(client.list_groups().send().await?, &[])?;
            if groups.is_empty() {
                output.note("You have no groups; create one with `opentact group create <name>`.");
            }
            show::groups(output, &groups)
        }
        GroupCommand::Show { group } => {
            let group = resolve::listed_group(client, &group, &["users"]).await?;
            show::details(output, &group)
        }
        GroupCommand::Create { name, users } => {
            let users = resolve::user_uuids(client, &users).await?;
            let request = client.create_group();
            let request = request.body_map(|body| body.name(name).users(users));
            show::group(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::Rename { group, name } => {
            let group = resolve::group_uuid(client, &group).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.name(name));
            show::group(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::SetUsers { group, users } => {
            let group = resolve::group_uuid(client, &group).await?;
            let users = resolve::user_uuids(client, &users).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.users(users));
            show::group(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::Delete { group, yes } => delete(client, &group, yes, output).await,
        GroupCommand::Users { group } => {
            let group = resolve::group_uuid(client, &group).await?;
            let users = client.list_group_users().uuid(group).send().await?;
            let users = response::payload(users, &[])?;
            if users.is_empty() {
                output.note("This group has no users.");
            }
            show::users(output, &users)
        }
        GroupCommand::Add { group, users } => {
            change_users::run(client, Change::Add, &group, &users, output).await
        }
        GroupCommand::Remove { group, users } => {
            change_users::run(client, Change::Remove, &group, &users, output).await
        }
    }
}

async fn delete(client: &Client, group: &str, yes: bool, output: &Output) -> Result<(), Failure> {
    let uuid = if yes {
        resolve::group_uuid(client, group).await?
    } else {
        if !terminal::is_interactive() {
            let message = "cannot ask for confirmation without a terminal; pass --yes to delete";
            return Err(Failure::usage(message));
        }
        let group = resolve::listed_group(client, group, &["users"]).await?;
        let (name, uuid, users) = (&group.name, group.uuid, group.users.len());
        let question = format!("Delete group {name} ({uuid}), users {users}? [y/N]");
        // Not `Confirm`, which leaves a terminal without a cursor when it is interrupted.
        let reply: String = dialoguer::Input::new()
            .with_prompt(terminal::printable(&question))
            .allow_empty(true)
            .interact_text()
            .map_err(|error| Failure::general(format!("nothing was deleted: {error}")))?;
        if !["y", "yes"].contains(&reply.trim().to_lowercase().as_str()) {
            return Err(Failure::general("nothing was deleted"));
        }
        uuid
    };
    let deleted = response::payload(client.delete_group().uuid(uuid).send().await?, &[])?;
    output.note(&format!("Deleted group {}.", deleted.name));
    show::group(output, &deleted)
}
