//! The command `opentact group`.

mod change_users;

use clap::Subcommand;
use opentact_api::Client;
use opentact_api::groups::SipUserGroup;
use serde_json::Value;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Output, Section, to_json};
use crate::terminal::confirm;
use crate::views::{GROUP, GROUPS, USERS};
use crate::{resolve, response};
use change_users::Change;

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    /// List your groups.
    List,
    /// Show a group and its users.
    Show {
        /// UUID or exact name.
        group: String,
    },
    /// Create a group.
    Create {
        /// 3 to 80 characters.
        name: String,
        /// A SIP user of the new group: UUID, or login if the user is in one of your groups.
        #[arg(long = "user", value_name = "USER")]
        users: Vec<String>,
    },
    /// Rename a group.
    Rename {
        /// UUID or exact name.
        group: String,
        /// The new name, 3 to 80 characters.
        name: String,
    },
    /// Replace the users of a group. Without users, the group becomes empty.
    SetUsers {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        users: Vec<String>,
    },
    /// Delete a group. Its users stay as they are.
    Delete {
        /// UUID or exact name.
        group: String,
        /// Do not ask for confirmation.
        #[arg(long)]
        yes: bool,
    },
    /// List the users of a group.
    Users {
        /// UUID or exact name.
        group: String,
    },
    /// Add users to a group. Users already in the group are skipped.
    Add {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
    /// Remove users from a group. Users not in the group are skipped.
    Remove {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
}

pub(crate) async fn run(command: GroupCommand, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    let client = &context.client()?;
    match command {
        GroupCommand::List => {
            let groups = response::payload(client.list_groups().send().await?, &[])?;
            let groups = groups.iter().map(group_json).collect::<Result<_, _>>()?;
            output.list(&GROUPS, groups)
        }
        GroupCommand::Show { group } => {
            let group = resolve::listed_group(client, &group, &["users"]).await?;
            let users = Section {
                title: "Users",
                pointer: "/users",
                view: &USERS,
            };
            output.details(&GROUP, group_json(&group)?, &[users])
        }
        GroupCommand::Create { name, users } => {
            let users = resolve::user_uuids(client, &users).await?;
            let request = client.create_group();
            let request = request.body_map(|body| body.name(name).users(users));
            show(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::Rename { group, name } => {
            let group = resolve::group_uuid(client, &group).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.name(name));
            show(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::SetUsers { group, users } => {
            let group = resolve::group_uuid(client, &group).await?;
            let users = resolve::user_uuids(client, &users).await?;
            let request = client.update_group().uuid(group);
            let request = request.body_map(|body| body.users(users));
            show(output, &response::payload(request.send().await?, &[])?)
        }
        GroupCommand::Delete { group, yes } => delete(client, &group, yes, output).await,
        GroupCommand::Users { group } => {
            let group = resolve::group_uuid(client, &group).await?;
            let users = client.list_group_users().uuid(group).send().await?;
            let users = response::payload(users, &[])?;
            if users.is_empty() {
                output.note("This group has no users.");
            }
            let users = users.iter().map(to_json).collect::<Result<_, _>>()?;
            output.list(&USERS, users)
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
        let group = resolve::listed_group(client, group, &["users"]).await?;
        let (name, uuid, users) = (&group.name, group.uuid, group.users.len());
        confirm(
            &format!("Delete group {name} ({uuid}), users {users}?"),
            yes,
        )?;
        uuid
    };
    let deleted = response::payload(client.delete_group().uuid(uuid).send().await?, &[])?;
    output.note(&format!("Deleted group {}.", deleted.name));
    show(output, &deleted)
}

fn show(output: &Output, group: &SipUserGroup) -> Result<(), Failure> {
    output.item(&GROUPS, group_json(group)?)
}

/// Returns a group as JSON. A group without users has an empty list of users.
fn group_json(group: &SipUserGroup) -> Result<Value, Failure> {
    let mut json = to_json(group)?;
    if let Value::Object(properties) = &mut json {
        let users = properties.entry("users");
        users.or_insert_with(|| Value::Array(Vec::new()));
    }
    Ok(json)
}
