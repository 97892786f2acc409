//! The requests about groups of SIP users.

use std::collections::HashMap;

use axum::http::StatusCode;
use chrono::Utc;
use indexmap::IndexSet;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::group::Group;
use crate::resources::table::USERS;
use crate::response::{ErrorResponse, Result};
use crate::state::State;
use crate::time::timestamp;

/// The properties of a group in a request, checked against the spec already.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct GroupProperties {
    name: Option<String>,
    users: Option<Vec<Uuid>>,
}

impl State {
    /// Returns the groups that a user owns or is in.
    pub(crate) fn list_groups(&self, user: Uuid) -> Value {
        let groups = self.groups.all();
        groups
            .filter(|group| group.is_visible_to(user))
            .map(|group| self.group_json(group))
            .collect()
    }

    pub(crate) fn create_group(&mut self, owner: Uuid, properties: GroupProperties) -> Result {
        let users = self.existing_users(properties.users.unwrap_or_default())?;
        let now = Utc::now();
        let group = Group {
            uuid: Uuid::new_v4(),
            name: properties.name.unwrap_or_default(),
            owner,
            users,
            created_on: now,
            modified_on: now,
        };
        let json = self.group_json(&group);
        self.groups.insert(group);
        Ok(json)
    }

    pub(crate) fn update_group(
        &mut self,
        user: Uuid,
        uuid: Uuid,
        properties: GroupProperties,
    ) -> Result {
        // First, so that only the owner learns which users exist.
        self.groups.owned(user, uuid)?;
        let users = properties
            .users
            .map(|users| self.existing_users(users))
            .transpose()?;
        let group = self.groups.owned(user, uuid)?;
        let name = properties.name.unwrap_or_else(|| group.name.clone());
        let users = users.unwrap_or_else(|| group.users.clone());
        if name != group.name || !group.users.iter().eq(&users) {
            (group.name, group.users) = (name, users);
            group.touch();
        }
        self.show_group(uuid)
    }

    pub(crate) fn delete_group(&mut self, user: Uuid, uuid: Uuid) -> Result {
        self.groups.owned(user, uuid)?;
        let deleted = self.show_group(uuid);
        self.groups.remove(uuid);
        deleted
    }

    /// Returns the users of a group, each with the groups of this user.
    pub(crate) fn list_group_users(&self, user: Uuid, group: Uuid) -> Result {
        let group = self.groups.get(group)?;
        if !group.is_visible_to(user) {
            let message = "only the owner and the users of a group can list its users";
            return Err(ErrorResponse::new(StatusCode::FORBIDDEN, message));
        }
        Ok(self.group_users_json(group))
    }

    pub(crate) fn add_users(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Result {
        self.add_to_group(user, group, users)?;
        self.list_group_users(user, group)
    }

    pub(crate) fn add_user(&mut self, user: Uuid, group: Uuid, added: Uuid) -> Result {
        self.add_to_group(user, group, vec![added])?;
        self.show_group(group)
    }

    pub(crate) fn remove_user(&mut self, user: Uuid, uuid: Uuid, removed: Uuid) -> Result {
        let group = self.groups.owned(user, uuid)?;
        if !group.users.shift_remove(&removed) {
            return Err(ErrorResponse::not_found(
                "the SIP user is not in this group",
            ));
        }
        group.touch();
        self.show_group(uuid)
    }

    fn add_to_group(&mut self, user: Uuid, group: Uuid, users: Vec<Uuid>) -> Result<()> {
        // First, as in `update_group`.
        self.groups.owned(user, group)?;
        let users = self.existing_users(users)?;
        let group = self.groups.owned(user, group)?;
        let before = group.users.len();
        group.users.extend(users);
        if group.users.len() > before {
            group.touch();
        }
        Ok(())
    }

    /// Returns the users without duplicates, if all of them exist.
    fn existing_users(&self, users: Vec<Uuid>) -> Result<IndexSet<Uuid>> {
        let exists = |user: &Uuid| self.resources.get(USERS, &user.to_string()).is_some();
        match users.iter().find(|user| !exists(user)) {
            Some(unknown) => Err(ErrorResponse::not_found(format!(
                "there is no SIP user {unknown}"
            ))),
            None => Ok(users.into_iter().collect()),
        }
    }

    fn show_group(&self, group: Uuid) -> Result {
        Ok(self.group_json(self.groups.get(group)?))
    }

    fn group_json(&self, group: &Group) -> Value {
        json!({
            "created_on": timestamp(group.created_on),
            "modified_on": timestamp(group.modified_on),
            "uuid": group.uuid,
            "name": group.name,
            "owner": self.group_user(group.owner),
            "users": group.users.iter().map(|user| self.group_user(*user)).collect::<Vec<_>>(),
        })
    }

    /// Returns a user as the page about groups shows it, without the groups of this user.
    fn group_user(&self, user: Uuid) -> Value {
        self.shapes
            .show_user(&self.resources, &user.to_string(), "SIPUser")
    }

    fn group_users_json(&self, group: &Group) -> Value {
        let mut groups: HashMap<Uuid, Vec<Value>> = HashMap::new();
        let others = self.groups.all();
        for other in others.filter(|other| !other.users.is_disjoint(&group.users)) {
            for user in other.users.intersection(&group.users) {
                let reference = json!({ "uuid": other.uuid, "name": other.name });
                groups.entry(*user).or_default().push(reference);
            }
        }
        let users = group.users.iter();
        users
            .map(|user| {
                let mut properties = self.group_user(*user);
                properties["groups"] = groups.remove(user).unwrap_or_default().into();
                properties
            })
            .collect()
    }
}
