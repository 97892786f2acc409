//! Many users at once: one request adds all, and one for each removes them.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use indicatif::{ProgressBar, ProgressStyle};
use opentact_api::Client;
use uuid::Uuid;

use super::plan::Member;
use crate::failure::Failure;
use crate::output::Output;
use crate::terminal::{pressed, unless_interrupted, waiting};

/// The maximum number of concurrent requests.
const CONCURRENCY: usize = 8;

/// The time for requests that are under way when the user presses Ctrl-C.
const GRACE_PERIOD: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// The outcome of a change for one user.
#[derive(Debug)]
pub(super) enum Outcome {
    Done,
    /// There was nothing to change.
    Unchanged,
    Failed(Failure),
    /// The request was sent, and Ctrl-C came before the response.
    Unknown,
    /// Ctrl-C came before the request.
    NotDone,
}

impl Change {
    pub(super) fn past_tense(self) -> &'static str {
        match self {
            Self::Add => "added",
            Self::Remove => "removed",
        }
    }

    /// Returns the past tense with the preposition for a group: `added to`.
    pub(super) fn past_with_preposition(self) -> &'static str {
        match self {
            Self::Add => "added to",
            Self::Remove => "removed from",
        }
    }
}

impl Outcome {
    pub(super) fn word(&self, change: Change) -> &'static str {
        match self {
            Self::Done => change.past_tense(),
            Self::Unchanged => "unchanged",
            Self::Failed(_) => "failed",
            Self::Unknown => "unknown",
            Self::NotDone => "not done",
        }
    }

    /// Returns `true` for a failure that every other user would have too.
    pub(super) fn concerns_all(&self) -> bool {
        self.failure()
            .is_some_and(|failure| !may_be_about_a_user(failure))
    }

    pub(super) fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// Changes the users of a group, all of whom need the change. Returns an outcome for each.
///
/// # Errors
/// Fails if the service refuses the request as a whole, or cannot be reached.
pub(super) async fn apply(
    client: &Client,
    output: &Output,
    change: Change,
    group: Uuid,
    users: &[Member],
) -> Result<Vec<Outcome>, Failure> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    if change == Change::Add {
        let uuids: Vec<_> = users.iter().map(|user| user.uuid).collect();
        let request = client.add_group_users().uuid(group);
        let request = request.body_map(|body| body.users(uuids)).send();
        let request = waiting(output, "Adding users", request);
        match unless_interrupted(request).await {
            None => return Ok(users.iter().map(|_| Outcome::Unknown).collect()),
            Some(Ok(_)) => return Ok(users.iter().map(|_| Outcome::Done).collect()),
            Some(Err(error)) => {
                let failure = Failure::from(error);
                if !may_be_about_a_user(&failure) {
                    return Err(failure);
                }
                if users.len() == 1 {
                    return Ok(vec![Outcome::Failed(failure)]);
                }
                output.note("The service refused the request for all users. Each is tried alone.");
            }
        }
    }
    Ok(one_by_one(client, output, change, group, users).await)
}

/// Returns `true` if the service could accept the same request for other users.
fn may_be_about_a_user(failure: &Failure) -> bool {
    matches!(failure.status(), Some(400 | 404 | 409 | 413 | 422))
}

/// Returns `true` if the same request can succeed later.
pub(super) fn is_temporary(failure: &Failure) -> bool {
    match failure.status() {
        Some(status) => status == 429 || status >= 500 && status != 501,
        None => matches!(failure.kind(), "connect" | "timeout" | "connection_lost"),
    }
}

/// Returns the failure that ended the change, because it concerns all users.
pub(super) fn refusal<'a>(mut outcomes: impl Iterator<Item = &'a Outcome>) -> Option<&'a Failure> {
    outcomes
        .find(|outcome| outcome.concerns_all())
        .and_then(Outcome::failure)
}

async fn one_by_one(
    client: &Client,
    output: &Output,
    change: Change,
    group: Uuid,
    users: &[Member],
) -> Vec<Outcome> {
    let bar = progress_bar(users.len(), output);
    let is_stopped = Cell::new(false);
    let outcomes: Vec<_> = users
        .iter()
        .map(|_| RefCell::new(Outcome::NotDone))
        .collect();
    let waiting = users.iter().zip(&outcomes);
    let requests = waiting
        .take_while(|_| !is_stopped.get())
        .map(|(user, outcome)| async {
            outcome.replace(Outcome::Unknown);
            let sent = send(client, change, group, user.uuid).await;
            // The other requests would be refused too.
            is_stopped.set(is_stopped.get() || sent.concerns_all());
            outcome.replace(sent);
            bar.inc(1);
        });
    let mut requests =
        std::pin::pin!(futures_util::stream::iter(requests).buffer_unordered(CONCURRENCY));
    if unless_interrupted(finish(&mut requests)).await.is_none() {
        is_stopped.set(true);
        let finished = tokio::time::timeout(GRACE_PERIOD, finish(&mut requests));
        // A second Ctrl-C ends the wait.
        tokio::select! {
            _ = finished => {}
            () = pressed() => {}
        }
    }
    bar.finish_and_clear();
    outcomes
        .iter()
        .map(|outcome| outcome.replace(Outcome::NotDone))
        .collect()
}

async fn finish(requests: &mut (impl Stream<Item = ()> + Unpin)) {
    while requests.next().await.is_some() {}
}

async fn send(client: &Client, change: Change, group: Uuid, user: Uuid) -> Outcome {
    let sent = match change {
        Change::Add => {
            let request = client.add_group_user().uuid(group).sip_user_uuid(user);
            request.send().await.map(drop)
        }
        Change::Remove => {
            let request = client.remove_group_user().uuid(group).sip_user_uuid(user);
            request.send().await.map(drop)
        }
    };
    match sent.map_err(Failure::from) {
        Ok(()) => Outcome::Done,
        // Somebody else removed the user in the meantime, or a retry came after a lost response.
        Err(failure) if change == Change::Remove && failure.status() == Some(404) => {
            Outcome::Unchanged
        }
        Err(failure) => Outcome::Failed(failure),
    }
}

fn progress_bar(users: usize, output: &Output) -> ProgressBar {
    if !output.shows_progress() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} users, {eta} left");
    let bar = ProgressBar::new(users as u64);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
