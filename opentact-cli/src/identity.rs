//! The identity of the user: the sources of tokens, the profiles that keep them, and the commands on both.

mod current;
mod folders;
mod keyring;
mod kind;
pub(crate) mod login;
pub(crate) mod logout;
mod parse;
pub(crate) mod password;
pub(crate) mod profile;
mod profiles;
mod revoke;
mod secret_file;
pub(crate) mod sources;
mod vault;
pub(crate) mod whoami;

pub(crate) use kind::{Source, TokenKind};
