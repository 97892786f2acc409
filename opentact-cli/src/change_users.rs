//! Adding and removing users, many at once. What is done already is passed over, so that a
//! command that failed in part can be repeated.

use std::collections::HashSet;

use futures_util::StreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use opentact_api::Client;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::failure::Failure;
use crate::find;
use crate::output::{Output, printable, table};

/// How many requests are under way at once.
const AT_ONCE: usize = 8;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Change {
    Add,
    Remove,
}

/// What became of one user.
struct Changed {
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
    let group = find::group(client, group).await?;
    let users = find::users(client, users).await?;
    let present = client.list_group_users().uuid(group).send().await?;
    let present: HashSet<_> = present.iter().filter_map(|user| user.uuid).collect();

    let bar = progress_bar(users.len(), output);
    let changes = users.iter().map(|user| {
        let is_present = present.contains(user);
        async move {
            let outcome = match (change, is_present) {
                (Change::Add, true) | (Change::Remove, false) => Ok("unchanged"),
                _ => change.carry_out(client, group, *user).await,
            };
            let user = *user;
            Changed { user, outcome }
        }
    });
    let changes = futures_util::stream::iter(changes)
        .buffered(AT_ONCE)
        .inspect(|_| bar.inc(1));
    let changes: Vec<Changed> = changes.collect().await;
    bar.finish_and_clear();

    report(change, group, &changes, output)?;
    let total = changes.len();
    let failures: Vec<_> = changes
        .into_iter()
        .filter_map(|one| one.outcome.err())
        .collect();
    if failures.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} of {total} users could not be {}; the same command again tries those only",
        failures.len(),
        change.done()
    );
    Err(Failure::of_several(&failures, message))
}

impl Change {
    fn done(self) -> &'static str {
        match self {
            Self::Add => "added",
            Self::Remove => "removed",
        }
    }

    async fn carry_out(
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
        Ok(self.done())
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
    changes: &[Changed],
    output: &Output,
) -> Result<(), Failure> {
    let results = changes.iter().map(|one| match &one.outcome {
        Ok(outcome) => json!({ "user": one.user, "outcome": outcome }),
        Err(failure) => {
            json!({ "user": one.user, "outcome": "failed", "message": failure.message() })
        }
    });
    let json = json!({ "group": group, "users": results.collect::<Value>() });
    for one in changes {
        if let Err(failure) = &one.outcome {
            let message = printable(failure.message());
            crate::output::note(&format!(
                "{} was not {}: {message}",
                one.user,
                change.done()
            ));
        }
    }
    let changed = changes.iter().filter(|one| one.outcome.is_ok());
    output.result(json, changed.map(|one| one.user), || {
        let rows = changes.iter().map(|one| {
            let outcome = one.outcome.as_ref().map_or("failed", |outcome| outcome);
            vec![one.user.to_string(), outcome.to_owned()]
        });
        table(&["USER", "OUTCOME"], rows)
    })
}
