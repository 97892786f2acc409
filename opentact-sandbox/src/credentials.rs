//! The credentials that the sandbox accepts, and those who send them.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::resources::table::{ACCOUNT_USERS, TOKENS, USERS};
use crate::resources::{Object, text};
use crate::response::{ErrorResponse, Result};
use crate::spec::Credential;
use crate::state::State;

/// The header with the token of a SIP user.
const HA1B_HEADER: &str = "X-Auth-HA1B-Token";
/// The header with the JSON Web Token of an account user.
const JWT_HEADER: &str = "X-Auth-Token";

/// The bearer token of the first account user. It cannot be deleted.
pub(crate) const BEARER_TOKEN: &str = "sandbox-bearer-token";

/// The prefix of the token that stands for a user who does not exist; the login follows.
pub(crate) const UNKNOWN_LOGIN: &str = "unknown-login-";

/// The last part of a JSON Web Token, in place of a signature.
const SIGNATURE: &str = "sandbox";

/// The sender of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Caller {
    /// The sender of a request without credentials.
    Anyone,
    /// The SIP user with this UUID.
    SipUser(Uuid),
    /// The user of the account with this UUID.
    AccountUser(Uuid),
}

impl Caller {
    /// Returns the UUID of the account user, or null for any other caller.
    pub(crate) fn account_user(self) -> Value {
        match self {
            Self::AccountUser(uuid) => uuid.to_string().into(),
            _ => Value::Null,
        }
    }
}

/// Returns a new JSON Web Token of an account user, which is valid for a day.
pub(crate) fn create_jwt(user: Uuid, now: DateTime<Utc>) -> String {
    let claims = json!({
        "uuid": user,
        "iat": now.timestamp(),
        "exp": (now + TimeDelta::days(1)).timestamp(),
        "jti": Uuid::new_v4(),
    });
    let parts = [
        json!({ "alg": "HS256", "typ": "JWT" }).to_string(),
        claims.to_string(),
        SIGNATURE.to_owned(),
    ];
    parts
        .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part))
        .join(".")
}

impl State {
    /// Returns the sender of a request to an operation with these alternatives of authentication.
    pub(crate) fn caller(&self, accepted: &[Credential], headers: &HeaderMap) -> Result<Caller> {
        if accepted.is_empty() {
            return Ok(Caller::Anyone);
        }
        let unauthorized = |message: String| ErrorResponse::new(StatusCode::UNAUTHORIZED, message);
        let sent = accepted.iter();
        let mut sent =
            sent.filter_map(|credential| Some((credential, credential.sent_in(headers)?)));
        let Some(first) = sent.next() else {
            let names: Vec<String> = accepted.iter().map(ToString::to_string).collect();
            let names = names.join(" or ");
            return Err(unauthorized(format!("the header {names} is missing")));
        };
        let mut reason = match first.1.strip_prefix(UNKNOWN_LOGIN) {
            Some(login) => format!("the sandbox has no user `{login}`"),
            None => "no user has these credentials".to_owned(),
        };
        for (credential, secret) in std::iter::once(first).chain(sent) {
            match self.owner(credential, secret, Utc::now()) {
                Ok(Some(caller)) => return Ok(caller),
                Ok(None) => {}
                Err(expired) => reason = expired,
            }
        }
        Err(unauthorized(reason))
    }

    /// Returns the owner of a secret, or the reason why it is no longer valid.
    fn owner(
        &self,
        credential: &Credential,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Caller>, String> {
        match credential {
            Credential::Header(name) if name == HA1B_HEADER => Ok(self.owner_of_ha1b(secret)),
            Credential::Header(name) if name == JWT_HEADER => self.owner_of_jwt(secret, now),
            // A header that the sandbox does not know has the token of any user.
            Credential::Header(_) => match self.owner_of_ha1b(secret) {
                Some(caller) => Ok(Some(caller)),
                None => self.owner_of_jwt(secret, now),
            },
            Credential::Bearer if secret == BEARER_TOKEN => Ok(self
                .first_account_user()
                .and_then(|user| self.account_user(user))),
            Credential::Bearer => {
                let mut tokens = self.resources.all(TOKENS);
                let Some((_, token)) = tokens.find(|(_, token)| text(token, "token") == secret)
                else {
                    return Ok(None);
                };
                let expired_on = text(token, "expired_on");
                match expired_on.parse::<DateTime<Utc>>() {
                    Ok(end) if end <= now => Err(format!("the token expired on {expired_on}")),
                    _ => Ok(self.account_user(text(token, "user"))),
                }
            }
            Credential::Basic => {
                let mut users = self.resources.all(ACCOUNT_USERS);
                let user = users.find(|(_, user)| basic(user).as_deref() == Some(secret));
                Ok(user.and_then(|(key, _)| self.account_user(key)))
            }
        }
    }

    fn owner_of_ha1b(&self, token: &str) -> Option<Caller> {
        let mut users = self.resources.all(USERS);
        let user =
            users.find(|(_, user)| [text(user, "token"), text(user, "ha1b")].contains(&token));
        let uuid = user.and_then(|(key, _)| Uuid::try_parse(key).ok());
        uuid.filter(|_| !token.is_empty()).map(Caller::SipUser)
    }

    fn owner_of_jwt(&self, token: &str, now: DateTime<Utc>) -> Result<Option<Caller>, String> {
        let parts: Vec<Vec<u8>> = token
            .split('.')
            .filter_map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok())
            .collect();
        let [_, claims, signature] = &parts[..] else {
            return Ok(None);
        };
        let claims: Value = serde_json::from_slice(claims).unwrap_or_default();
        if signature != SIGNATURE.as_bytes() {
            return Ok(None);
        }
        let Some(user) = self.account_user(claims["uuid"].as_str().unwrap_or_default()) else {
            return Ok(None);
        };
        match claims["exp"].as_i64() {
            Some(end) if end > now.timestamp() => Ok(Some(user)),
            _ => Err("the JSON Web Token has expired: sign in again".to_owned()),
        }
    }

    /// Returns the account user with a UUID, unless this user is deactivated.
    fn account_user(&self, uuid: &str) -> Option<Caller> {
        let user = self.resources.get(ACCOUNT_USERS, uuid)?;
        let is_active = user.get("deleted_on").is_none_or(Value::is_null);
        let uuid = Uuid::try_parse(uuid).ok()?;
        is_active.then_some(Caller::AccountUser(uuid))
    }
}

fn basic(user: &Object) -> Option<String> {
    let (email, password) = (
        user.get("email")?.as_str()?,
        user.get("password")?.as_str()?,
    );
    Some(BASE64_STANDARD.encode(format!("{email}:{password}")))
}

impl Credential {
    /// Returns the secret in the headers of a request.
    fn sent_in<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let authorization = |wanted: &str| {
            let (scheme, secret) = text(AUTHORIZATION.as_str())?.split_once(' ')?;
            scheme.eq_ignore_ascii_case(wanted).then_some(secret)
        };
        match self {
            Self::Header(name) => text(name),
            Self::Bearer => authorization("Bearer"),
            Self::Basic => authorization("Basic"),
        }
    }
}

impl std::fmt::Display for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Header(name) => f.write_str(name),
            Self::Bearer => f.write_str("Authorization: Bearer"),
            Self::Basic => f.write_str("Authorization: Basic"),
        }
    }
}
