//! `opentact group …`

use std::io::IsTerminal as _;

use opentact_api::Client;

use crate::arguments::GroupCommand;
use crate::change_users::{self, Change};
use crate::failure::Failure;
use crate::output::Output;
use crate::{find, show};

pub(crate) async fn run(
    client: &Client,
    command: GroupCommand,
    output: &Output,
) -> Result<(), Failure> {
    match command {
        GroupCommand::List => {
            let groups = client.list_groups().send().await?;
            if groups.is_empty() {
                output.note("You have no groups; `opentact group create <name>` makes one.");
            }
            show::groups(output, &groups)
        }
        GroupCommand::Show { group } => {
            show::details(output, &find::listed_group(client, &group).await?)
        }
        GroupCommand::Create { name, users } => {
            let users = find::users(client, &users).await?;
            let request = client.create_group();
            let request = request.body_map(|body| body.name(name).users(users));
            show::group(output, &request.send().await?.into_inner())
        }
        GroupCommand::Rename { group, name } => {
            let group = find::group(client, &group).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.name(name));
            show::group(output, &request.send().await?.into_inner())
        }
        GroupCommand::SetUsers { group, users } => {
            let group = find::group(client, &group).await?;
            let users = find::users(client, &users).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.users(users));
            show::group(output, &request.send().await?.into_inner())
        }
        GroupCommand::Delete { group, yes } => delete(client, &group, yes, output).await,
        GroupCommand::Users { group } => {
            let group = find::group(client, &group).await?;
            let users = client.list_group_users().uuid(group).send().await?;
            if users.is_empty() {
                output.note("Nobody is in this group.");
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
        find::group(client, group).await?
    } else {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            let message = "there is nobody to ask whether to delete it; say --yes";
            return Err(Failure::usage(message));
        }
        let group = find::listed_group(client, group).await?;
        let (name, uuid, users) = (&group.name, group.uuid, group.users.len());
        let question = format!("Delete group {name} ({uuid}), users {users}? [y/N]");
        // Not `Confirm`, which leaves a terminal without a cursor when it is interrupted.
        let answer: String = dialoguer::Input::new()
            .with_prompt(crate::output::printable(&question))
            .allow_empty(true)
            .interact_text()
            .map_err(|error| Failure::refused(format!("nothing was deleted: {error}")))?;
        if !["y", "yes"].contains(&answer.trim().to_lowercase().as_str()) {
            return Err(Failure::refused("nothing was deleted"));
        }
        uuid
    };
    let deleted = client.delete_group().uuid(uuid).send().await?.into_inner();
    output.note(&format!("Deleted group {}.", deleted.name));
    show::group(output, &deleted)
}
