//! A seed for a sandbox, made of recorded responses.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::mask::MASK;
use crate::resources::table::{USERS, kind, referred_kind};
use crate::resources::{Object, Shapes, is_known, text};
use crate::spec::Spec;
use crate::state::DOMAIN;

/// The property of a SIP user with the name of the domain.
const SIP_DOMAIN: &str = "sip_domain";

/// The SIP users and groups of recorded responses, by UUID.
pub(super) struct Seed {
    shapes: Shapes,
    users: IndexMap<String, Object>,
    groups: IndexMap<String, Object>,
}

impl Seed {
    /// Returns a seed with the contents of an earlier one.
    pub(super) fn new(spec: &Arc<Spec>, earlier: Option<&str>) -> io::Result<Self> {
        let mut seed = Self {
            shapes: Shapes(Arc::clone(spec)),
            users: IndexMap::new(),
            groups: IndexMap::new(),
        };
        let earlier: Value = earlier.map_or(Ok(Value::Null), serde_json::from_str)?;
        for user in items(&earlier["users"]) {
            seed.add_user(user);
        }
        for group in items(&earlier["groups"]) {
            if let (Some(uuid), Some(group)) = (uuid(&group["uuid"]), group.as_object()) {
                seed.groups.insert(uuid, group.clone());
            }
        }
        Ok(seed)
    }

    /// Adds what a response shows, and removes what a request deleted. Returns `true` if the seed can
    /// have changed.
    pub(super) fn add(&mut self, operation: &str, pair: &Value) -> bool {
        let response = &pair["response"];
        let payload = &response["body"]["payload"];
        if response["status"] != 200 {
            return false;
        }
        let path = pair["request"]["path"].as_str().unwrap_or_default();
        // `/app/group/{uuid}/users/{sip_user_uuid}`
        let mut path = path.split('/').skip(3).step_by(2).map(str::to_lowercase);
        let (group, user) = (path.next().unwrap_or_default(), path.next());
        match operation {
            "GetSIPUserApp" | "ModifySIPUserApp" | "GetSIPUsersWithSameDomainApp" => {
                items(payload).iter().for_each(|user| self.add_user(user));
            }
            "GetSIPUserGroupUsersApp" => {
                self.add_group(&json!({ "uuid": group, "users": payload }));
            }
            "GetSIPGroupsListApp"
            | "CreateSIPUserGroupApp"
            | "ModifySIPUserGroupApp"
            | "AddSIPUsersToSIPUserGroupApp"
            | "AddSIPUserToSIPUserGroupApp" => {
                items(payload)
                    .iter()
                    .for_each(|group| self.add_group(group));
            }
            "RemoveSIPUserGroupApp" => drop(self.groups.shift_remove(&group)),
            "RemoveSIPUserFromSIPUserGroupApp" => {
                let group = self.groups.get_mut(&group);
                let users = group.and_then(|group| group.get_mut("users"));
                if let Some(users) = users.and_then(Value::as_array_mut) {
                    users.retain(|known| known.as_str() != user.as_deref());
                }
            }
            _ => return false,
        }
        true
    }

    pub(super) fn to_json(&self) -> Value {
        let is_user = |user: &Value| {
            user.as_str()
                .is_some_and(|user| self.users.contains_key(user))
        };
        let mut groups = Vec::new();
        for group in self.groups.values() {
            let has_name = (3..=80).contains(&text(group, "name").chars().count());
            if has_name && group.get("owner").is_some_and(is_user) {
                let mut group = group.clone();
                let users = group.get("users").map_or(&[][..], items).iter();
                let users: Value = users.filter(|user| is_user(user)).cloned().collect();
                group.insert("users".to_owned(), users);
                groups.push(Value::Object(group));
            }
        }
        let users = self.users.values();
        let domains: BTreeSet<_> = users.clone().filter_map(domain).collect();
        let mut seed = Map::new();
        if !domains.is_empty() {
            let domains = domains.into_iter().filter(|domain| *domain != DOMAIN);
            let domains = [DOMAIN].into_iter().chain(domains);
            let domains = domains.map(|domain| json!({ "domain": domain }));
            seed.insert("domains".to_owned(), domains.collect());
        }
        seed.insert(
            "users".to_owned(),
            users.cloned().map(Value::Object).collect(),
        );
        seed.insert("groups".to_owned(), groups.into());
        seed.into()
    }

    fn add_user(&mut self, user: &Value) {
        let (Some(uuid), Some(properties)) = (uuid(&user["uuid"]), user.as_object()) else {
            return;
        };
        let Some(kind) = kind(USERS) else {
            return;
        };
        let domain_name = match &user[SIP_DOMAIN] {
            Value::Object(domain) => domain.get("domain").cloned(),
            name => Some(name.clone()),
        };
        // Objects are references to other resources, which the seed might not have.
        let kept = properties.iter().filter(|(name, value)| {
            is_known(&self.shapes, kind, name)
                && referred_kind(name).is_none()
                && !value.is_null()
                && !value.is_object()
                && !value.is_array()
                && *value != MASK
        });
        let mut kept: Object = kept
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        kept.insert("uuid".to_owned(), uuid.clone().into());
        if let Ok(schema) = self.shapes.0.schema(kind.schema) {
            while let Err((place, _)) = schema.find_error(&Value::Object(kept.clone())) {
                let name = place.segments().next().unwrap_or_default();
                if kept.shift_remove(&name).is_none() {
                    break;
                }
            }
        }
        if let Some(name) =
            domain_name.filter(|name| name.is_string() && *name != MASK && *name != "")
        {
            kept.insert(SIP_DOMAIN.to_owned(), name);
        }
        if text(&kept, "login").is_empty() {
            return;
        }
        // Another user can have the login of one who was deleted.
        let login = |user: &Object| {
            let domain = domain(user).unwrap_or(DOMAIN).to_owned();
            (text(user, "login").to_owned(), domain)
        };
        let added = login(&kept);
        self.users
            .retain(|known, user| *known == uuid || login(user) != added);
        self.users.insert(uuid, kept);
    }

    fn add_group(&mut self, group: &Value) {
        let Some(uuid) = uuid(&group["uuid"]) else {
            return;
        };
        for user in items(&group["users"]).iter().chain([&group["owner"]]) {
            if self::uuid(&user["uuid"]).is_some_and(|uuid| !self.users.contains_key(&uuid)) {
                self.add_user(user);
            }
        }
        let known = self.groups.entry(uuid.clone()).or_default();
        known.insert("uuid".to_owned(), uuid.into());
        if group["name"].is_string() {
            known.insert("name".to_owned(), group["name"].clone());
        }
        if let Some(owner) = self::uuid(&group["owner"]["uuid"]) {
            known.insert("owner".to_owned(), owner.into());
        }
        // A response without users does not mean that the group has none.
        if let Some(users) = group["users"].as_array() {
            let users = users.iter().filter_map(|user| self::uuid(&user["uuid"]));
            known.insert("users".to_owned(), users.collect::<Vec<_>>().into());
        }
    }
}

/// Returns the elements of a list, or the value itself.
fn items(value: &Value) -> &[Value] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn uuid(value: &Value) -> Option<String> {
    let uuid = Uuid::try_parse(value.as_str()?).ok()?;
    Some(uuid.to_string())
}

fn domain(user: &Object) -> Option<&str> {
    user.get(SIP_DOMAIN)?.as_str()
}
