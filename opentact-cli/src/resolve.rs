//! Names to UUIDs: groups by their name, users by their login.

use std::collections::BTreeMap;

use opentact_api::Client;
use opentact_api::groups::{SipUser, SipUserGroup};
use uuid::Uuid;

use crate::failure::Failure;
use crate::response;

/// Resolves a group from its UUID or exact name. A UUID costs no request.
pub(crate) async fn group_uuid(client: &Client, group: &str) -> Result<Uuid, Failure> {
    match parse_uuid(group) {
        Some(uuid) => Ok(uuid),
        None => Ok(listed_group(client, group, &[]).await?.uuid),
    }
}

/// Returns the group with this UUID or exact name from the user's list. Fails if one of the `needed`
/// properties of the group could not be read.
pub(crate) async fn listed_group(
    client: &Client,
    group: &str,
    needed: &[&str],
) -> Result<SipUserGroup, Failure> {
    let (groups, parts) = client.list_groups().send().await?.into_parts();
    let wanted = parse_uuid(group);
    let is_match = |listed: &SipUserGroup| match wanted {
        Some(uuid) => listed.uuid == uuid,
        None => listed.name == group,
    };
    let mut matches: Vec<_> = groups.into_iter().enumerate().collect();
    matches.retain(|(_, listed)| is_match(listed));
    if matches.len() > 1 {
        let candidates: Vec<_> = matches.iter().map(|(_, group)| candidate(group)).collect();
        return Err(Failure::usage(format!(
            "{} groups have the name `{group}`: {}; use a UUID instead",
            matches.len(),
            candidates.join(", ")
        )));
    }
    let Some((position, listed)) = matches.pop() else {
        return Err(Failure::not_found(format!(
            "you have no group `{group}`; `opentact group list` shows your groups"
        )));
    };
    let place = format!("payload[{position}].");
    let warnings = parts.warnings.iter();
    let of_group = warnings.filter(|warning| warning.path().starts_with(&place));
    response::report(of_group, needed)?;
    Ok(listed)
}

/// Resolves users, each from a UUID or a login. A login must belong to a user in the groups of
/// the current user: `opentact` looks up no others.
pub(crate) async fn user_uuids(client: &Client, users: &[String]) -> Result<Vec<Uuid>, Failure> {
    let by_login = match users.iter().all(|user| parse_uuid(user).is_some()) {
        true => BTreeMap::new(),
        false => {
            let groups = client.list_groups().send().await?;
            let needed = ["users", "owner", "login", "uuid"];
            uuids_by_login(&response::payload(groups, &needed)?)
        }
    };
    let mut resolved = Vec::new();
    for user in users {
        let uuid = match (parse_uuid(user), by_login.get(user).map(Vec::as_slice)) {
            (Some(uuid), _) | (None, Some(&[uuid])) => uuid,
            (None, Some(uuids)) => {
                let uuids: Vec<_> = uuids.iter().map(Uuid::to_string).collect();
                return Err(Failure::usage(format!(
                    "several SIP users have the login `{user}`: {}; use a UUID instead",
                    uuids.join(", ")
                )));
            }
            (None, None) => {
                return Err(Failure::not_found(format!(
                    "no SIP user in your groups has the login `{user}`; use the UUID instead"
                )));
            }
        };
        if !resolved.contains(&uuid) {
            resolved.push(uuid);
        }
    }
    Ok(resolved)
}

/// Returns the users and owners of groups by their logins, which need not be unique.
fn uuids_by_login(groups: &[SipUserGroup]) -> BTreeMap<String, Vec<Uuid>> {
    let mut by_login: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for group in groups {
        for SipUser { login, uuid, .. } in group.users.iter().chain(&group.owner) {
            if let (Some(login), Some(uuid)) = (login, uuid) {
                let uuids = by_login.entry(login.clone()).or_default();
                if !uuids.contains(uuid) {
                    uuids.push(*uuid);
                }
            }
        }
    }
    by_login
}

/// Parses a UUID with hyphens. Other notations count as names.
fn parse_uuid(text: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(text).ok()?;
    (text.len() == 36).then_some(uuid)
}

fn candidate(group: &SipUserGroup) -> String {
    let owner = group.owner.as_ref().map(display_name).unwrap_or_default();
    let users = group.users.len();
    format!("{} (owner {owner}, users {users})", group.uuid)
}

/// Returns the login of a user, or else the UUID.
fn display_name(user: &SipUser) -> String {
    let uuid = user.uuid.map(|uuid| uuid.to_string());
    user.login.clone().or(uuid).unwrap_or_default()
}
