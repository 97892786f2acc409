//! The SIP users that the arguments of a command name.

use std::path::PathBuf;

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::input;

/// SIP users as arguments, in a file, or both.
#[derive(Args, Debug, Default)]
pub(crate) struct UserList {
    /// SIP users: logins, e-mail addresses, UUIDs, or the first 8 or more characters of UUIDs.
    #[arg(value_name = "USER")]
    pub(super) users: Vec<String>,
    /// A file of SIP users, one in each line. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
}

impl UserList {
    /// Returns the users as typed: first the arguments, then the lines of the file. Fails with the
    /// `hint` if there are none.
    pub(super) fn some(self, context: &Context, hint: &str) -> Result<Vec<String>, Failure> {
        let message = match &self.from {
            Some(file) => format!("{} names no SIP users", input::shown(file)),
            None => "no SIP users are named".to_owned(),
        };
        let users = self.any(context)?;
        if users.is_empty() {
            return Err(Failure::usage(message).with_hint(hint));
        }
        Ok(users)
    }

    /// Returns the users as typed, of whom there may be none.
    pub(super) fn any(self, context: &Context) -> Result<Vec<String>, Failure> {
        let mut users = self.users;
        if let Some(file) = &self.from {
            users.extend(input::lines(context, file)?);
        }
        Ok(users)
    }
}
