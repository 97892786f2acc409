//! The commands `opentact group add` and `opentact group remove`. They skip what is done already, so
//! that a command that was interrupted can be repeated.

use std::collections::{HashMap, HashSet};

use opentact_api::Client;
use opentact_api::groups::SipUser;
use serde_json::{Value, json};
use uuid::Uuid;

use super::arguments::ChangeUsers;
use super::bulk::{self, Change, Outcome, is_temporary};
use super::plan::{Member, Step};
use super::show;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, View};
use crate::resolve::{self, Directory, ResolvedGroup};
use crate::response;
use crate::terminal::{print_line, waiting};
use crate::text::printable;

/// The outcome for each user.
pub(super) const OUTCOMES: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 1),
        Column::new("USER", "/user", Kind::Text, 0),
        Column::new("OUTCOME", "/outcome", Kind::Text, 0),
        Column::on_demand("MESSAGE", "/message", Kind::Text),
    ],
    empty: "",
};

pub(super) async fn run(
    context: &Context,
    change: Change,
    arguments: ChangeUsers,
) -> Result<(), Failure> {
    let output = &context.output;
    let typed = arguments.users.some(context, "name them, or pass --from")?;
    let client = context.client()?;
    let load = load(&client, change, &arguments.group, &typed);
    let (group, users, present) = waiting(output, "Loading the group", load).await?;
    let (todo, unchanged): (Vec<_>, Vec<_>) = users
        .iter()
        .cloned()
        .partition(|user| present.contains(&user.uuid) == (change == Change::Remove));
    if arguments.dry_run.dry_run {
        return show::dry_run(context, &steps(change, &group, todo));
    }
    let outcomes = bulk::apply(&client, output, change, group.uuid, &todo).await;
    let outcomes = outcomes.map_err(|failure| match is_temporary(&failure) {
        true => repeatable(failure.about(&group.typed), change),
        false => failure.about(&group.typed),
    })?;
    let unchanged = unchanged
        .into_iter()
        .map(|user| (user.uuid, Outcome::Unchanged));
    let todo = todo.into_iter().map(|user| user.uuid).zip(outcomes);
    let mut by_uuid: HashMap<Uuid, Outcome> = unchanged.chain(todo).collect();
    let outcomes = users.into_iter().map(|user| {
        let outcome = by_uuid.remove(&user.uuid);
        (user, outcome.unwrap_or(Outcome::Unchanged))
    });
    let outcomes: Vec<_> = outcomes.collect();
    report(context, change, &group, &outcomes)?;
    conclude(change, &group, &outcomes)
}

async fn load(
    client: &Client,
    change: Change,
    group: &str,
    typed: &[String],
) -> Result<(ResolvedGroup, Vec<Member>, HashSet<Uuid>), Failure> {
    let group = resolve::group(client, group).await?;
    let present = client.list_group_users().uuid(group.uuid).send().await;
    let present = present.map_err(|error| Failure::from(error).about(&group.typed))?;
    let present = response::payload(present, &["uuid"])?;
    let users = match change {
        Change::Add => Member::typed(resolve::users(client, typed).await?),
        Change::Remove => users_to_remove(client, typed, &present).await?,
    };
    let present = present.iter().filter_map(|user| user.uuid).collect();
    Ok((group, users, present))
}

/// Resolves users against the domain, and those whom it does not have against the group.
async fn users_to_remove(
    client: &Client,
    typed: &[String],
    present: &[SipUser],
) -> Result<Vec<Member>, Failure> {
    if typed
        .iter()
        .all(|typed| resolve::uuids::parse(typed).is_some())
    {
        return Ok(Member::typed(resolve::users(client, typed).await?));
    }
    let directory = Directory::load(client).await?;
    let mut users: Vec<Member> = Vec::new();
    let mut unknown = Vec::new();
    for typed in typed {
        let user = match directory.user(typed) {
            Ok(user) => Some(user.uuid),
            Err(_) => only_member(present, typed),
        };
        match user {
            Some(uuid) if users.iter().any(|user| user.uuid == uuid) => {}
            Some(uuid) => users.push(Member {
                uuid,
                shown: typed.clone(),
            }),
            None => unknown.push(typed.clone()),
        }
    }
    // Fails, and names all of them.
    directory.users(&unknown)?;
    Ok(users)
}

/// Returns the only user of a group with this login or e-mail address.
fn only_member(present: &[SipUser], typed: &str) -> Option<Uuid> {
    let is_match = |user: &&SipUser| {
        user.login.as_deref() == Some(typed) || user.email.as_deref() == Some(typed)
    };
    let mut matches = present.iter().filter(is_match);
    let user = matches.next()?;
    user.uuid.filter(|_| matches.next().is_none())
}

fn steps(change: Change, group: &ResolvedGroup, users: Vec<Member>) -> Vec<Step> {
    if users.is_empty() {
        return Vec::new();
    }
    let (group, name) = (group.uuid, group.typed.clone());
    vec![match change {
        Change::Add => Step::Add { group, name, users },
        Change::Remove => Step::Remove { group, name, users },
    }]
}

fn report(
    context: &Context,
    change: Change,
    group: &ResolvedGroup,
    outcomes: &[(Member, Outcome)],
) -> Result<(), Failure> {
    let output = &context.output;
    if output.is_for_people() && outcomes.len() > 1 {
        for (user, outcome) in outcomes {
            if let Outcome::Failed(failure) = outcome
                && !outcome.concerns_all()
            {
                print_line(&printable(&failed(change, group, user, failure)));
            }
        }
    }
    let shown = outcomes.iter();
    // `--quiet` prints the UUIDs of users for whom the group is now as it should be.
    let shown = shown.filter(|(_, outcome)| {
        !output.is_quiet() || matches!(outcome, Outcome::Done | Outcome::Unchanged)
    });
    let items = shown.map(|(user, outcome)| {
        let mut item = json!({
            "uuid": user.uuid,
            "user": user.shown,
            "outcome": outcome.word(change),
            "group": group.uuid,
        });
        if let Some(failure) = outcome.failure() {
            item["message"] = Value::from(failure.reason());
        }
        item
    });
    output.list(&OUTCOMES, items.collect())
}

/// Returns the result of the command as a whole.
fn conclude(
    change: Change,
    group: &ResolvedGroup,
    outcomes: &[(Member, Outcome)],
) -> Result<(), Failure> {
    let all = outcomes.len();
    let count =
        |is: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, outcome)| is(outcome)).count();
    let (verb, typed) = (change.past_with_preposition(), &group.typed);
    let done = count(|outcome| matches!(outcome, Outcome::Done | Outcome::Unchanged));
    if let (Some(failure), true) = (bulk::refusal(outcomes.iter().map(|(_, o)| o)), all > 1) {
        let reason = failure.reason();
        let message = format!("{done} of {all} users are {verb} `{typed}`: {reason}");
        let is_temporary = is_temporary(failure);
        let failure = failure.clone().with_message(message);
        return Err(match is_temporary {
            true => repeatable(failure, change),
            false => failure,
        });
    }
    let unknown = count(|outcome| matches!(outcome, Outcome::Unknown));
    if unknown + count(|outcome| matches!(outcome, Outcome::NotDone)) > 0 {
        let mut message = format!("interrupted: {done} of {all} users are {verb} `{typed}`");
        if unknown > 0 {
            message += &format!(", and {unknown} may be");
        }
        return Err(repeatable(Failure::interrupted(message), change));
    }
    let mut failures = outcomes.iter();
    let failures: Vec<_> = failures
        .by_ref()
        .filter_map(|(_, outcome)| outcome.failure())
        .collect();
    if failures.is_empty() {
        return Ok(());
    }
    let message = match outcomes {
        [(user, Outcome::Failed(failure))] => failed(change, group, user, failure),
        _ => format!(
            "{} of {all} users were not {verb} `{typed}`",
            failures.len()
        ),
    };
    let failure = Failure::combine(&failures, message);
    match failures.iter().any(|failure| is_temporary(failure)) {
        true => Err(repeatable(failure, change)),
        false => Err(failure),
    }
}

fn failed(change: Change, group: &ResolvedGroup, user: &Member, failure: &Failure) -> String {
    let (verb, reason) = (change.past_with_preposition(), failure.reason());
    format!(
        "`{}` was not {verb} `{}`: {reason}",
        user.shown, group.typed
    )
}

/// Adds the hint that the command can be repeated, unless there is a hint.
fn repeatable(failure: Failure, change: Change) -> Failure {
    if failure.hint().is_some() {
        return failure;
    }
    let verb = change.past_tense();
    failure.with_hint(format!(
        "the same command again is safe: it passes over users who are {verb}"
    ))
}
