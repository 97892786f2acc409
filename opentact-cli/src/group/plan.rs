//! Plans: the changes of a command as data, before they are made.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use opentact_api::groups::SipUser;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::resolve::ResolvedUser;

/// A SIP user, by the name that people know: as typed, else the login, else the UUID.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Member {
    pub(crate) uuid: Uuid,
    pub(crate) shown: String,
}

impl Member {
    /// Returns users by the names that were typed.
    pub(crate) fn typed(users: Vec<ResolvedUser>) -> Vec<Self> {
        let users = users.into_iter().map(|user| Self {
            uuid: user.uuid,
            shown: user.typed,
        });
        users.collect()
    }

    /// Returns the users of a group by their logins, or else by their UUIDs. Users whose UUID the
    /// service does not tell are left out.
    pub(crate) fn present(users: &[SipUser]) -> Vec<Self> {
        let users = users.iter().filter_map(|user| {
            let uuid = user.uuid?;
            let shown = user.login.clone().unwrap_or_else(|| uuid.to_string());
            Some(Self { uuid, shown })
        });
        users.collect()
    }
}

/// One change to a group. Most are one request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    Create {
        name: String,
        users: Vec<Member>,
    },
    Rename {
        group: Uuid,
        name: String,
        new_name: String,
    },
    Add {
        group: Uuid,
        name: String,
        users: Vec<Member>,
    },
    Remove {
        group: Uuid,
        name: String,
        users: Vec<Member>,
    },
    Delete {
        group: Uuid,
        name: String,
        users: usize,
    },
}

impl Step {
    /// Returns the step as a line for people: `create ...`.
    pub(crate) fn line(&self) -> String {
        let verb = match self {
            Self::Create { .. } => "create",
            Self::Rename { .. } => "rename",
            Self::Add { .. } => "add to",
            Self::Remove { .. } => "remove from",
            Self::Delete { .. } => "delete",
        };
        self.after(verb)
    }

    /// Returns the step that was carried out as a line for people: `created ...`.
    pub(crate) fn done_line(&self) -> String {
        let verb = match self {
            Self::Create { .. } => "created",
            Self::Rename { .. } => "renamed",
            Self::Add { .. } => "added to",
            Self::Remove { .. } => "removed from",
            Self::Delete { .. } => "deleted",
        };
        self.after(verb)
    }

    fn after(&self, verb: &str) -> String {
        match self {
            Self::Create { name, users } if users.is_empty() => {
                format!("{verb} `{name}` without users")
            }
            Self::Create { name, users } => format!("{verb} `{name}` with {}", names(users)),
            Self::Rename { name, new_name, .. } => format!("{verb} `{name}` to `{new_name}`"),
            Self::Add { name, users, .. } | Self::Remove { name, users, .. } => {
                format!("{verb} `{name}`: {}", names(users))
            }
            Self::Delete { group, name, users } => {
                let has = if verb == "delete" { "has" } else { "had" };
                let uuid = &group.to_string()[..8];
                format!("{verb} `{name}` ({uuid}), which {has} {}", counted(*users))
            }
        }
    }

    /// Returns the step as JSON.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Create { name, users } => {
                json!({ "action": "create", "name": name, "users": members_json(users) })
            }
            Self::Rename {
                group,
                name,
                new_name,
            } => {
                json!({ "action": "rename", "group": group, "name": name, "new_name": new_name })
            }
            Self::Add { group, name, users } => {
                let users = members_json(users);
                json!({ "action": "add", "group": group, "name": name, "users": users })
            }
            Self::Remove { group, name, users } => {
                let users = members_json(users);
                json!({ "action": "remove", "group": group, "name": name, "users": users })
            }
            Self::Delete { group, name, .. } => {
                json!({ "action": "delete", "group": group, "name": name })
            }
        }
    }
}

/// Returns a number of users: `no users`, `1 user`, `2 users`.
pub(crate) fn counted(users: usize) -> String {
    match users {
        0 => "no users".to_owned(),
        1 => "1 user".to_owned(),
        users => format!("{users} users"),
    }
}

/// Returns the names of users, separated by commas.
fn names(users: &[Member]) -> String {
    let names: Vec<_> = users.iter().map(|user| user.shown.as_str()).collect();
    names.join(", ")
}

fn members_json(users: &[Member]) -> Value {
    let users = users.iter();
    users
        .map(|user| json!({ "uuid": user.uuid, "user": user.shown }))
        .collect()
}

/// Returns the step that adds users to a group, and the one that removes users from it.
pub(crate) fn member_steps(
    group: Uuid,
    name: &str,
    present: &[Member],
    wanted: &[Member],
) -> (Option<Step>, Option<Step>) {
    let (come, go) = difference(present, wanted);
    let add = (!come.is_empty()).then(|| Step::Add {
        group,
        name: name.to_owned(),
        users: come,
    });
    let remove = (!go.is_empty()).then(|| Step::Remove {
        group,
        name: name.to_owned(),
        users: go,
    });
    (add, remove)
}

/// Returns the users who come and the users who go.
fn difference(present: &[Member], wanted: &[Member]) -> (Vec<Member>, Vec<Member>) {
    let without = |users: &[Member], others: &[Member]| {
        let others: HashSet<Uuid> = others.iter().map(|user| user.uuid).collect();
        let mut seen = HashSet::new();
        let rest = users
            .iter()
            .filter(|user| !others.contains(&user.uuid) && seen.insert(user.uuid));
        rest.cloned().collect()
    };
    (without(wanted, present), without(present, wanted))
}

/// The number of characters in the name of a group.
const NAME_LENGTH: RangeInclusive<usize> = 3..=80;

/// Returns the fault of a name, if it has one.
pub(crate) fn name_fault(name: &str) -> Option<String> {
    let length = name.chars().count();
    let message = match length {
        1 => format!("the name `{name}` has 1 character; 3 to 80 are allowed"),
        length => format!("the name `{name}` has {length} characters; 3 to 80 are allowed"),
    };
    (!NAME_LENGTH.contains(&length)).then_some(message)
}
