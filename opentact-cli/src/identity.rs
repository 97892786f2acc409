//! Who the user is: the sources of tokens, the profiles that keep them, and the commands on both.

mod current;
mod folders;
mod keyring;
mod kind;
pub(crate) mod login;
pub(crate) mod logout;
mod parse;
pub(crate) mod profile;
mod profiles;
mod revoke;
mod secret_file;
pub(crate) mod sources;
mod vault;
pub(crate) mod whoami;

use crate::failure::Failure;
use folders::Folders;
pub(crate) use kind::{Source, TokenKind};
use profiles::Profiles;

/// Returns the names of the profiles, with their base URLs.
pub(crate) fn profile_names() -> Result<Vec<(String, String)>, Failure> {
    let profiles = Profiles::read(&Folders::of_user()?)?.profiles;
    let named = profiles
        .into_iter()
        .map(|(name, profile)| (name, profile.base_url));
    Ok(named.collect())
}
