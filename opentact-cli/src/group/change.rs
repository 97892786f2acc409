//! The commands that change a group as a whole: create, rename, set-users and delete.

use std::path::PathBuf;

use super::arguments::SetUsers;
use super::plan::{Member, Step, counted, member_steps, name_fault};
use super::show;
use super::user_list::UserList;
use crate::context::Context;
use crate::failure::Failure;
use crate::terminal::{change, confirm, needs_yes, waiting};
use crate::{resolve, response};

pub(super) async fn create(
    context: &Context,
    name: String,
    users: Vec<String>,
    from: Option<PathBuf>,
    dry_run: bool,
) -> Result<(), Failure> {
    check_name(&name)?;
    let typed = UserList { users, from }.any(context)?;
    let client = context.client()?;
    let resolved = resolve::users(&client, &typed);
    let users = waiting(&context.output, "Loading the users", resolved).await?;
    let users = Member::typed(users);
    if dry_run {
        return show::dry_run(context, &[Step::Create { name, users }]);
    }
    let users: Vec<_> = users.iter().map(|user| user.uuid).collect();
    let request = client.create_group();
    let request = request.body_map(|body| body.name(name).users(users)).send();
    let request = waiting(&context.output, "Creating the group", request);
    let created = change(request, "opentact group list").await??;
    show::group(context, &response::payload(created, &[])?)
}

pub(super) async fn rename(
    context: &Context,
    typed: &str,
    new_name: String,
    dry_run: bool,
) -> Result<(), Failure> {
    check_name(&new_name)?;
    let client = context.client()?;
    let group = resolve::group(&client, typed);
    let group = waiting(&context.output, "Loading the group", group).await?;
    if dry_run {
        let (group, name) = (group.uuid, group.typed);
        let step = Step::Rename {
            group,
            name,
            new_name,
        };
        return show::dry_run(context, &[step]);
    }
    let request = client.update_group().uuid(group.uuid);
    let request = request.body_map(|body| body.name(new_name)).send();
    let request = waiting(&context.output, "Renaming the group", request);
    let renamed = change(request, "opentact group list").await?;
    let renamed = renamed.map_err(|error| Failure::from(error).about(typed))?;
    show::group(context, &response::payload(renamed, &[])?)
}

pub(super) async fn set_users(context: &Context, arguments: SetUsers) -> Result<(), Failure> {
    let (yes, dry_run) = (arguments.yes.yes, arguments.dry_run.dry_run);
    let typed = match arguments.empty {
        true => Vec::new(),
        false => {
            let users = arguments.users;
            users.some(context, "pass --empty to remove everybody from the group")?
        }
    };
    let client = context.client()?;
    let load = async {
        let group = resolve::listed_group(&client, &arguments.group, &["users", "uuid"]).await?;
        let users = Member::typed(resolve::users(&client, &typed).await?);
        Ok::<_, Failure>((group, users))
    };
    let (group, users) = waiting(&context.output, "Loading the group", load).await?;
    let present = Member::present(&group.users);
    if present.len() != group.users.len() {
        return Err(Failure::general(format!(
            "the service does not tell the UUIDs of all users of `{}`, so they cannot be replaced",
            group.name
        )));
    }
    let (add, remove) = member_steps(group.uuid, &group.name, &present, &users);
    let (come, go) = (count(add.as_ref()), count(remove.as_ref()));
    let steps: Vec<_> = add.into_iter().chain(remove).collect();
    if dry_run {
        return show::dry_run(context, &steps);
    }
    if steps.is_empty() {
        context.output.note("The group has these users already.");
        return show::group(context, &group);
    }
    match yes {
        true => steps
            .iter()
            .for_each(|step| context.output.note(&step.line())),
        false => show::plan(context, &steps),
    }
    let comes = if come == 1 { "comes" } else { "come" };
    let goes = if go == 1 { "goes" } else { "go" };
    let name = &group.name;
    let question = format!("Change the users of `{name}` ({come} {comes}, {go} {goes})?");
    show::confirm_plan(&question, yes)?;
    let users: Vec<_> = users.iter().map(|user| user.uuid).collect();
    let request = client.update_group().uuid(group.uuid);
    let request = request.body_map(|body| body.users(users)).send();
    let request = waiting(&context.output, "Replacing the users", request);
    let check = format!("opentact group users {}", group.uuid);
    let changed = change(request, &check).await?;
    let changed = changed.map_err(|error| Failure::from(error).about(&arguments.group))?;
    show::group(context, &response::payload(changed, &[])?)
}

pub(super) async fn delete(
    context: &Context,
    typed: &str,
    yes: bool,
    dry_run: bool,
) -> Result<(), Failure> {
    needs_yes(yes || dry_run)?;
    let client = context.client()?;
    let uuid = if yes && !dry_run {
        resolve::group(&client, typed).await?.uuid
    } else {
        let group = resolve::listed_group(&client, typed, &["users"]);
        let group = waiting(&context.output, "Loading the group", group).await?;
        let (name, group, users) = (group.name, group.uuid, group.users.len());
        if dry_run {
            return show::dry_run(context, &[Step::Delete { group, name, users }]);
        }
        let users = counted(users);
        confirm(
            &format!("Delete `{name}` ({group}), which has {users}?"),
            yes,
        )?;
        group
    };
    let request = client.delete_group().uuid(uuid).send();
    let request = waiting(&context.output, "Deleting the group", request);
    let deleted = change(request, "opentact group list").await?;
    let deleted = deleted.map_err(|error| Failure::from(error).about(typed))?;
    let deleted = response::payload(deleted, &[])?;
    context
        .output
        .note(&format!("Deleted group {}.", deleted.name));
    show::group(context, &deleted)
}

/// Returns the number of users of a step.
fn count(step: Option<&Step>) -> usize {
    match step {
        Some(Step::Add { users, .. } | Step::Remove { users, .. }) => users.len(),
        _ => 0,
    }
}

fn check_name(name: &str) -> Result<(), Failure> {
    match name_fault(name) {
        Some(fault) => Err(Failure::usage(fault)),
        None => Ok(()),
    }
}
