//! The command `opentact group`.

mod arguments;
mod bulk;
mod change;
mod change_users;
mod plan;
mod show;
mod sync;
mod user_list;

pub(crate) use arguments::GroupCommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::View;
use crate::terminal::waiting;
use crate::{resolve, response, views};
use arguments::{ChangeUsers, SetUsers};
use bulk::Change;

pub(crate) async fn run(command: GroupCommand, context: &Context) -> Result<(), Failure> {
    if let Some(view) = view(&command) {
        context.output.check(view)?;
    }
    match command {
        GroupCommand::List => list(context).await,
        GroupCommand::Show { group } => {
            let client = context.client()?;
            let group = resolve::listed_group(&client, &group, &["users"]);
            let group = waiting(&context.output, "Loading the group", group).await?;
            show::details(context, &group)
        }
        GroupCommand::Create {
            name,
            users,
            from,
            dry_run,
        } => change::create(context, name, users, from, dry_run.dry_run).await,
        GroupCommand::Rename {
            group,
            name,
            dry_run,
        } => change::rename(context, &group, name, dry_run.dry_run).await,
        GroupCommand::SetUsers(arguments) => change::set_users(context, arguments).await,
        GroupCommand::Delete {
            group,
            yes,
            dry_run,
        } => change::delete(context, &group, yes.yes, dry_run.dry_run).await,
        GroupCommand::Users { group } => users(context, &group).await,
        GroupCommand::Add(arguments) => change_users::run(context, Change::Add, arguments).await,
        GroupCommand::Remove(arguments) => {
            change_users::run(context, Change::Remove, arguments).await
        }
        GroupCommand::Sync(options) => sync::run(context, options).await,
        GroupCommand::Export => sync::export(context).await,
    }
}

/// Returns the columns of the result, to check `--columns` before anything is asked or changed.
fn view(command: &GroupCommand) -> Option<&'static View> {
    let (dry_run, view) = match command {
        GroupCommand::List => return Some(&views::GROUPS),
        GroupCommand::Show { .. } => return Some(&views::GROUP),
        GroupCommand::Users { .. } => return Some(&views::USERS),
        GroupCommand::Sync(_) => return Some(&show::STEPS),
        GroupCommand::Export => return None,
        GroupCommand::Create { dry_run, .. }
        | GroupCommand::Rename { dry_run, .. }
        | GroupCommand::Delete { dry_run, .. }
        | GroupCommand::SetUsers(SetUsers { dry_run, .. }) => (dry_run, &views::GROUPS),
        GroupCommand::Add(ChangeUsers { dry_run, .. })
        | GroupCommand::Remove(ChangeUsers { dry_run, .. }) => (dry_run, &change_users::OUTCOMES),
    };
    Some(match dry_run.dry_run {
        true => &show::STEPS,
        false => view,
    })
}

async fn list(context: &Context) -> Result<(), Failure> {
    let client = context.client()?;
    let groups = client.list_groups().send();
    let groups = waiting(&context.output, "Loading the groups", groups).await?;
    show::groups(context, &response::payload(groups, &[])?)
}

async fn users(context: &Context, group: &str) -> Result<(), Failure> {
    let client = context.client()?;
    let load = async {
        let group = resolve::group(&client, group).await?;
        let users = client.list_group_users().uuid(group.uuid).send().await;
        users.map_err(|error| Failure::from(error).about(&group.typed))
    };
    let users = waiting(&context.output, "Loading the users", load).await?;
    show::users(context, &response::payload(users, &[])?)
}
