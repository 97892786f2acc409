//! The application of a plan, step by step.

use opentact_api::Client;
use serde_json::Value;
use uuid::Uuid;

use crate::context::Context;
use crate::failure::Failure;
use crate::group::bulk::{self, Change, Outcome, is_temporary};
use crate::group::plan::{Member, Step};
use crate::group::show;
use crate::output::Output;
use crate::terminal::{print_line, unless_interrupted, waiting};
use crate::text::printable;

/// A step, and the outcome of it.
pub(super) struct Report {
    step: Step,
    outcome: Done,
}

enum Done {
    Yes,
    /// The failures, each with the user if it concerns one.
    Failed(Vec<(Option<Member>, Failure)>),
    /// The outcomes for the users, if the step has one request for each.
    Interrupted(Counts),
    /// A failure or Ctrl-C came before the step.
    No,
}

/// The number of users for whom a step is made, and of those for whom it may be.
#[derive(Clone, Copy, Default)]
struct Counts {
    done: usize,
    unknown: usize,
}

/// Carries out a plan. A step that the service refuses does not stop the others.
pub(super) async fn run(
    context: &Context,
    client: &Client,
    steps: Vec<Step>,
) -> Result<(), Failure> {
    let output = &context.output;
    let mut reports: Vec<Report> = Vec::new();
    let mut is_stopped = false;
    for step in steps {
        let outcome = match is_stopped {
            true => Done::No,
            false => carry_out(client, output, &step).await,
        };
        is_stopped |= outcome.stops();
        let report = Report { step, outcome };
        report.show(output)?;
        reports.push(report);
    }
    report(context, &reports)?;
    conclude(output, &reports)
}

/// Writes the steps with their outcomes, for programs.
pub(super) fn report(context: &Context, reports: &[Report]) -> Result<(), Failure> {
    if context.output.is_for_people() {
        return Ok(());
    }
    show::steps(context, reports.iter().map(Report::json).collect())
}

async fn carry_out(client: &Client, output: &Output, step: &Step) -> Done {
    match step {
        Step::Create { name, users } => {
            let users: Vec<_> = users.iter().map(|user| user.uuid).collect();
            let request = client.create_group();
            let request = request.body_map(|body| body.name(name.as_str()).users(users));
            single(output, async { request.send().await.map(drop) }).await
        }
        Step::Rename {
            group, new_name, ..
        } => {
            let request = client.update_group().uuid(*group);
            let request = request.body_map(|body| body.name(new_name.as_str()));
            single(output, async { request.send().await.map(drop) }).await
        }
        Step::Delete { group, .. } => {
            let request = client.delete_group().uuid(*group);
            match single(output, async { request.send().await.map(drop) }).await {
                // Somebody else deleted it, or a retry came after a lost response.
                Done::Failed(failures) if failures[0].1.status() == Some(404) => Done::Yes,
                done => done,
            }
        }
        Step::Add { group, users, .. } => many(client, output, Change::Add, *group, users).await,
        Step::Remove { group, users, .. } => {
            many(client, output, Change::Remove, *group, users).await
        }
    }
}

async fn single(
    output: &Output,
    request: impl Future<Output = Result<(), opentact_api::Error>>,
) -> Done {
    match unless_interrupted(waiting(output, "Changing the groups", request)).await {
        None => Done::Interrupted(Counts::default()),
        Some(Ok(())) => Done::Yes,
        Some(Err(error)) => Done::Failed(vec![(None, error.into())]),
    }
}

async fn many(
    client: &Client,
    output: &Output,
    change: Change,
    group: Uuid,
    users: &[Member],
) -> Done {
    let outcomes = match bulk::apply(client, output, change, group, users).await {
        Ok(outcomes) => outcomes,
        Err(failure) => return Done::Failed(vec![(None, failure)]),
    };
    if let Some(failure) = bulk::refusal(outcomes.iter()) {
        return Done::Failed(vec![(None, failure.clone())]);
    }
    let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
    let unknown = count(|outcome| matches!(outcome, Outcome::Unknown));
    if unknown + count(|outcome| matches!(outcome, Outcome::NotDone)) > 0 {
        let done = count(|outcome| matches!(outcome, Outcome::Done | Outcome::Unchanged));
        return Done::Interrupted(Counts { done, unknown });
    }
    let outcomes = users.iter().zip(outcomes);
    let failures = outcomes.filter_map(|(user, outcome)| match outcome {
        Outcome::Failed(failure) => Some((Some(user.clone()), failure)),
        _ => None,
    });
    let failures: Vec<_> = failures.collect();
    match failures.is_empty() {
        true => Done::Yes,
        false => Done::Failed(failures),
    }
}

impl Done {
    /// Returns `true` if the steps after this one are left out.
    fn stops(&self) -> bool {
        match self {
            Self::Yes => false,
            Self::Interrupted(_) | Self::No => true,
            // Without a response, or with a token that is not accepted, the others fail too.
            Self::Failed(failures) => failures
                .iter()
                .any(|(_, failure)| matches!(failure.status(), None | Some(401))),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Yes => "done",
            Self::Failed(_) => "failed",
            Self::Interrupted(_) => "unknown",
            Self::No => "not done",
        }
    }
}

impl Report {
    /// Writes a line for people as soon as the outcome is known.
    fn show(&self, output: &Output) -> Result<(), Failure> {
        if !output.is_for_people() {
            return Ok(());
        }
        match &self.outcome {
            Done::Yes if !output.is_quiet() => {
                let line = printable(&self.step.done_line()) + "\n";
                output.raw(line.as_bytes())?;
            }
            Done::Failed(_) => {
                let line = format!("not done: {}", self.step.line());
                for reason in self.reasons() {
                    print_line(&printable(&format!("{line}: {reason}")));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let mut json = self.step.json();
        json["outcome"] = self.outcome.word().into();
        let reasons = self.reasons();
        if !reasons.is_empty() {
            json["message"] = reasons.join("; ").into();
        }
        json
    }

    fn reasons(&self) -> Vec<String> {
        let Done::Failed(failures) = &self.outcome else {
            return Vec::new();
        };
        let reasons = failures.iter().map(|(user, failure)| match user {
            Some(user) => format!("`{}`: {}", user.shown, failure.reason()),
            None => failure.reason().to_owned(),
        });
        reasons.collect()
    }
}

/// Returns the state of a step that Ctrl-C ended, as the end of a sentence.
fn partly(step: &Step, counts: Counts) -> String {
    let (change, name, users) = match step {
        Step::Add { name, users, .. } => (Change::Add, name, users),
        Step::Remove { name, users, .. } => (Change::Remove, name, users),
        Step::Create { name, .. } => return format!("`{name}` may be created"),
        Step::Rename { name, new_name, .. } => {
            return format!("`{name}` may be renamed to `{new_name}`");
        }
        Step::Delete { name, .. } => return format!("`{name}` may be deleted"),
    };
    let (all, verb) = (users.len(), change.past_with_preposition());
    let done = format!("{} of {all} users are {verb} `{name}`", counts.done);
    match counts.unknown {
        0 => done,
        unknown => format!("{done} ({unknown} more may be)"),
    }
}

/// Returns the result of the command as a whole.
fn conclude(output: &Output, reports: &[Report]) -> Result<(), Failure> {
    const AGAIN: &str = "the same command again is safe: it plans and makes only the rest";
    let all = reports.len();
    let done = reports
        .iter()
        .filter(|report| matches!(report.outcome, Done::Yes))
        .count();
    let interrupted = reports.iter().find_map(|report| match report.outcome {
        Done::Interrupted(counts) => Some(partly(&report.step, counts)),
        _ => None,
    });
    if let Some(partly) = interrupted {
        let message = format!("interrupted: {done} of {all} changes are made, and {partly}");
        return Err(Failure::interrupted(message).with_hint(AGAIN));
    }
    let failures = reports.iter().filter_map(|report| match &report.outcome {
        Done::Failed(failures) => Some(failures.iter().map(|(_, failure)| failure)),
        _ => None,
    });
    let failures: Vec<_> = failures.flatten().collect();
    if failures.is_empty() {
        output.note(&match all {
            1 => "1 change is made.".to_owned(),
            all => format!("{all} changes are made."),
        });
        return Ok(());
    }
    let message = format!("{} of {all} changes are not made", all - done);
    let failure = Failure::combine(&failures, message);
    match failures.iter().any(|failure| is_temporary(failure)) {
        true => Err(failure.with_hint(AGAIN)),
        false => Err(failure),
    }
}
