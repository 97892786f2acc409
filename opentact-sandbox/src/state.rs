//! The state of the sandbox.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::credentials::{Credentials, EMAIL};
use crate::messages::Messages;
use crate::numbers::Numbers;
use crate::store::{Store, timestamp};
use crate::user::Account;

/// The UUID of the account user.
const ACCOUNT_USER: &str = "4d9a1e70-63b8-4c52-8f07-b2e5d1a96c38";

/// The state that requests read and change.
pub(crate) struct State {
    pub(crate) credentials: Credentials,
    /// The SIP users and their groups.
    pub(crate) groups: Store,
    pub(crate) numbers: Numbers,
    pub(crate) messages: Messages,
}

impl State {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        let tokens = accounts.iter();
        let tokens = tokens.map(|account| (account.token.as_str(), account.uuid));
        Self {
            credentials: Credentials::new(tokens),
            groups: Store::new(accounts),
            numbers: Numbers::default(),
            messages: Messages::default(),
        }
    }

    /// Returns the whole state.
    pub(crate) fn to_json(&self) -> Value {
        json!({ "users": self.groups.all_users() })
    }

    /// Adds the contents of a seed, or returns the mistake in it.
    pub(crate) fn seed(&mut self, _text: &str) -> Result<(), String> {
        Err("seeds are not implemented".to_owned())
    }

    /// Returns the account user with a new JSON Web Token.
    pub(crate) fn sign_in(&mut self, now: DateTime<Utc>) -> Value {
        json!({
            "created_on": "2026-01-05T08:00:00.000Z",
            "modified_on": timestamp(now),
            "uuid": ACCOUNT_USER,
            "email": EMAIL,
            "first_name": "Alice",
            "last_name": "Moreau",
            "role": "Admin",
            "token": self.credentials.create_jwt(ACCOUNT_USER, now),
        })
    }
}
