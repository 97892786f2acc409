//! The difference between the groups of the service and those of a file, as a plan.
//!
//! A plan depends only on the two states. That is why a run after an interruption plans the rest.

use std::collections::HashSet;

use uuid::Uuid;

use super::yaml::{Fault, Place};
use crate::group::plan::{Member, Step, member_steps};

/// A group of the service.
#[derive(Clone, Debug)]
pub(super) struct Present {
    pub(super) uuid: Uuid,
    pub(super) name: String,
    pub(super) owner: Owner,
    pub(super) users: Vec<Member>,
}

/// The owner of a group. Only the owner can change it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Owner {
    Me,
    /// Another user, by login or else by UUID.
    Other(String),
    /// The service does not tell. Such a group is never deleted.
    Unknown,
}

/// A group of the file, with the UUIDs of its users.
#[derive(Clone, Debug)]
pub(super) struct Desired {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) uuid: Option<Uuid>,
    pub(super) users: Option<Vec<Member>>,
}

#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// The removals that are left out without `--prune`.
    pub(super) kept: Vec<Step>,
}

/// Returns the steps from the present groups to the desired ones.
///
/// A group of the file is the group with its UUID, else the user's own group with its name that no
/// other group of the file has by UUID.
pub(super) fn plan(
    present: &[Present],
    desired: &[Desired],
    prune: bool,
) -> Result<Plan, Vec<Fault>> {
    let mut plan = Plan::default();
    let mut faults = Vec::new();
    let mut removals = Vec::new();
    let by_uuid: HashSet<Uuid> = desired.iter().filter_map(|group| group.uuid).collect();
    let mut in_file = HashSet::new();
    for wanted in desired {
        match locate(present, wanted, &by_uuid) {
            Ok(Some(group)) => {
                in_file.insert(group.uuid);
                let (steps, removal) = changes(group, wanted);
                let changes = !steps.is_empty() || prune && removal.is_some();
                if let (Owner::Other(owner), true) = (&group.owner, changes) {
                    let name = &group.name;
                    let message = format!("`{name}` belongs to {owner}, so you cannot change it");
                    faults.push(Fault::new(wanted.place, message));
                }
                plan.steps.extend(steps);
                let target = if prune {
                    &mut plan.steps
                } else {
                    &mut removals
                };
                target.extend(removal);
            }
            Ok(None) => plan.steps.push(Step::Create {
                name: wanted.name.clone(),
                users: wanted.users.clone().unwrap_or_default(),
            }),
            Err(message) => faults.push(Fault::new(wanted.place, message)),
        }
    }
    let others = present.iter();
    let others = others.filter(|group| group.owner == Owner::Me && !in_file.contains(&group.uuid));
    removals.extend(others.map(|group| Step::Delete {
        group: group.uuid,
        name: group.name.clone(),
        users: group.users.len(),
    }));
    match prune {
        true => plan.steps.extend(removals),
        false => plan.kept = removals,
    }
    if faults.is_empty() {
        Ok(plan)
    } else {
        Err(faults)
    }
}

fn locate<'a>(
    present: &'a [Present],
    wanted: &Desired,
    by_uuid: &HashSet<Uuid>,
) -> Result<Option<&'a Present>, String> {
    if let Some(uuid) = wanted.uuid {
        let group = present.iter().find(|group| group.uuid == uuid);
        return match group {
            Some(group) => Ok(Some(group)),
            None => Err(format!(
                "you have no group {uuid}; without `uuid`, a group `{}` is created",
                wanted.name
            )),
        };
    }
    let mut namesakes = present.iter();
    let namesakes: Vec<_> = namesakes
        .by_ref()
        .filter(|group| group.name == wanted.name && !matches!(group.owner, Owner::Other(_)))
        .filter(|group| !by_uuid.contains(&group.uuid))
        .collect();
    match namesakes[..] {
        [] => Ok(None),
        [group] => Ok(Some(group)),
        _ => {
            let uuids: Vec<_> = namesakes
                .iter()
                .map(|group| group.uuid.to_string())
                .collect();
            Err(format!(
                "{} groups have the name `{}`: {}; add `uuid` to choose one",
                uuids.len(),
                wanted.name,
                uuids.join(", ")
            ))
        }
    }
}

/// Returns the steps for one group, and the removal of its users who are not in the file.
fn changes(group: &Present, wanted: &Desired) -> (Vec<Step>, Option<Step>) {
    let mut steps = Vec::new();
    if group.name != wanted.name {
        steps.push(Step::Rename {
            group: group.uuid,
            name: group.name.clone(),
            new_name: wanted.name.clone(),
        });
    }
    let Some(users) = &wanted.users else {
        return (steps, None);
    };
    let (add, remove) = member_steps(group.uuid, &wanted.name, &group.users, users);
    steps.extend(add);
    (steps, remove)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uuid(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn members(logins: &str) -> Vec<Member> {
        let logins = logins.split_whitespace();
        logins
            .map(|login| Member {
                uuid: uuid(u128::from(login.as_bytes()[0])),
                shown: login.to_owned(),
            })
            .collect()
    }

    fn present(number: u128, name: &str, users: &str) -> Present {
        Present {
            uuid: uuid(number),
            name: name.to_owned(),
            owner: Owner::Me,
            users: members(users),
        }
    }

    fn wanted(uuid: Option<u128>, name: &str, users: Option<&str>) -> Desired {
        Desired {
            place: Place { line: 7, column: 3 },
            name: name.to_owned(),
            uuid: uuid.map(Uuid::from_u128),
            users: users.map(members),
        }
    }

    fn lines(plan: Result<Plan, Vec<Fault>>) -> String {
        let lines: Vec<_> = match plan {
            Ok(plan) => {
                let kept = plan.kept.iter();
                let kept = kept.map(|step| format!("kept: {}", step.line()));
                plan.steps.iter().map(Step::line).chain(kept).collect()
            }
            Err(faults) => faults.into_iter().map(|fault| fault.message).collect(),
        };
        lines.join("\n")
    }

    #[test]
    fn plan_creates_renames_adds_and_keeps_the_rest() {
        let groups = [
            present(1, "Sales", "alice bob"),
            present(2, "Support", "alice"),
            present(3, "Old", "bob carol"),
        ];
        let file = [
            wanted(None, "Sales", Some("bob carol carol")),
            wanted(Some(2), "Helpdesk", None),
            wanted(None, "New", Some("alice bob")),
        ];
        insta::assert_snapshot!(lines(plan(&groups, &file, false)), @"
        add to `Sales`: carol
        rename `Support` to `Helpdesk`
        create `New` with alice, bob
        kept: remove from `Sales`: alice
        kept: delete `Old` (00000000), which has 2 users
        ");
        insta::assert_snapshot!(lines(plan(&groups, &file, true)), @"
        add to `Sales`: carol
        remove from `Sales`: alice
        rename `Support` to `Helpdesk`
        create `New` with alice, bob
        delete `Old` (00000000), which has 2 users
        ");
    }

    #[test]
    fn plan_exchanges_names_by_uuid() {
        let groups = [present(1, "East", "alice"), present(2, "West", "bob")];
        let file = [wanted(Some(1), "West", None), wanted(Some(2), "East", None)];
        insta::assert_snapshot!(lines(plan(&groups, &file, true)), @"
        rename `East` to `West`
        rename `West` to `East`
        ");
    }

    #[test]
    fn plan_creates_a_group_with_the_old_name_of_a_renamed_one() {
        let groups = [present(1, "Sales", "alice")];
        let file = [
            wanted(Some(1), "Sales EMEA", None),
            wanted(None, "Sales", None),
        ];
        insta::assert_snapshot!(lines(plan(&groups, &file, true)), @"
        rename `Sales` to `Sales EMEA`
        create `Sales` without users
        ");
    }

    #[test]
    fn plan_refuses_groups_that_it_cannot_tell_or_change() {
        let mut others = present(3, "Theirs", "alice");
        others.owner = Owner::Other("dave".to_owned());
        let groups = [present(1, "Sales", ""), present(2, "Sales", ""), others];
        let file = [
            wanted(None, "Sales", None),
            wanted(Some(3), "Ours", None),
            wanted(Some(4), "Gone", None),
        ];
        insta::assert_snapshot!(lines(plan(&groups, &file, true)), @"
        2 groups have the name `Sales`: 00000000-0000-0000-0000-000000000001, 00000000-0000-0000-0000-000000000002; add `uuid` to choose one
        `Theirs` belongs to dave, so you cannot change it
        you have no group 00000000-0000-0000-0000-000000000004; without `uuid`, a group `Gone` is created
        ");
    }

    #[test]
    fn plan_leaves_groups_of_others_alone() {
        let mut others = present(3, "Theirs", "alice");
        others.owner = Owner::Other("dave".to_owned());
        let file = [wanted(Some(3), "Theirs", Some("alice"))];
        assert_eq!(plan(&[others.clone()], &file, true), Ok(Plan::default()));
        let file = [wanted(None, "Theirs", None)];
        insta::assert_snapshot!(lines(plan(&[others], &file, true)), @"create `Theirs` without users");
    }

    #[test]
    fn plan_never_deletes_a_group_whose_owner_is_unknown() {
        let mut unknown = present(3, "Sales", "alice");
        unknown.owner = Owner::Unknown;
        assert_eq!(plan(&[unknown.clone()], &[], true), Ok(Plan::default()));
        let file = [wanted(None, "Sales", Some("bob"))];
        insta::assert_snapshot!(lines(plan(&[unknown], &file, false)), @"
        add to `Sales`: bob
        kept: remove from `Sales`: alice
        ");
    }

    /// All steps of a plan, carried out up to any point: the rest is planned, and nothing twice.
    #[test]
    fn plan_after_any_number_of_steps_is_the_rest() {
        let groups = vec![
            present(1, "Sales", "alice bob"),
            present(2, "West", "alice dave"),
            present(3, "Old", "bob"),
        ];
        let file = [
            wanted(None, "Sales", Some("bob carol")),
            wanted(Some(2), "East", Some("erin")),
            wanted(None, "West", Some("alice")),
        ];
        let whole = plan(&groups, &file, true).unwrap().steps;
        assert_eq!(whole.len(), 7);
        let mut state = groups;
        for (done, step) in whole.iter().enumerate() {
            assert_eq!(plan(&state, &file, true).unwrap().steps, whole[done..]);
            carry_out(&mut state, step);
        }
        assert_eq!(plan(&state, &file, true), Ok(Plan::default()));
    }

    fn carry_out(state: &mut Vec<Present>, step: &Step) {
        let position = |group: Uuid| state.iter().position(|present| present.uuid == group);
        match step.clone() {
            Step::Create { name, users } => state.push(Present {
                uuid: uuid(100 + state.len() as u128),
                name,
                owner: Owner::Me,
                users,
            }),
            Step::Rename {
                group, new_name, ..
            } => {
                let position = position(group).unwrap();
                state[position].name = new_name;
            }
            Step::Add { group, users, .. } => {
                let position = position(group).unwrap();
                state[position].users.extend(users);
            }
            Step::Remove { group, users, .. } => {
                let position = position(group).unwrap();
                state[position].users.retain(|user| !users.contains(user));
            }
            Step::Delete { group, .. } => state.retain(|present| present.uuid != group),
        }
    }
}
