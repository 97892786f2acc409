//! Groups and users by the names that people give them.

use std::collections::BTreeMap;

use opentact_api::Client;
use opentact_api::types::{SipUser, SipUserGroup};
use uuid::Uuid;

use crate::failure::Failure;
use crate::show::name;

/// The UUID of a group that is named by its UUID or its exact name.
pub(crate) async fn group(client: &Client, group: &str) -> Result<Uuid, Failure> {
    match uuid(group) {
        Some(uuid) => Ok(uuid),
        None => Ok(listed_group(client, group).await?.uuid),
    }
}

/// A group in the user's list that is named by its UUID or its exact name.
pub(crate) async fn listed_group(client: &Client, group: &str) -> Result<SipUserGroup, Failure> {
    let groups = client.list_groups().send().await?.into_inner();
    let wanted = uuid(group);
    let is_meant = |known: &SipUserGroup| match wanted {
        Some(uuid) => known.uuid == uuid,
        None => known.name == group,
    };
    let mut found: Vec<_> = groups.into_iter().filter(is_meant).collect();
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (Some(last), others) => {
            found.push(last);
            let candidates: Vec<_> = found.iter().map(candidate).collect();
            Err(Failure::usage(format!(
                "{} groups are called `{group}`: {}; name one by its UUID",
                others + 1,
                candidates.join(", ")
            )))
        }
        (None, _) => Err(Failure::not_found(format!(
            "you have no group `{group}`; `opentact group list` shows those that you have"
        ))),
    }
}

/// The UUIDs of users who are named by their UUIDs, or by the logins that are seen in the
/// user's groups.
pub(crate) async fn users(client: &Client, users: &[String]) -> Result<Vec<Uuid>, Failure> {
    let mut known: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    if users.iter().any(|user| uuid(user).is_none()) {
        for group in client.list_groups().send().await?.iter() {
            for SipUser { login, uuid, .. } in group.users.iter().chain(&group.owner) {
                if let (Some(login), Some(uuid)) = (login, uuid) {
                    let uuids = known.entry(login.clone()).or_default();
                    if !uuids.contains(uuid) {
                        uuids.push(*uuid);
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    for user in users {
        let uuid = match (uuid(user), known.get(user).map(Vec::as_slice)) {
            (Some(uuid), _) => uuid,
            (None, Some([uuid])) => *uuid,
            (None, Some(uuids)) => {
                let uuids: Vec<_> = uuids.iter().map(Uuid::to_string).collect();
                return Err(Failure::usage(format!(
                    "several SIP users have the login `{user}`: {}; name one by its UUID",
                    uuids.join(", ")
                )));
            }
            (None, None) => {
                return Err(Failure::not_found(format!(
                    "no SIP user in your groups has the login `{user}`; give the UUID instead"
                )));
            }
        };
        if !found.contains(&uuid) {
            found.push(uuid);
        }
    }
    Ok(found)
}

/// A UUID as people write it, with hyphens. Anything else may be a name.
fn uuid(text: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(text).ok()?;
    (text.len() == 36).then_some(uuid)
}

fn candidate(group: &SipUserGroup) -> String {
    let owner = group.owner.as_ref().map(name).unwrap_or_default();
    let users = group.users.len();
    format!("{} (owner {owner}, users {users})", group.uuid)
}
