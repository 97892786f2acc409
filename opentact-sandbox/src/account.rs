//! Signing in, the tokens of account users, and the SIP user who sends a request.

use std::time::Duration;

use axum::http::StatusCode;
use chrono::{Datelike, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::credentials::{Caller, create_jwt};
use crate::input::Input;
use crate::resources::table::{ACCOUNT_USERS, ACCOUNTS, INVITES, Kind, TOKENS, USERS, kind};
use crate::resources::{Object, text};
use crate::response::{ErrorResponse, Result};
use crate::state::State;
use crate::time::timestamp;

/// The latest end of a token.
const LAST: &str = "9999-12-31T23:59:59.999Z";

impl State {
    /// Carries out an operation of an account user on accounts, users and tokens.
    pub(crate) fn account_operation(&mut self, operation: &str, input: &Input) -> Option<Result> {
        let Caller::AccountUser(user) = input.caller else {
            return None;
        };
        let (tokens, users) = (kind(TOKENS)?, kind(ACCOUNT_USERS)?);
        let owner = Value::from(user.to_string());
        let is_own = |token: &Object| token.get("user") == Some(&owner);
        Some(match operation {
            "Auth" => {
                let mut shown = self.show(users, &user.to_string());
                shown["token"] = create_jwt(user, Utc::now()).into();
                Ok(shown)
            }
            "GetCurrentUser" => Ok(self.show(users, &user.to_string())),
            "GetAccount" => Ok(self.show(kind(ACCOUNTS)?, &self.account())),
            "CreateToken" => self.create_token(tokens, input),
            "ModifyToken" => self.update_token(tokens, input),
            "GetTokenList" => Ok(self.list(tokens, is_own)),
            "RemoveAll" => {
                self.resources.retain(TOKENS, |token| !is_own(token));
                Ok(json!({}))
            }
            "RemoveByTokenString" => {
                let secret = Value::from(input.last_parameter());
                let found = self.resources.find(TOKENS, "token", &secret);
                match found.filter(|(_, token)| is_own(token)) {
                    None => Err(ErrorResponse::not_found("there is no such token")),
                    Some((key, _)) => {
                        let key = key.to_owned();
                        let deleted = self.show(tokens, &key);
                        self.resources.remove(TOKENS, &key);
                        Ok(deleted)
                    }
                }
            }
            "ReactivateUserAccountByUUID" => self.set_deleted(user, input, Value::Null),
            "DeactivateUserAccountByUUID" => {
                self.set_deleted(user, input, timestamp(Utc::now()).into())
            }
            "RemoveAvatar" => {
                let key = input.first_parameter();
                let changes = Map::from_iter([("avatar".to_owned(), Value::Null)]);
                let change = self.change(users, key, changes, &owner);
                change.map(|()| self.show(users, key))
            }
            _ => return None,
        })
    }

    /// Creates a token. Only this response has the token itself.
    fn create_token(&mut self, tokens: &'static Kind, input: &Input) -> Result {
        let mut object = input.properties();
        object.insert("expired_on".to_owned(), Value::Null);
        set_end(&mut object);
        let key = self.create(tokens, object, input)?;
        let mut shown = self.show(tokens, &key);
        let token = self.resources.existing(tokens, &key)?;
        shown["token"] = text(token, "token").into();
        Ok(shown)
    }

    /// Changes a token of the caller. A new `ttl` counts from now.
    fn update_token(&mut self, tokens: &'static Kind, input: &Input) -> Result {
        let (key, caller) = (input.last_parameter(), input.caller.account_user());
        let token = self.resources.get(TOKENS, key);
        if token.is_none_or(|token| token.get("user") != Some(&caller)) {
            return Err(ErrorResponse::not_found("there is no such token"));
        }
        let mut changes = input.properties();
        set_end(&mut changes);
        self.change(tokens, key, changes, &caller)?;
        Ok(self.show(tokens, key))
    }

    /// Deactivates a user, or activates the user again. Returns the users of the account.
    fn set_deleted(&mut self, caller: Uuid, input: &Input, deleted_on: Value) -> Result {
        let missing = || ErrorResponse::not_found("there are no users");
        let users = kind(ACCOUNT_USERS).ok_or_else(missing)?;
        let key = input.last_parameter();
        let is_caller = key == caller.to_string();
        let is_first = self.first_account_user() == Some(key);
        if !deleted_on.is_null() && (is_caller || is_first) {
            let message = match is_caller {
                true => "users cannot deactivate themselves",
                false => "the first user of the account stays, so that someone can sign in",
            };
            return Err(ErrorResponse::new(StatusCode::CONFLICT, message));
        }
        let changes = Map::from_iter([("deleted_on".to_owned(), deleted_on)]);
        self.change(users, key, changes, &input.caller.account_user())?;
        Ok(self.list(users, |_| true))
    }

    /// Carries out an operation of a SIP user, or of the holder of an invite.
    pub(crate) fn app_operation(&mut self, operation: &str, input: &Input) -> Option<Result> {
        let users = kind(USERS)?;
        let result = match (operation, input.caller) {
            ("GetSIPUserApp", Caller::SipUser(user)) => self.show_user(user),
            ("ModifySIPUserApp", Caller::SipUser(user)) => {
                let changes = input.properties();
                let change = self.change(users, &user.to_string(), changes, &Value::Null);
                change.and_then(|()| self.show_user(user))
            }
            ("GetSIPUsersWithSameDomainApp", Caller::SipUser(user)) => {
                let user = self.resources.get(USERS, &user.to_string())?;
                let domain = user.get("sip_domain");
                let all = self.resources.all(USERS);
                let same = all.filter(|(_, other)| other.get("sip_domain") == domain);
                Ok(same
                    .map(|(key, _)| self.shapes.show_user(&self.resources, key, users.schema))
                    .collect())
            }
            ("CheckSIPDomainByInviteApp", _) => {
                let invite = self.valid_invite(input.last_parameter());
                invite.map(|(_, domain)| {
                    let domains = kind(crate::resources::table::DOMAINS);
                    domains.map_or(Value::Null, |domains| {
                        self.shapes
                            .show(&self.resources, domains, &domain, "SIPDomainSummary")
                    })
                })
            }
            ("RegisterSIPUserByInviteApp", _) => {
                let invite = self.valid_invite(input.last_parameter());
                invite.and_then(|(invite, domain)| {
                    let mut object = input.properties();
                    object.insert("sip_domain".to_owned(), domain.into());
                    let key = self.create(users, object, input)?;
                    // An invite is for one user.
                    self.resources.remove(INVITES, &invite);
                    Ok(self.show(users, &key))
                })
            }
            _ => return None,
        };
        Some(result)
    }

    /// Returns the key and the domain of the invite with a token, if it has not expired.
    fn valid_invite(&self, token: &str) -> Result<(String, String)> {
        let found = self.resources.find(INVITES, "token", &Value::from(token));
        let found = found.filter(|(_, invite)| {
            let end = text(invite, "expired_on").parse::<chrono::DateTime<Utc>>();
            end.is_ok_and(|end| end > Utc::now())
        });
        let (key, invite) = found.ok_or_else(|| {
            ErrorResponse::not_found("there is no such invite, or it has expired")
        })?;
        Ok((key.to_owned(), text(invite, "sip_domain").to_owned()))
    }
}

/// Sets the end of a token with a `ttl`, which counts from now.
fn set_end(token: &mut Object) {
    let Some(ttl) = token.get("ttl").and_then(Value::as_f64) else {
        return;
    };
    let ttl = Duration::try_from_secs_f64(ttl).ok();
    let ttl = ttl.and_then(|ttl| TimeDelta::from_std(ttl).ok());
    let end = ttl.and_then(|ttl| Utc::now().checked_add_signed(ttl));
    // The year of a timestamp has four digits.
    let end = end.filter(|end| end.year() <= 9999).map(timestamp);
    token.insert(
        "expired_on".to_owned(),
        end.unwrap_or_else(|| LAST.to_owned()).into(),
    );
}
