//! The groups of the service, and the users whom a file names.

use std::collections::HashMap;

use opentact_api::Client;
use opentact_api::groups::SipUserGroup;
use uuid::Uuid;

use super::diff::{Desired, Owner, Present};
use super::export::Exported;
use super::file::{FileGroup, FileUser};
use super::yaml::Fault;
use crate::failure::Failure;
use crate::group::plan::Member;
use crate::resolve::{self, Directory};
use crate::response;

/// Returns the groups that the user owns or is in. `prune` fails if the service does not tell who the
/// user is: groups of others would be deleted.
pub(super) async fn present(client: &Client, prune: bool) -> Result<Vec<Present>, Failure> {
    let me = current_user(client).await?;
    if prune && me.is_none() {
        let message = "the service does not tell who you are, so --prune cannot know your groups";
        return Err(Failure::general(message));
    }
    let groups = client.list_groups().send().await?;
    let groups = response::payload(groups, &["uuid", "name", "owner", "users"])?.into_iter();
    let groups = groups.map(|group| Present {
        uuid: group.uuid,
        owner: owner(&group, me),
        users: Member::present(&group.users),
        name: group.name,
    });
    Ok(groups.collect())
}

/// Resolves the users of a file. The inner result has the faults of the file.
pub(super) async fn desired(
    client: &Client,
    groups: Vec<FileGroup>,
) -> Result<Result<Vec<Desired>, Vec<Fault>>, Failure> {
    let mut users = groups.iter().flat_map(|group| group.users.iter().flatten());
    let are_uuids = users.all(|user| resolve::uuids::parse(&user.written).is_some());
    let directory = match are_uuids {
        true => None,
        false => Some(Directory::load(client).await?),
    };
    let mut faults = Vec::new();
    let mut resolve = |user: FileUser| match member(directory.as_ref(), &user) {
        Ok(member) => Some(member),
        Err(failure) => {
            let hint = failure.hint().map(|hint| format!("; {hint}"));
            let message = format!("{}{}", failure.message(), hint.unwrap_or_default());
            faults.push(Fault::new(user.place, message));
            None
        }
    };
    let desired = groups.into_iter().map(|group| Desired {
        place: group.place,
        name: group.name,
        uuid: group.uuid,
        users: group
            .users
            .map(|users| users.into_iter().filter_map(&mut resolve).collect()),
    });
    let desired: Vec<_> = desired.collect();
    Ok(match faults.is_empty() {
        true => Ok(desired),
        false => Err(faults),
    })
}

/// Returns the groups that the user owns, as a file names them.
pub(super) async fn exported(client: &Client) -> Result<Vec<Exported>, Failure> {
    let groups = present(client, false).await?;
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|group| !matches!(group.owner, Owner::Other(_)))
        .collect();
    let directory = match groups.iter().all(|group| group.users.is_empty()) {
        true => None,
        false => Some(Directory::load(client).await?),
    };
    let mut names: HashMap<Uuid, String> = HashMap::new();
    let mut name = |user: &Member| {
        let name = names.entry(user.uuid).or_insert_with(|| {
            // A login that several users have, or that is no user of the domain, is not read back.
            let again = directory
                .as_ref()
                .map(|directory| directory.user(&user.shown));
            match again {
                Some(Ok(again)) if again.uuid == user.uuid => user.shown.clone(),
                _ => user.uuid.to_string(),
            }
        });
        name.clone()
    };
    let groups = groups.into_iter().map(|group| Exported {
        uuid: group.uuid,
        name: group.name,
        users: group.users.iter().map(&mut name).collect(),
    });
    Ok(groups.collect())
}

fn member(directory: Option<&Directory>, user: &FileUser) -> Result<Member, Failure> {
    let uuid = match (resolve::uuids::parse(&user.written), directory) {
        (Some(uuid), _) => uuid,
        (None, Some(directory)) => directory.user(&user.written)?.uuid,
        (None, None) => return Err(Failure::general("the users of the domain are not loaded")),
    };
    Ok(Member {
        uuid,
        shown: user.written.clone(),
    })
}

/// Returns the UUID of the current user, or `None` if the service does not tell.
async fn current_user(client: &Client) -> Result<Option<Uuid>, Failure> {
    let user = client.get_current_sip_user().send().await;
    match user.map_err(|error| (error.status().map(|status| status.as_u16()), error)) {
        Ok(user) => Ok(Some(response::payload(user, &["uuid"])?.uuid)),
        Err((Some(404 | 405 | 501), _)) => Ok(None),
        Err((_, error)) => Err(error.into()),
    }
}

fn owner(group: &SipUserGroup, me: Option<Uuid>) -> Owner {
    let Some(owner) = &group.owner else {
        return Owner::Unknown;
    };
    match (owner.uuid, me) {
        (Some(uuid), Some(me)) if uuid == me => Owner::Me,
        (Some(uuid), Some(_)) => {
            Owner::Other(owner.login.clone().unwrap_or_else(|| uuid.to_string()))
        }
        _ => Owner::Unknown,
    }
}
