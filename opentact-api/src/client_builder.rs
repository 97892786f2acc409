//! The settings of a client.

mod base_url;
mod connection;
mod environment;
mod http;
pub(crate) mod proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) mod tls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::scheme::Scheme;
use crate::auth::secret::Secret;
use crate::auth::token::{InvalidToken, Tokens};
use crate::call::limits::Limits;
use crate::call::pools::Pools;
use crate::call::retry::RetryPolicy;
use crate::client::Client;
use crate::client_builder::environment::variable;
use crate::client_builder::http::HttpOptions;
use crate::error::build::BuildError;
use crate::generated::service::{BASE_URL, MAIN_SCHEME};
use crate::observer::Observer;

/// The environment variable with the token.
const TOKEN_VARIABLE: &str = "OPENTACT_HA1B_TOKEN";
/// The environment variable with a base URL other than the service's.
const BASE_URL_VARIABLE: &str = "OPENTACT_BASE_URL";

/// A builder of a [`Client`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    /// At most one for each scheme.
    tokens: Vec<(&'static Scheme, Secret)>,
    base_url: String,
    http: HttpOptions,
    limits: Limits,
    observer: Option<Arc<dyn Observer>>,
}

impl Client {
    /// Returns a builder of a client that authenticates with an HA1B token.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let client = Client::builder("the HA1B token").build()?;
    /// assert_eq!(client.base_url(), "https://api.opentact.org/rest");
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    pub fn builder(token: impl Into<Secret>) -> ClientBuilder {
        let builder = ClientBuilder {
            tokens: Vec::new(),
            base_url: BASE_URL.to_owned(),
            http: HttpOptions::default(),
            limits: Limits::default(),
            observer: None,
        };
        builder.with_token(MAIN_SCHEME, token.into())
    }

    /// Creates a client from the environment: the token is `OPENTACT_HA1B_TOKEN`, and the base URL
    /// is `OPENTACT_BASE_URL` if it is set.
    ///
    /// # Errors
    /// Returns an error if `OPENTACT_HA1B_TOKEN` is not set, or if a value cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        let token = variable(TOKEN_VARIABLE)?.ok_or(BuildError::Environment {
            variable: TOKEN_VARIABLE,
            reason: "is not set".to_owned(),
        })?;
        let builder = Self::builder(token);
        match variable(BASE_URL_VARIABLE)? {
            Some(url) => builder.base_url(url).build(),
            None => builder.build(),
        }
    }
}

impl ClientBuilder {
    /// Sets the token of a security scheme. The generated code has a method for each scheme except
    /// the main one.
    pub(crate) fn with_token(mut self, scheme: &'static Scheme, token: Secret) -> Self {
        self.tokens
            .retain(|(known, _)| !std::ptr::eq(*known, scheme));
        self.tokens.push((scheme, token));
        self
    }

    /// Sets the base URL of requests, for a proxy or a test server. Default:
    /// `https://api.opentact.org/rest`.
    ///
    /// The scheme must be `https`. `http` is accepted for a loopback address such as `127.0.0.1` or
    /// `localhost`, because a token is never sent over a network in plain text.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets the longest time for connecting to the service, its proxy and TLS included. Default: 10
    /// seconds. Nothing is sent before that, so such an attempt can always be retried.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = timeout;
        self
    }

    /// Sets the longest time of one attempt, from connecting to the last byte of the response.
    /// Default: 20 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// Sets the longest time of a call, with all its attempts and the waits between them. Default:
    /// 60 seconds. A call that takes longer fails with
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets the retry policy. See [`RetryPolicy`] for the default; [`RetryPolicy::never`] turns
    /// retries off.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// Sets the largest body of a response in bytes, after decompression. Default: 8 MiB, some 12,000
    /// users, which take less than a quarter of a second to decode. A call stops reading a larger one
    /// and fails with [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    ///
    /// The decoded values take more memory than the body: five to nine times as much for users and
    /// groups, and over a hundred times as much for a malicious body. If you do not trust the service, or memory is
    /// scarce, set this to the size of the largest response you need.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Sets the observer, which receives a report on every attempt. A second observer replaces the
    /// first one. See [`Observer`](crate::Observer) for an example.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns an error if a token cannot be a header value, if the base URL is invalid or not safe for
    /// tokens, or if another setting or an environment variable cannot be used. For an `https` base URL,
    /// it is an error too if the machine has no TLS certificates and the builder got none.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let error = Client::builder("token").base_url("http://example.com").build().unwrap_err();
    /// assert!(error.to_string().contains("https"));
    /// ```
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = base_url::checked(&self.base_url).map_err(BuildError::InvalidBaseUrl)?;
        let tokens = Tokens::new(self.tokens).map_err(invalid_token)?;
        let http = self.http.checked(&base_url)?;
        let build = move || http.build();
        let client = build()?;
        Ok(Client {
            baseurl: base_url.text.into(),
            pools: Arc::new(Pools::new(client.clone(), build)),
            client,
            tokens,
            limits: Arc::new(self.limits),
            observer: self.observer,
        })
    }
}

/// `Debug` hides the base URL, which may contain credentials until it is checked.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("http", &self.http)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

fn invalid_token(InvalidToken { scheme, reason }: InvalidToken) -> BuildError {
    if std::ptr::eq(scheme, MAIN_SCHEME) {
        return BuildError::InvalidToken(reason);
    }
    BuildError::InvalidTokenOf {
        setter: scheme.setter,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_with_an_invalid_token_names_its_setter() {
        static OTHER: Scheme = Scheme {
            header: "x-other",
            setter: "ClientBuilder::other",
        };
        let shown =
            |builder: ClientBuilder| builder.build().map_err(|error| error.to_string()).err();
        let reason = "cannot be used: it starts or ends with white space";
        let main = Client::builder("b\n");
        assert_eq!(shown(main), Some(format!("the token {reason}")));
        let other = Client::builder("a").with_token(&OTHER, Secret::from("b\n"));
        let named = format!("the token of `ClientBuilder::other` {reason}");
        assert_eq!(shown(other), Some(named));
    }
}
