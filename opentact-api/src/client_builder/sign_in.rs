//! The sign-in of a client.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{ACCEPT, DATE, HeaderMap, HeaderValue};
use reqwest::{Method, Request, Url};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::call::Call;
use crate::call::limits::Limits;
use crate::call::payload::Payload;
use crate::call::pools::Pools;
use crate::call::retry::RetryPolicy;
use crate::client::Client;
use crate::credentials::jwt;
use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;
use crate::credentials::session::{Session, SessionToken, SigningIn};
use crate::credentials::token::{Token, Tokens};
use crate::error::Error;
use crate::error::build::BuildError;
use crate::error::cause::Cause;
use crate::generated::service::SIGN_IN;
use crate::observer::Observer;
use crate::operation::SignIn;

/// The shortest life of a token that the service has just issued. Less is a mistake, such as a wrong clock,
/// and would make every call sign in. If the service means it, it refuses the token, which renews it.
const SHORTEST_LIFE: Duration = Duration::from_secs(60);

/// The e-mail address and the password of an account user.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: Secret,
}

impl Credentials {
    /// Returns the scheme `Basic` with its token (RFC 7617), or the reason why there is none.
    pub(super) fn token(&self) -> Result<(&'static Scheme, Secret), &'static str> {
        let sign_in = SIGN_IN.as_ref().ok_or("the spec has no operation for it")?;
        let Self { email, password } = self;
        let password = password.expose_secret();
        let is_control = |text: &str| text.chars().any(char::is_control);
        if email.trim().is_empty() {
            return Err("the e-mail address is empty");
        }
        if email.trim() != email || is_control(email) || email.contains(':') {
            return Err(
                "the e-mail address has white space around it, control characters or a `:`",
            );
        }
        if password.is_empty() {
            return Err("the password is empty");
        }
        if is_control(password) {
            return Err("the password has control characters, such as a line break at its end");
        }
        // Neither buffer grows, so that no copy stays behind.
        let mut plain = Zeroizing::new(String::with_capacity(email.len() + 1 + password.len()));
        plain.push_str(email);
        plain.push(':');
        plain.push_str(password);
        let mut encoded = Zeroizing::new(vec![0; plain.len().div_ceil(3) * 4]);
        let unfit = "it is too long";
        let length = STANDARD
            .encode_slice(plain.as_bytes(), &mut encoded)
            .map_err(|_| unfit)?;
        encoded.truncate(length);
        String::from_utf8(mem::take(&mut *encoded))
            .map(|token| (sign_in.basic, Secret::from(token)))
            .map_err(|_| unfit)
    }

    /// Adds the session to a client that has the token of the scheme `Basic`.
    pub(super) fn sign_in(self, client: &mut Client) -> Result<(), BuildError> {
        let Some(sign_in) = SIGN_IN.as_ref() else {
            return Ok(());
        };
        client.tokens = client.tokens.with_secrets(&[self.password]);
        let url = format!("{}{}", client.baseurl, sign_in.operation.path);
        let url =
            Url::parse(&url).map_err(|error| BuildError::InvalidBaseUrl(error.to_string()))?;
        let initial = client.tokens.of(sign_in.scheme).cloned();
        let call = SignInCall {
            sign_in,
            url,
            pools: Arc::clone(&client.pools),
            tokens: client.tokens.clone(),
            limits: (*client.limits).clone(),
            observer: client.observer.clone(),
        };
        client.session = Some(session(call, initial));
        Ok(())
    }
}

/// The parts of a client that a sign-in needs.
struct SignInCall {
    sign_in: &'static SignIn,
    url: Url,
    pools: Arc<Pools>,
    tokens: Tokens,
    limits: Limits,
    observer: Option<Arc<dyn Observer>>,
}

/// Returns a session that signs in when a token is first needed. `initial` is a token that the caller has
/// already.
fn session(mut call: SignInCall, initial: Option<Token>) -> Session {
    // The call that waits for the token decides about another attempt.
    call.limits.retry = RetryPolicy::never();
    let scheme = call.sign_in.scheme;
    let host = call.url.host_str().unwrap_or_default().to_owned();
    let initial = initial.map(|token| {
        let life = jwt::rest(token.expose_secret(), SystemTime::now());
        SessionToken::new(token, Instant::now(), life).of_caller()
    });
    let call = Arc::new(call);
    Session::new(scheme, host, initial, move |secrets| -> SigningIn {
        let call = Arc::clone(&call);
        Box::pin(async move { call.send(secrets).await })
    })
}

impl SignInCall {
    async fn send(&self, secrets: Vec<Secret>) -> Result<SessionToken, Error> {
        let SignIn {
            operation, scheme, ..
        } = self.sign_in;
        let tokens = self.tokens.with_secrets(&secrets);
        let call = Call {
            pools: &self.pools,
            tokens: &tokens,
            session: None,
            limits: &self.limits,
            observer: self.observer.as_deref(),
            operation,
            decode: Payload::decode::<SignedIn>,
        };
        let start = Instant::now();
        let signed_in = call.send(self.request()).await?;
        let status = signed_in.status();
        let now = date(signed_in.headers());
        let undecodable = |reason: &str| {
            let cause = Cause::undecodable(status, reason.to_owned(), None);
            Error::new(operation, cause, 1, false, &tokens)
        };
        let SignedIn(Some(token)) = signed_in.into_inner().into_inner() else {
            return Err(undecodable("the payload has no token"));
        };
        let life = jwt::lifetime(token.expose_secret(), now);
        let life = life.unwrap_or(Duration::from_secs(self.sign_in.lifetime));
        let token = Token::new(scheme, token);
        let token = token.map_err(|error| undecodable(&format!("the token: {}", error.reason)))?;
        Ok(SessionToken::new(
            token,
            start,
            Some(life.max(SHORTEST_LIFE)),
        ))
    }

    fn request(&self) -> Request {
        let method = self.sign_in.operation.method.as_bytes();
        let method = Method::from_bytes(method).unwrap_or(Method::GET);
        let mut request = Request::new(method, self.url.clone());
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json);
        request
    }
}

/// Returns the time of a response by the clock of the service, or by the local one.
fn date(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|value| value.to_str().ok());
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    date.unwrap_or_else(SystemTime::now)
}

/// The payload of a sign-in. Everything but the token is ignored.
struct SignedIn(Option<Secret>);

impl<'de> Deserialize<'de> for SignedIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SignedInVisitor)
    }
}

struct SignedInVisitor;

impl<'de> Visitor<'de> for SignedInVisitor {
    type Value = SignedIn;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SignedIn, A::Error> {
        let property = SIGN_IN.as_ref().map(|sign_in| sign_in.token);
        let mut token = None;
        while let Some(name) = map.next_key::<String>()? {
            if Some(name.as_str()) == property {
                token = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(SignedIn(token))
    }
}

#[cfg(test)]
mod tests;
