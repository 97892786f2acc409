//! The users and groups that arguments name.

mod groups;
pub(crate) mod suggest;
mod users;
pub(crate) mod uuids;

use opentact_api::Client;
use uuid::Uuid;

use crate::failure::Failure;

pub(crate) use groups::{ResolvedGroup, group, listed_group, position};
pub(crate) use users::{Directory, ResolvedUser, users};

/// Resolves a group to its UUID.
pub(crate) async fn group_uuid(client: &Client, typed: &str) -> Result<Uuid, Failure> {
    Ok(group(client, typed).await?.uuid)
}

/// Resolves users to their UUIDs.
pub(crate) async fn user_uuids(client: &Client, typed: &[String]) -> Result<Vec<Uuid>, Failure> {
    let users = users(client, typed).await?;
    Ok(users.into_iter().map(|user| user.uuid).collect())
}
