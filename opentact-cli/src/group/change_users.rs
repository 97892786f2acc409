//! The commands `opentact group add` and `opentact group remove`. Requests run concurrently. Finished
//! changes are skipped, so that a command that failed in part can be run again.

use std::collections::HashSet;

use futures_util::StreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use opentact_api::Client;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};
use crate::terminal::print_line;
use crate::text::printable;
use crate::{resolve, response};

/// The maximum number of concurrent requests.
const CONCURRENCY: usize = 8;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Change {
    Add,
    Remove,
}

/// A user, and the outcome of the change for this user.
struct UserChange {
    user: Uuid,
    outcome: Result<&'static str, Failure>,
}

pub(crate) async fn run(
    client: &Client,
    change: Change,
    group: &str,
    users: &[String],
    output: &Output,
) -> Result<(), Failure> {
    let group = resolve::group_uuid(client, group).await?;
    let users = resolve::user_uuids(client, users).await?;
    let members = client.list_group_users().uuid(group).send().await?;
    let members = response::payload(members, &["uuid"])?;
    let members: HashSet<_> = members.iter().filter_map(|user| user.uuid).collect();

    let bar = progress_bar(users.len(), output);
    let changes = users.iter().map(|&user| {
        let is_member = members.contains(&user);
        async move {
            let outcome = match (change, is_member) {
                (Change::Add, true) | (Change::Remove, false) => Ok("unchanged"),
                _ => change.apply(client, group, user).await,
            };
            UserChange { user, outcome }
        }
    });
    let changes: Vec<UserChange> = futures_util::stream::iter(changes)
        .buffered(CONCURRENCY)
        .inspect(|_| bar.inc(1))
        .collect()
        .await;
    bar.finish_and_clear();

    report(change, group, &changes, output)?;
    let failures: Vec<_> = changes
        .iter()
        .filter_map(|change| change.outcome.as_ref().err())
        .collect();
    if failures.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} of {} users could not be {}; run the same command again to retry only these",
        failures.len(),
        changes.len(),
        change.past_tense()
    );
    Err(Failure::combine(&failures, message))
}

impl Change {
    fn past_tense(self) -> &'static str {
        match self {
            Self::Add => "added",
            Self::Remove => "removed",
        }
    }

    async fn apply(
        self,
        client: &Client,
        group: Uuid,
        user: Uuid,
    ) -> Result<&'static str, Failure> {
        match self {
            Self::Add => {
                let add = client.add_group_user().uuid(group).sip_user_uuid(user);
                add.send().await?;
            }
            Self::Remove => {
                let remove = client.remove_group_user().uuid(group).sip_user_uuid(user);
                remove.send().await?;
            }
        }
        Ok(self.past_tense())
    }
}

fn progress_bar(users: usize, output: &Output) -> ProgressBar {
    if !output.shows_progress() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} users, {eta} left");
    let bar = ProgressBar::new(users as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn report(
    change: Change,
    group: Uuid,
    changes: &[UserChange],
    output: &Output,
) -> Result<(), Failure> {
    let done = change.past_tense();
    let mut entries = Vec::new();
    for UserChange { user, outcome } in changes {
        entries.push(match outcome {
            Ok(outcome) => json!({ "user": user, "outcome": outcome }),
            Err(failure) => {
                let message = failure.message();
                print_line(&format!("{user} was not {done}: {}", printable(message)));
                json!({ "user": user, "outcome": "failed", "message": message })
            }
        });
    }
    if !output.is_for_people() {
        let json = json!({ "group": group, "users": Value::from(entries) });
        return output.item(&OUTCOMES, json);
    }
    if output.is_quiet() {
        entries.retain(|entry| entry["outcome"] != "failed");
    }
    output.list(&OUTCOMES, entries)
}

/// The outcomes of a change of users.
const OUTCOMES: View = View {
    columns: &[
        Column::new("USER", "/user", Kind::Uuid, 0),
        Column::new("OUTCOME", "/outcome", Kind::Text, 0),
    ],
    empty: "",
};
