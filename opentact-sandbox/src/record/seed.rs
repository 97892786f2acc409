//! A seed for a sandbox, made of recorded responses.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::mask::MASK;

/// The SIP users and groups of recorded responses, by UUID.
#[derive(Default)]
pub(super) struct Seed {
    users: IndexMap<String, Value>,
    groups: IndexMap<String, Value>,
}

impl Seed {
    /// Adds what a response shows. Returns `true` if the seed changed.
    pub(super) fn add(&mut self, operation: &str, pair: &Value) -> bool {
        let response = &pair["response"];
        let payload = &response["body"]["payload"];
        if response["status"] != 200 {
            return false;
        }
        let items = payload
            .as_array()
            .map_or(std::slice::from_ref(payload), Vec::as_slice);
        match operation {
            "GetSIPUserApp" | "GetSIPUsersWithSameDomainApp" | "GetSIPUserGroupUsersApp" => {
                items.iter().for_each(|user| self.add_user(user));
            }
            "GetSIPGroupsListApp" | "CreateSIPUserGroupApp" | "ModifySIPUserGroupApp" => {
                items.iter().for_each(|group| self.add_group(group));
            }
            _ => return false,
        }
        true
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "users": self.users.values().collect::<Vec<_>>(),
            "groups": self.groups.values().collect::<Vec<_>>(),
        })
    }

    fn add_user(&mut self, user: &Value) {
        let (Some(uuid), Some(properties)) = (user["uuid"].as_str(), user.as_object()) else {
            return;
        };
        // Objects are references to other resources, which the seed might not have.
        let kept = properties.iter().filter(|(_, value)| {
            !value.is_null() && !value.is_object() && !value.is_array() && *value != MASK
        });
        let kept: Map<_, _> = kept
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        self.users.insert(uuid.to_owned(), kept.into());
    }

    fn add_group(&mut self, group: &Value) {
        let (Some(uuid), Some(owner)) = (group["uuid"].as_str(), group["owner"]["uuid"].as_str())
        else {
            return;
        };
        let users = group["users"].as_array().map_or(&[][..], Vec::as_slice);
        for user in users.iter().chain([&group["owner"]]) {
            if let Some(uuid) = user["uuid"].as_str()
                && !self.users.contains_key(uuid)
            {
                self.add_user(user);
            }
        }
        let users: Vec<_> = users.iter().map(|user| user["uuid"].clone()).collect();
        let group = BTreeMap::from([
            ("uuid", json!(uuid)),
            ("name", group["name"].clone()),
            ("owner", json!(owner)),
            ("users", users.into()),
        ]);
        self.groups.insert(uuid.to_owned(), json!(group));
    }
}
