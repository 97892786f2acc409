//! The users and groups that arguments name.

mod groups;
pub(crate) mod suggest;
mod users;
pub(crate) mod uuids;

pub(crate) use groups::{ResolvedGroup, group, listed_group};
pub(crate) use users::{Directory, ResolvedUser, users};
