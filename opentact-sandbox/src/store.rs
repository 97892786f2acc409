//! The state of the sandbox: SIP users and their groups.

use std::collections::HashMap;

use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use indexmap::IndexSet;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::response::{ErrorResponse, Result};
use crate::user::Account;

/// The properties of a group in a request, checked against the spec already.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct GroupProperties {
    name: Option<String>,
    users: Option<Vec<Uuid>>,
}

pub(crate) struct Store {
    users: HashMap<Uuid, Account>,
    /// The UUIDs of the users, in the order of the builder.
    order: Vec<Uuid>,
    groups: HashMap<Uuid, Group>,
    /// The number of groups created so far, including deleted ones.
    created: u64,
}

struct Group {
    /// The position in the order of creation.
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
        Self {
            order: accounts.iter().map(|account| account.uuid).collect(),
            users: accounts
                .into_iter()
                .map(|account| (account.uuid, account))
                .collect(),
            groups: HashMap::new(),
            created: 0,
        }
    }

    /// Returns a user without the groups of this user.
    pub(crate) fn show_user(&self, user: Uuid) -> Result {
        let account = self.users.get(&user);
        let account =
            account.ok_or_else(|| ErrorResponse::not_found("there is no such SIP user"))?;
        Ok(account.properties.clone().into())
    }

    /// Returns all users, who belong to one domain.
    pub(crate) fn all_users(&self) -> Value {
        let users = self.order.iter().filter_map(|uuid| self.users.get(uuid));
        users
            .map(|account| Value::from(account.properties.clone()))
            .collect()
    }

    /// Returns the groups that a user owns or is in.
    pub(crate) fn list_groups(&self, user: Uuid) -> Result {
        let groups = self.sorted(|group| group.is_visible_to(user));
        Ok(groups.map(|group| self.group_json(group)).collect())
    }

    pub(crate) fn create_group(&mut self, owner: Uuid, properties: GroupProperties) -> Result {
        let users = self.existing_users(properties.users.unwrap_or_default())?;
        let now = Utc::now();
        self.created += 1;
        let group = Group {
            number: self.created,
            uuid: Uuid::new_v4(),
            name: properties.name.unwrap_or_default(),
            owner,
            users,
            created_on: now,
            modified_on: now,
        };
        let json = self.group_json(&group);
        self.groups.insert(group.uuid, group);
        Ok(json)
    }

    pub(crate) fn update_group(
        &mut self,
        user: Uuid,
        uuid: Uuid,
        properties: GroupProperties,
    ) -> Result {
        // First, so that only the owner learns which users exist.
        self.owned_group(user, uuid)?;
        let users = properties
            .users
            .map(|users| self.existing_users(users))
            .transpose()?;
        let group = self.owned_group(user, uuid)?;
        let name = properties.name.unwrap_or_else(|| group.name.clone());
        let users = users.unwrap_or_else(|| group.users.clone());
        if name != group.name || !group.users.iter().eq(&users) {
            (group.name, group.users) = (name, users);
            group.touch();
        }
        self.show_group(uuid)
    }

    pub(crate) fn delete_group(&mut self, user: Uuid, uuid: Uuid) -> Result {
        self.owned_group(user, uuid)?;
        let deleted = self.show_group(uuid);
        self.groups.remove(&uuid);
        deleted
    }

    /// Returns the users of a group, each with the groups of this user.
    pub(crate) fn list_users(&self, user: Uuid, group: Uuid) -> Result {
        let group = self.group(group)?;
        if !group.is_visible_to(user) {
            let message = "only the owner and the users of a group can list its users";
            return Err(ErrorResponse::new(StatusCode::FORBIDDEN, message));
        }
        Ok(self.users_json(group))
    }

    pub(crate) fn add_users(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Result {
        self.add(user, group, users)?;
        self.list_users(user, group)
    }

    pub(crate) fn add_user(&mut self, user: Uuid, group: Uuid, added: Uuid) -> Result {
        self.add(user, group, vec![added])?;
        self.show_group(group)
    }

    pub(crate) fn remove_user(&mut self, user: Uuid, uuid: Uuid, removed: Uuid) -> Result {
        let group = self.owned_group(user, uuid)?;
        if !group.users.shift_remove(&removed) {
            return Err(ErrorResponse::not_found(
                "the SIP user is not in this group",
            ));
        }
        group.touch();
        self.show_group(uuid)
    }

    fn add(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Result<()> {
        // First, as in `update_group`.
        self.owned_group(user, group)?;
        let users = self.existing_users(users)?;
        let group = self.owned_group(user, group)?;
        let before = group.users.len();
        group.users.extend(users);
        if group.users.len() > before {
            group.touch();
        }
        Ok(())
    }

    fn group(&self, uuid: Uuid) -> Result<&Group> {
        self.groups.get(&uuid).ok_or_else(no_such_group)
    }

    /// Returns a group for a change by its owner.
    fn owned_group(&mut self, user: Uuid, group: Uuid) -> Result<&mut Group> {
        let group = self.groups.get_mut(&group).ok_or_else(no_such_group)?;
        if group.owner != user {
            let message = "only the owner of a group can change it";
            return Err(ErrorResponse::new(StatusCode::FORBIDDEN, message));
        }
        Ok(group)
    }

    /// Returns the users without duplicates, if all of them exist.
    fn existing_users(&self, users: Vec<Uuid>) -> Result<IndexSet<Uuid>> {
        match users.iter().find(|user| !self.users.contains_key(*user)) {
            Some(unknown) => Err(ErrorResponse::not_found(format!(
                "there is no SIP user {unknown}"
            ))),
            None => Ok(users.into_iter().collect()),
        }
    }

    /// Returns the groups that match a filter, in the order of their creation.
    fn sorted(&self, filter: impl Fn(&Group) -> bool) -> impl Iterator<Item = &Group> {
        let mut groups: Vec<_> = self.groups.values().filter(|group| filter(group)).collect();
        groups.sort_unstable_by_key(|group| group.number);
        groups.into_iter()
    }

    fn show_group(&self, group: Uuid) -> Result {
        Ok(self.group_json(self.group(group)?))
    }

    fn group_json(&self, group: &Group) -> Value {
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

    fn users_json(&self, group: &Group) -> Value {
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
    fn is_visible_to(&self, user: Uuid) -> bool {
        self.owner == user || self.users.contains(&user)
    }

    /// Moves `modified_on` forward by at least a millisecond, even if the clock stands still.
    fn touch(&mut self) {
        let tick = TimeDelta::milliseconds(1);
        let next = self.modified_on.checked_add_signed(tick);
        self.modified_on = Utc::now().max(next.unwrap_or(self.modified_on));
    }
}

fn no_such_group() -> ErrorResponse {
    ErrorResponse::not_found("there is no such group")
}

/// Formats a time like the service: `2026-03-02T09:15:27.114Z`.
pub(crate) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
