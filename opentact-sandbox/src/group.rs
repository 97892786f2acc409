//! The groups of SIP users.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use indexmap::{IndexMap, IndexSet};
use uuid::Uuid;

use crate::response::{ErrorResponse, Result};
use crate::time::later;

/// The groups by UUID, in the order of their creation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups(IndexMap<Uuid, Group>);

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) uuid: Uuid,
    pub(crate) name: String,
    pub(crate) owner: Uuid,
    pub(crate) users: IndexSet<Uuid>,
    pub(crate) created_on: DateTime<Utc>,
    pub(crate) modified_on: DateTime<Utc>,
}

impl Groups {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Group> {
        self.0.values()
    }

    pub(crate) fn contains(&self, uuid: Uuid) -> bool {
        self.0.contains_key(&uuid)
    }

    pub(crate) fn insert(&mut self, group: Group) {
        self.0.insert(group.uuid, group);
    }

    pub(crate) fn remove(&mut self, uuid: Uuid) {
        self.0.shift_remove(&uuid);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Removes a deleted user from all groups, and the groups that the user owns.
    pub(crate) fn forget(&mut self, user: Uuid) {
        self.0.retain(|_, group| group.owner != user);
        for group in self.0.values_mut() {
            if group.users.shift_remove(&user) {
                group.touch();
            }
        }
    }

    pub(crate) fn get(&self, uuid: Uuid) -> Result<&Group> {
        self.0.get(&uuid).ok_or_else(no_such_group)
    }

    /// Returns a group for a change by its owner.
    pub(crate) fn owned(&mut self, user: Uuid, group: Uuid) -> Result<&mut Group> {
        let group = self.0.get_mut(&group).ok_or_else(no_such_group)?;
        if group.owner != user {
            let message = "only the owner of a group can change it";
            return Err(ErrorResponse::new(StatusCode::FORBIDDEN, message));
        }
        Ok(group)
    }
}

impl Group {
    pub(crate) fn is_visible_to(&self, user: Uuid) -> bool {
        self.owner == user || self.users.contains(&user)
    }

    /// Moves `modified_on` forward by at least a millisecond, even if the clock stands still.
    pub(crate) fn touch(&mut self) {
        self.modified_on = later(self.modified_on);
    }
}

fn no_such_group() -> ErrorResponse {
    ErrorResponse::not_found("there is no such group")
}
