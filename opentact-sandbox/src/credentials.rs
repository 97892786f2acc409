//! The credentials that the sandbox accepts, and those who send them.

use std::collections::HashMap;

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::response::{ErrorResponse, Result};
use crate::spec::Credential;

/// The header with the token of a SIP user.
const HA1B_HEADER: &str = "X-Auth-HA1B-Token";
/// The header with the token of an account user.
const JWT_HEADER: &str = "X-Auth-Token";

/// The e-mail address and the password of the account user.
pub(crate) const EMAIL: &str = "alice@example.com";
pub(crate) const PASSWORD: &str = "sandbox-password";
/// The bearer token of the account user.
pub(crate) const BEARER_TOKEN: &str = "sandbox-bearer-token";

/// The prefix of the token that stands for a user who does not exist; the login follows.
pub(crate) const UNKNOWN_LOGIN: &str = "unknown-login-";

/// The sender of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Caller {
    /// The sender of a request without credentials.
    Anyone,
    /// The SIP user with this UUID.
    SipUser(Uuid),
    /// The user of the account.
    AccountUser,
}

/// The credentials that the sandbox accepts, with their owners.
pub(crate) struct Credentials {
    owners: HashMap<(Credential, String), Caller>,
    /// The number of JSON Web Tokens created so far.
    created: u64,
}

impl Credentials {
    /// Returns the credentials of the account user, and those of the SIP users by their tokens.
    pub(crate) fn new<'a>(sip_users: impl Iterator<Item = (&'a str, Uuid)>) -> Self {
        let header = || Credential::Header(HA1B_HEADER.to_owned());
        let sip_users =
            sip_users.map(|(token, uuid)| ((header(), token.to_owned()), Caller::SipUser(uuid)));
        let basic = BASE64_STANDARD.encode(format!("{EMAIL}:{PASSWORD}"));
        let account_user = [
            (Credential::Basic, basic),
            (Credential::Bearer, BEARER_TOKEN.to_owned()),
        ];
        let account_user = account_user.map(|key| (key, Caller::AccountUser));
        Self {
            owners: sip_users.chain(account_user).collect(),
            created: 0,
        }
    }

    /// Creates a JSON Web Token of the account user, which is valid for a day. Its signature is a
    /// placeholder.
    pub(crate) fn create_jwt(&mut self, uuid: &str, now: DateTime<Utc>) -> String {
        self.created += 1;
        let expiry = now + TimeDelta::days(1);
        let claims = json!({
            "uuid": uuid,
            "iat": now.timestamp(),
            "exp": expiry.timestamp(),
            "jti": self.created,
        });
        let encode = |text: String| BASE64_URL_SAFE_NO_PAD.encode(text);
        let header = encode(json!({ "alg": "HS256", "typ": "JWT" }).to_string());
        let token = format!(
            "{header}.{}.{}",
            encode(claims.to_string()),
            encode("sandbox".to_owned())
        );
        let key = (Credential::Header(JWT_HEADER.to_owned()), token.clone());
        self.owners.insert(key, Caller::AccountUser);
        token
    }

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
        let mut sent = std::iter::once(first).chain(sent);
        let owner = sent.find_map(|(credential, secret)| {
            self.owners.get(&(credential.clone(), secret.to_owned()))
        });
        owner.copied().ok_or_else(|| {
            unauthorized(match first.1.strip_prefix(UNKNOWN_LOGIN) {
                Some(login) => format!("the sandbox has no user `{login}`"),
                None => "no user has these credentials".to_owned(),
            })
        })
    }
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
