//! The commands `opentact group sync` and `opentact group export`: groups as a file.

mod apply;
mod diff;
mod export;
mod file;
mod load;
mod yaml;

use std::path::Path;

use super::arguments::SyncOptions;
use super::plan::Step;
use super::show;
use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::terminal::{print_line, waiting};
use crate::text::printable;
use diff::Plan;
use yaml::Fault;

pub(super) async fn run(context: &Context, options: SyncOptions) -> Result<(), Failure> {
    let (yes, dry_run) = (options.yes.yes, options.dry_run.dry_run);
    let output = &context.output;
    let text = input::read(context, &options.file)?;
    let invalid = |faults: Vec<Fault>| refuse(context, &options.file, &faults);
    let groups = file::read(&text).map_err(invalid)?;
    let client = context.client()?;
    let load = async {
        let present = load::present(&client, options.prune).await?;
        let desired = load::desired(&client, groups).await?;
        Ok::<_, Failure>((present, desired))
    };
    let (present, desired) = waiting(output, "Loading the groups", load).await?;
    let desired = desired.map_err(invalid)?;
    let plan = diff::plan(&present, &desired, options.prune).map_err(invalid)?;
    if dry_run {
        show::dry_run(context, &plan.steps)?;
        note_kept(context, &plan);
        return Ok(());
    }
    if plan.steps.is_empty() {
        output.note("There is nothing to change.");
        note_kept(context, &plan);
        return apply::report(context, &[]);
    }
    if !yes {
        show::plan(context, &plan.steps);
    }
    note_kept(context, &plan);
    let question = match plan.steps.len() {
        1 => "Make this change?".to_owned(),
        steps => format!("Make these {steps} changes?"),
    };
    show::confirm_plan(&question, yes)?;
    apply::run(context, &client, plan.steps).await
}

pub(super) async fn export(context: &Context) -> Result<(), Failure> {
    let client = context.client()?;
    let groups = load::exported(&client);
    let groups = waiting(&context.output, "Loading the groups", groups).await?;
    export::write(&context.output, groups)
}

/// Notes what is not in the file and stays.
fn note_kept(context: &Context, plan: &Plan) {
    if plan.kept.is_empty() {
        return;
    }
    let kept = plan.kept.iter().map(Step::line);
    let kept: Vec<_> = kept.collect();
    let message = format!("With --prune, it would also: {}.", kept.join("; "));
    context.output.note(&message);
}

/// Returns the failure for a file with faults. Shows several in a line each.
fn refuse(context: &Context, file: &Path, faults: &[Fault]) -> Failure {
    let shown = input::shown(file);
    let lines: Vec<_> = faults
        .iter()
        .map(|fault| format!("{shown}:{}: {}", fault.place, fault.message))
        .collect();
    if lines.len() == 1 || !context.output.is_for_people() {
        return Failure::usage(lines.join("; "));
    }
    for line in &lines {
        print_line(&printable(line));
    }
    Failure::usage(format!(
        "{shown} has {} faults, so nothing was changed",
        lines.len()
    ))
}
