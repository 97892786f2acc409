//! Reading the sections that are not kinds of resources: groups and numbers.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use openapi_tree::{Node, Value};
use uuid::Uuid;

use super::reader::Reader;
use crate::group::Group;
use crate::resources::table::{USERS, kind};

/// The properties of a group.
const GROUP: [&str; 6] = [
    "uuid",
    "name",
    "owner",
    "users",
    "created_on",
    "modified_on",
];

impl Reader<'_> {
    /// Reads numbers, and ranges such as `12025550160-12025550199`.
    pub(super) fn numbers(&mut self, list: &Node) {
        for node in self.items(list) {
            let value = node.to_json();
            let (first, last) = match value.as_str().and_then(|text| text.split_once('-')) {
                Some((first, last)) => (first.parse().ok(), last.parse().ok()),
                None => (value.as_i64(), value.as_i64()),
            };
            match (first, last) {
                (Some(first), Some(last)) if is_range(first, last) => {
                    self.state.numbers.extend(first..=last);
                }
                _ => {
                    let help = "write 12025550160, or a range: 12025550160-12025550199";
                    self.report("number", node, "this is not a telephone number", help);
                }
            }
        }
    }

    pub(super) fn group(&mut self, node: &Node) {
        if !matches!(node.value, Value::Mapping(_)) {
            let help = "write its properties with colons";
            return self.report("type", node, "the group is not an object", help);
        }
        for entry in node.entries() {
            if !GROUP.contains(&entry.key.as_str()) {
                let help = "a group has `name`, `owner` and `users`";
                self.unknown("property", entry, GROUP.into_iter(), help);
            }
        }
        let name = self.name(node);
        let owner = match node.get("owner") {
            Some(owner) => self.user(owner),
            None => {
                let help = "add the login of a user";
                self.report("required", node, "the group has no `owner`", help);
                None
            }
        };
        let users = match node.get("users") {
            Some(users) if !matches!(users.value, Value::Sequence(_)) => {
                let help = "write the logins of the users in brackets: [zoe, yan]";
                self.report("type", users, "`users` is not a list", help);
                IndexSet::new()
            }
            _ => {
                let users = node.items_at("users").iter();
                users.filter_map(|user| self.user(user)).collect()
            }
        };
        let uuid = self.uuid(node);
        let created_on = self.time(node, "created_on").unwrap_or_else(Utc::now);
        let modified_on = self.time(node, "modified_on").unwrap_or(created_on);
        if let (Some(name), Some(owner), Some(uuid)) = (name, owner, uuid) {
            self.state.groups.insert(Group {
                uuid,
                name,
                owner,
                users,
                created_on,
                modified_on,
            });
        }
    }

    fn name(&mut self, node: &Node) -> Option<String> {
        let Some(at) = node.get("name") else {
            self.report("required", node, "the group has no `name`", "add a name");
            return None;
        };
        let Some(name) = at.as_str() else {
            self.report("schema", at, "the name is not a text", "put it in quotes");
            return None;
        };
        let length = name.chars().count();
        if !(3..=80).contains(&length) {
            let message = format!("the name has {length} characters");
            self.report("schema", at, message, "the spec allows 3 to 80 characters");
        }
        Some(name.to_owned())
    }

    /// Returns the UUID of a group, or a new one if the file leaves it out.
    fn uuid(&mut self, node: &Node) -> Option<Uuid> {
        let Some(at) = node.get("uuid") else {
            return Some(Uuid::new_v4());
        };
        let Ok(uuid) = Uuid::try_parse(at.as_str().unwrap_or_default()) else {
            self.report("schema", at, "`uuid` is not a UUID", "leave it out");
            return None;
        };
        if self.state.groups.contains(uuid) {
            let message = "another group has the same `uuid`";
            self.report("duplicate", at, message, "leave out one of them");
        }
        Some(uuid)
    }

    fn time(&mut self, node: &Node, name: &str) -> Option<DateTime<Utc>> {
        let at = node.get(name)?;
        let time = at.as_str().and_then(|text| text.parse().ok());
        if time.is_none() {
            let help = "write a time such as 2026-01-05T08:00:00.000Z, or leave it out";
            self.report("schema", at, format!("`{name}` is not a time"), help);
        }
        time
    }

    /// Returns the SIP user with a login, an e-mail address or a UUID.
    fn user(&mut self, node: &Node) -> Option<Uuid> {
        let Some(typed) = node.as_str() else {
            self.report("type", node, "the login is not a text", "put it in quotes");
            return None;
        };
        let help = "write the login of a user of the section `users`";
        Uuid::try_parse(&self.key(kind(USERS)?, node, typed, help)?).ok()
    }
}

/// Returns `true` if these are the first and the last number of a range that fits into memory.
fn is_range(first: i64, last: i64) -> bool {
    let length = last.checked_sub(first);
    0 < first && length.is_some_and(|length| (0..100_000).contains(&length))
}
