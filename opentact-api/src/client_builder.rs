//! The settings of a client.

mod base_url;
mod connection;
mod environment;
mod http;
mod private_host;
pub(crate) mod proxy;
#[cfg(feature = "sign-in")]
mod sign_in;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) mod tls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::call::limits::Limits;
use crate::call::pools::Pools;
use crate::call::retry::RetryPolicy;
use crate::client::Client;
use crate::client_builder::environment::variable;
use crate::client_builder::http::HttpOptions;
use crate::client_builder::private_host::PrivateHost;
#[cfg(feature = "sign-in")]
use crate::client_builder::sign_in::Credentials;
use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;
use crate::credentials::token::{InvalidToken, Token, Tokens};
use crate::error::build::BuildError;
use crate::generated::service::{BASE_URL, TOKEN_VARIABLES};
use crate::observer::Observer;

/// The environment variable with a base URL other than the service's.
const BASE_URL_VARIABLE: &str = "OPENTACT_BASE_URL";

/// The environment variable with the hosts that plain `http` may reach, separated by commas.
const ALLOW_HTTP_VARIABLE: &str = "OPENTACT_ALLOW_HTTP";

/// A builder of a [`Client`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    /// At most one for each scheme.
    tokens: Vec<(&'static Scheme, Secret)>,
    #[cfg(feature = "sign-in")]
    credentials: Option<Credentials>,
    base_url: String,
    /// The hosts of [`allow_http_to`](Self::allow_http_to).
    private_hosts: Vec<String>,
    http: HttpOptions,
    limits: Limits,
    observer: Option<Arc<dyn Observer>>,
}

impl Client {
    /// Returns a builder of a client. Give it a token for each security scheme that the client needs:
    /// the documentation of an operation names those that it accepts.
    ///
    /// An operation sends one token: the first that the client has, in the order of the operation. If
    /// the client has none of them, the operation fails with
    /// [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken), and nothing is sent. Public
    /// operations send no token, so a client without any token is enough for them.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let client = Client::builder().ha1b_token("the token of a SIP user").build()?;
    /// assert_eq!(client.base_url(), "https://api.opentact.org/rest");
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            tokens: Vec::new(),
            #[cfg(feature = "sign-in")]
            credentials: None,
            base_url: BASE_URL.to_owned(),
            private_hosts: Vec::new(),
            http: HttpOptions::default(),
            limits: Limits::default(),
            observer: None,
        }
    }

    /// Creates a client from the environment: the tokens are `OPENTACT_HA1B_TOKEN`,
    /// `OPENTACT_BEARER_TOKEN` and `OPENTACT_JWT`, and the base URL is `OPENTACT_BASE_URL` if it is set.
    /// `OPENTACT_ALLOW_HTTP` names the hosts of [`ClientBuilder::allow_http_to`], separated by commas.
    ///
    /// # Errors
    /// Returns an error if no token is set, or if a value cannot be used. An empty value cannot be
    /// used, except for `OPENTACT_ALLOW_HTTP`, which then names no host. [`Client::builder`] builds a client without any token.
    pub fn from_env() -> Result<Self, BuildError> {
        let mut builder = Self::builder();
        for &(name, scheme) in TOKEN_VARIABLES {
            let Some(token) = variable(name)?.map(Secret::from) else {
                continue;
            };
            if let Err(InvalidToken { reason, .. }) = Token::new(scheme, token.clone()) {
                return Err(BuildError::Environment {
                    variable: name,
                    reason: format!("cannot be used: {reason}"),
                });
            }
            builder = builder.with_token(scheme, token);
        }
        if builder.tokens.is_empty() {
            return Err(BuildError::NoToken {
                variables: TOKEN_VARIABLES.iter().map(|(name, _)| *name).collect(),
            });
        }
        for host in hosts_of_environment()? {
            builder = builder.allow_http_to(host);
        }
        match variable(BASE_URL_VARIABLE)? {
            Some(url) => builder.base_url(url).build(),
            None => builder.build(),
        }
    }
}

impl ClientBuilder {
    /// Sets the token of a security scheme. The generated code has a method for each scheme.
    pub(crate) fn with_token(mut self, scheme: &'static Scheme, token: Secret) -> Self {
        self.tokens
            .retain(|(known, _)| !std::ptr::eq(*known, scheme));
        self.tokens.push((scheme, token));
        self
    }

    /// Sets the e-mail address and the password of an account user. The client signs in with them when
    /// an operation first needs a JSON Web Token, and all its clones share the token.
    ///
    /// The client renews the token before it ends, and if the service no longer accepts it (401): the
    /// call is then sent once more, whatever its retry policy. Any number of calls wait for one sign-in,
    /// each at most until its own deadline. If signing in fails, they fail with
    /// [`ErrorKind::SignIn`](crate::ErrorKind::SignIn), or try again according to their
    /// [`RetryPolicy`]. After a failure, the client does not sign in again for a second, or for 30 seconds if
    /// the service refused the password; calls in this time fail with the same error.
    ///
    /// A token of [`jwt`](Self::jwt) is used first, until it ends. Both the password and the tokens are
    /// secrets: no error, `Debug` or log line shows them. Operations that accept the e-mail address and
    /// the password themselves receive them; no other operation does.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// # let password = "the password";
    /// let client = Client::builder().sign_in("admin@acme.example", password).build()?;
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    #[cfg(feature = "sign-in")]
    pub fn sign_in(mut self, email: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials {
            email: email.into(),
            password: password.into(),
        });
        self
    }

    /// Sets the base URL of requests, for a proxy or a test server. Default:
    /// `https://api.opentact.org/rest`.
    ///
    /// The scheme must be `https`. `http` is accepted for a loopback address such as `127.0.0.1` or
    /// `localhost`, because a token is never sent over a network in plain text unless
    /// [`allow_http_to`](Self::allow_http_to) names the host.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Allows plain `http` to a host of a private network, such as a sandbox in another container.
    /// Anyone in that network can read the tokens. Call it once for each host.
    ///
    /// The host of the base URL must be exactly this one: `sandbox` does not allow
    /// `sandbox.example.com`. A name is taken as it is, wherever it leads. No proxy is used for such a
    /// base URL. [`build`](Self::build) refuses the domain of the service and all names below it.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let client = Client::builder()
    ///     .ha1b_token("sandbox-alice")
    ///     .base_url("http://sandbox:4010/rest")
    ///     .allow_http_to("sandbox")
    ///     .build()?;
    /// assert_eq!(client.base_url(), "http://sandbox:4010/rest");
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    pub fn allow_http_to(mut self, host: impl Into<String>) -> Self {
        self.private_hosts.push(host.into());
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
    /// let error = Client::builder().base_url("http://example.com").build().unwrap_err();
    /// assert!(error.to_string().contains("https"));
    /// ```
    #[cfg_attr(not(feature = "sign-in"), expect(unused_mut))]
    pub fn build(mut self) -> Result<Client, BuildError> {
        let mut private = Vec::new();
        for host in &self.private_hosts {
            private.push(PrivateHost::checked(host).map_err(BuildError::InvalidPrivateHost)?);
        }
        let base_url =
            base_url::checked(&self.base_url, &private).map_err(BuildError::InvalidBaseUrl)?;
        #[cfg(feature = "sign-in")]
        if let Some(credentials) = &self.credentials {
            let token = credentials.token().map_err(BuildError::InvalidSignIn)?;
            self.tokens.push(token);
        }
        let tokens = Tokens::new(&self.tokens).map_err(invalid_token)?;
        let http = self.http.checked(&base_url)?;
        let build = move || http.build();
        let client = build()?;
        let pools = Arc::new(Pools::new(client.clone(), build));
        let mut client = Client {
            baseurl: base_url.text.into(),
            pools,
            client,
            tokens,
            session: None,
            limits: Arc::new(self.limits),
            observer: self.observer,
        };
        #[cfg(feature = "sign-in")]
        if let Some(credentials) = self.credentials {
            credentials.sign_in(&mut client)?;
        }
        Ok(client)
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

/// Returns the hosts that `OPENTACT_ALLOW_HTTP` names. Empty ones are skipped, because Compose and CI
/// set variables without a value.
fn hosts_of_environment() -> Result<Vec<String>, BuildError> {
    let given = variable(ALLOW_HTTP_VARIABLE)?.unwrap_or_default();
    let mut hosts = Vec::new();
    for host in given.split(',').map(str::trim) {
        if host.is_empty() {
            continue;
        }
        if let Err(reason) = PrivateHost::checked(host) {
            return Err(BuildError::Environment {
                variable: ALLOW_HTTP_VARIABLE,
                reason: format!("cannot be used: {reason}"),
            });
        }
        hosts.push(host.to_owned());
    }
    Ok(hosts)
}

fn invalid_token(InvalidToken { scheme, reason }: InvalidToken) -> BuildError {
    BuildError::InvalidToken {
        setter: scheme.setter,
        reason,
    }
}
