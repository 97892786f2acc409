//! The options of a single call.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::call::limits::Limits;
use crate::call::retry::RetryPolicy;
use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;
use crate::credentials::token::{InvalidToken, Tokens};
use crate::generated::service::SCHEMES;

/// The headers that belong to the client or to the connection. Those that start with `content-` belong
/// to the body.
#[rustfmt::skip] // a list
const RESERVED: [&str; 14] = [
    "accept", "accept-encoding", "connection", "expect", "host", "http2-settings", "keep-alive",
    "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
];

/// The options of a single call. They have priority over the settings of its client.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: HeaderMap,
    /// At most one for each scheme.
    tokens: Vec<(&'static Scheme, Secret)>,
    /// The secrets of the parameters and the body.
    secrets: Vec<Secret>,
    /// The problem with the first header that cannot be sent.
    refused: Option<String>,
}

impl CallOptions {
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    pub(crate) fn set_attempt_timeout(&mut self, timeout: Duration) {
        self.attempt_timeout = Some(timeout);
    }

    pub(crate) fn set_retry(&mut self, policy: RetryPolicy) {
        self.retry = Some(policy);
    }

    pub(crate) fn set_token(&mut self, scheme: &'static Scheme, token: Secret) {
        self.tokens
            .retain(|(known, _)| !std::ptr::eq(*known, scheme));
        self.tokens.push((scheme, token));
    }

    /// Adds a secret of the request, which is redacted from errors and from the path in logs.
    pub(crate) fn add_secret(&mut self, secret: &Secret) {
        self.secrets.push(secret.clone());
    }

    /// Sets a header, or keeps the reason why it cannot be sent.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(reason) => {
                self.refused.get_or_insert(reason);
            }
        }
    }

    /// Returns the limits of the call. `client` are those of its client.
    pub(crate) fn limits(&self, client: &Limits) -> Limits {
        let mut limits = client.clone();
        limits.timeout = self.timeout.unwrap_or(limits.timeout);
        limits.attempt_timeout = self.attempt_timeout.unwrap_or(limits.attempt_timeout);
        if let Some(policy) = &self.retry {
            limits.retry = policy.clone();
        }
        limits
    }

    /// Returns the tokens of the call. `client` are those of its client.
    ///
    /// # Errors
    /// Returns the problem with the call's own token.
    pub(crate) fn tokens<'a>(&self, client: &'a Tokens) -> Result<Cow<'a, Tokens>, String> {
        if self.tokens.is_empty() && self.secrets.is_empty() {
            return Ok(Cow::Borrowed(client));
        }
        match client.of_call(&self.tokens) {
            Ok(tokens) => Ok(Cow::Owned(tokens.with_secrets(&self.secrets))),
            Err(InvalidToken { reason, .. }) => {
                Err(format!("the token of the request cannot be used: {reason}"))
            }
        }
    }

    /// Adds the headers to a request.
    ///
    /// # Errors
    /// Returns the problem with a header.
    pub(crate) fn add_headers(self, request: &mut Request) -> Result<(), String> {
        if let Some(reason) = self.refused {
            return Err(reason);
        }
        let headers = request.headers_mut();
        if let Some(name) = self.headers.keys().find(|name| headers.contains_key(*name)) {
            return Err(format!(
                "the header `{name}` is a parameter of the operation"
            ));
        }
        headers.extend(self.headers);
        Ok(())
    }
}

/// Headers are shown without their values, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys())
            .field("tokens", &self.tokens.len())
            .finish_non_exhaustive()
    }
}

/// Returns a header, or the reason why callers cannot set it.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let Ok(name) = HeaderName::try_from(name) else {
        return Err("the name of a header is not valid".to_owned());
    };
    let text = name.as_str();
    if RESERVED.contains(&text) || text.starts_with("content-") {
        return Err(format!("the header `{name}` is reserved for the client"));
    }
    if let Some(scheme) = SCHEMES.iter().find(|scheme| scheme.header == name) {
        let setter = scheme.setter.trim_start_matches("ClientBuilder::");
        return Err(format!(
            "the header `{name}` carries a token: set it with `{setter}`"
        ));
    }
    match HeaderValue::try_from(value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            Ok((name, value))
        }
        Err(_) => Err(format!(
            "the header `{name}` has a value with characters that a header cannot carry"
        )),
    }
}
