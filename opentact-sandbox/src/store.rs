//! What the sandbox remembers: SIP users and their groups, and the rules they follow.

use std::collections::HashMap;

use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::{Outcome, Refusal};
use crate::user::Account;

/// What is sent to create or to change a group, checked against the spec already.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Change {
    name: Option<String>,
    users: Option<Vec<Uuid>>,
}

pub(crate) struct Store {
    users: IndexMap<Uuid, Account>,
    by_token: HashMap<String, Uuid>,
    groups: HashMap<Uuid, Group>,
    /// How many groups there have been, to list them in the order of their creation.
    created: u64,
}

struct Group {
    number: u64,
    uuid: Uuid,
    name: String,
    owner: Uuid,
    users: IndexSet<Uuid>,
    created_on: DateTime<Utc>,
    modified_on: DateTime<Utc>,
}

impl Store {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        let by_token = accounts.iter();
        Self {
            by_token: by_token
                .map(|account| (account.token.clone(), account.uuid))
                .collect(),
            users: accounts
                .into_iter()
                .map(|account| (account.uuid, account))
                .collect(),
            groups: HashMap::new(),
            created: 0,
        }
    }

    /// Whose token this is.
    pub(crate) fn user_with_token(&self, token: &str) -> Option<Uuid> {
        self.by_token.get(token).copied()
    }

    /// The groups that a user owns or is in.
    pub(crate) fn list_groups(&self, user: Uuid) -> Outcome {
        let groups = self.sorted(|group| group.is_seen_by(user));
        Ok(groups.map(|group| self.show(group)).collect())
    }

    pub(crate) fn create_group(&mut self, owner: Uuid, change: Change) -> Outcome {
        let users = self.known(change.users.unwrap_or_default())?;
        let now = Utc::now();
        self.created += 1;
        let group = Group {
            number: self.created,
            uuid: Uuid::new_v4(),
            name: change.name.unwrap_or_default(),
            owner,
            users,
            created_on: now,
            modified_on: now,
        };
        let shown = self.show(&group);
        self.groups.insert(group.uuid, group);
        Ok(shown)
    }

    pub(crate) fn update_group(&mut self, user: Uuid, uuid: Uuid, change: Change) -> Outcome {
        // Whoever may not change the group does not learn which users there are.
        self.owned(user, uuid)?;
        let users = change.users.map(|users| self.known(users)).transpose()?;
        let group = self.owned(user, uuid)?;
        let name = change.name.unwrap_or_else(|| group.name.clone());
        let users = users.unwrap_or_else(|| group.users.clone());
        if name != group.name || !group.users.iter().eq(&users) {
            (group.name, group.users) = (name, users);
            group.touch();
        }
        self.shown(uuid)
    }

    pub(crate) fn delete_group(&mut self, user: Uuid, uuid: Uuid) -> Outcome {
        self.owned(user, uuid)?;
        let shown = self.shown(uuid);
        self.groups.remove(&uuid);
        shown
    }

    /// The users of a group, each with the groups that this user is in.
    pub(crate) fn list_users(&self, user: Uuid, group: Uuid) -> Outcome {
        let group = self.group(group)?;
        if !group.is_seen_by(user) {
            let message = "only the owner and the users of a group see who is in it";
            return Err(Refusal::new(StatusCode::FORBIDDEN, message));
        }
        Ok(self.show_users(group))
    }

    pub(crate) fn add_users(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Outcome {
        self.add(user, group, users)?;
        self.list_users(user, group)
    }

    pub(crate) fn add_user(&mut self, user: Uuid, group: Uuid, added: Uuid) -> Outcome {
        self.add(user, group, vec![added])?;
        self.shown(group)
    }

    pub(crate) fn remove_user(&mut self, user: Uuid, uuid: Uuid, removed: Uuid) -> Outcome {
        let group = self.owned(user, uuid)?;
        if !group.users.shift_remove(&removed) {
            return Err(Refusal::not_found("the SIP user is not in this group"));
        }
        group.touch();
        self.shown(uuid)
    }

    fn add(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Result<(), Refusal> {
        // As in `update_group`: the group first, then the users.
        self.owned(user, group)?;
        let users = self.known(users)?;
        let group = self.owned(user, group)?;
        let before = group.users.len();
        group.users.extend(users);
        if group.users.len() > before {
            group.touch();
        }
        Ok(())
    }

    fn group(&self, uuid: Uuid) -> Result<&Group, Refusal> {
        self.groups.get(&uuid).ok_or_else(no_such_group)
    }

    /// A group that a user may change.
    fn owned(&mut self, user: Uuid, group: Uuid) -> Result<&mut Group, Refusal> {
        let group = self.groups.get_mut(&group).ok_or_else(no_such_group)?;
        if group.owner != user {
            let message = "only the owner of a group changes it";
            return Err(Refusal::new(StatusCode::FORBIDDEN, message));
        }
        Ok(group)
    }

    /// Users, each of them once, where all of them are there.
    fn known(&self, users: Vec<Uuid>) -> Result<IndexSet<Uuid>, Refusal> {
        match users.iter().find(|user| !self.users.contains_key(*user)) {
            Some(unknown) => Err(Refusal::not_found(format!(
                "there is no SIP user {unknown}"
            ))),
            None => Ok(users.into_iter().collect()),
        }
    }

    /// Groups in the order of their creation.
    fn sorted(&self, wanted: impl Fn(&Group) -> bool) -> impl Iterator<Item = &Group> {
        let mut groups: Vec<_> = self.groups.values().filter(|group| wanted(group)).collect();
        groups.sort_unstable_by_key(|group| group.number);
        groups.into_iter()
    }

    fn shown(&self, group: Uuid) -> Outcome {
        Ok(self.show(self.group(group)?))
    }

    fn show(&self, group: &Group) -> Value {
        let user = |uuid| self.users.get(uuid).map(|account| &account.properties);
        json!({
            "created_on": timestamp(group.created_on),
            "modified_on": timestamp(group.modified_on),
            "uuid": group.uuid,
            "name": group.name,
            "owner": user(&group.owner),
            "users": group.users.iter().map(user).collect::<Vec<_>>(),
        })
    }

    fn show_users(&self, group: &Group) -> Value {
        let mut groups: HashMap<Uuid, Vec<Value>> = HashMap::new();
        for other in self.sorted(|other| !other.users.is_disjoint(&group.users)) {
            for user in other.users.intersection(&group.users) {
                let reference = json!({ "uuid": other.uuid, "name": other.name });
                groups.entry(*user).or_default().push(reference);
            }
        }
        let users = group.users.iter().filter_map(|uuid| self.users.get(uuid));
        users
            .map(|account| {
                let mut properties: Map<_, _> = account.properties.clone();
                let groups = groups.remove(&account.uuid).unwrap_or_default();
                properties.insert("groups".to_owned(), groups.into());
                Value::Object(properties)
            })
            .collect()
    }
}

impl Group {
    fn is_seen_by(&self, user: Uuid) -> bool {
        self.owner == user || self.users.contains(&user)
    }

    /// Moves the time of the last change on, even where the clock does not.
    fn touch(&mut self) {
        let tick = TimeDelta::milliseconds(1);
        let next = self.modified_on.checked_add_signed(tick);
        self.modified_on = Utc::now().max(next.unwrap_or(self.modified_on));
    }
}

fn no_such_group() -> Refusal {
    Refusal::not_found("there is no such group")
}

/// A point in time as the service writes it: `2026-03-02T09:15:27.114Z`.
fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
