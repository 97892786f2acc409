//! Groups and users as results.

use opentact_api::groups::{SipUser, SipUserGroup};
use serde_json::Value;

use super::plan::Step;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Section, View, to_json};
use crate::terminal::{confirm, is_interactive, needs_yes, print_line};
use crate::text::printable;
use crate::views;

/// The steps of a plan.
pub(super) const STEPS: View = View {
    columns: &[
        Column::new("UUID", "/group", Kind::Uuid, 2),
        Column::new("ACTION", "/action", Kind::Text, 0),
        Column::new("NAME", "/name", Kind::Text, 0),
        Column::new("NEW NAME", "/new_name", Kind::Text, 1),
        Column::new("USERS", "/users", Kind::Count, 1),
        Column::new("OUTCOME", "/outcome", Kind::Text, 0),
    ],
    empty: "",
};

/// Writes groups, one in each line.
pub(super) fn groups(context: &Context, groups: &[SipUserGroup]) -> Result<(), Failure> {
    let groups: Result<_, Failure> = groups.iter().map(group_json).collect();
    context.output.list(&views::GROUPS, groups?)
}

/// Writes one group, in one line.
pub(super) fn group(context: &Context, group: &SipUserGroup) -> Result<(), Failure> {
    context.output.item(&views::GROUPS, group_json(group)?)
}

/// Writes all properties of a group, and its users.
pub(super) fn details(context: &Context, group: &SipUserGroup) -> Result<(), Failure> {
    let users = Section {
        title: "Users",
        pointer: "/users",
        view: &views::USERS,
    };
    let item = group_json(group)?;
    context.output.details(&views::GROUP, item, &[users])
}

/// Writes users, one in each line.
pub(super) fn users(context: &Context, users: &[SipUser]) -> Result<(), Failure> {
    if users.is_empty() {
        context.output.note("This group has no users.");
    }
    let users: Result<_, Failure> = users.iter().map(to_json).collect();
    context.output.list(&views::USERS, users?)
}

/// Writes the changes that a command would make.
pub(super) fn dry_run(context: &Context, steps: &[Step]) -> Result<(), Failure> {
    let output = &context.output;
    if !output.is_for_people() {
        return self::steps(context, steps.iter().map(Step::json).collect());
    }
    if steps.is_empty() {
        output.note("There is nothing to change.");
        return Ok(());
    }
    let lines = steps.iter().map(|step| printable(&step.line()) + "\n");
    output.raw(lines.collect::<String>().as_bytes())?;
    output.note("Nothing was changed, because of --dry-run.");
    Ok(())
}

/// Shows the steps before the question, even if notes are not shown.
pub(super) fn plan(context: &Context, steps: &[Step]) {
    if !context.output.is_for_people() && !is_interactive() {
        return;
    }
    for step in steps {
        print_line(&printable(&step.line()));
    }
}

/// Asks whether the steps are made.
pub(super) fn confirm_plan(question: &str, yes: bool) -> Result<(), Failure> {
    let hint = "pass --yes to confirm, or --dry-run to see the plan";
    needs_yes(yes).map_err(|failure| failure.with_hint(hint))?;
    confirm(question, yes)
}

/// Writes steps, for programs.
pub(super) fn steps(context: &Context, steps: Vec<Value>) -> Result<(), Failure> {
    context.output.list(&STEPS, steps)
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
