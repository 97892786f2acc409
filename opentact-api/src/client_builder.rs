//! What a client can be told when it is made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;

use crate::build_error::BuildError;
use crate::auth::scheme::Scheme;
use crate::auth::token::Tokens;
use crate::generated::service::{BASE_URL, MAIN_SCHEME};
use crate::{Client, RetryPolicy, Secret, base_url};

/// What the client calls itself.
const USER_AGENT: &str = concat!("opentact-api/", env!("CARGO_PKG_VERSION"));

/// Builds a [`Client`].
#[derive(Clone)]
#[must_use = "a builder does nothing before `build` is called"]
pub struct ClientBuilder {
    /// One for each scheme at most.
    tokens: Vec<(&'static Scheme, Secret)>,
    base_url: String,
    connect_timeout: Duration,
    limits: Limits,
}

/// How far a call may go.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// How long one attempt may take.
    pub(crate) attempt_timeout: Duration,
    /// How long the whole call may take.
    pub(crate) timeout: Duration,
    /// How many bytes an answer may have.
    pub(crate) max_response_size: usize,
    pub(crate) retry: RetryPolicy,
}

impl ClientBuilder {
    pub(crate) fn new(token: Secret) -> Self {
        Self {
            tokens: Vec::new(),
            base_url: BASE_URL.to_owned(),
            connect_timeout: Duration::from_secs(10),
            limits: Limits {
                attempt_timeout: Duration::from_secs(20),
                timeout: Duration::from_secs(60),
                max_response_size: 64 * 1024 * 1024,
                retry: RetryPolicy::default(),
            },
        }
        .with_token(MAIN_SCHEME, token)
    }

    /// Sets the token of a security scheme. For those beyond the main one, the generated code has a
    /// method each.
    pub(crate) fn with_token(mut self, scheme: &'static Scheme, token: Secret) -> Self {
        self.tokens
            .retain(|(known, _)| !std::ptr::eq(*known, scheme));
        self.tokens.push((scheme, token));
        self
    }

    /// Sends requests elsewhere than to `https://api.opentact.org/rest`: to a proxy or to a
    /// server for tests. `https`, or `http` to a loopback address such as `127.0.0.1` or
    /// `localhost`: a token is never sent in the clear over a network.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets how long it may take to connect to the service, TLS included: 10 seconds where it is
    /// not set. Nothing was sent before that, so that the attempt can always be repeated.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long one attempt may take, from connecting to the last byte of the answer: 20
    /// seconds where it is not set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// Sets how long a call may take, with all its attempts and the waits between them: 60
    /// seconds where it is not set. One that takes longer fails with
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets how often a call that failed is repeated, and when. See [`RetryPolicy`] for what is
    /// done where it is not set; [`RetryPolicy::never`] turns it off.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// Sets how many bytes the body of an answer may have, unpacked: 64 MiB where it is not set. A
    /// larger one is read no further, and fails with
    /// [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    ///
    /// The values that a body is decoded to take more memory than the body: a hundred times as much
    /// and more, if it is made to. Where a service is not trusted, or memory is scarce, set this to
    /// what the largest answer needs.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Finishes the client.
    ///
    /// # Errors
    /// Where a token cannot be a header value, or the base URL cannot be sent a token to.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let error = Client::builder("token").base_url("http://example.com").build().unwrap_err();
    /// assert!(error.to_string().contains("https"));
    /// ```
    pub fn build(self) -> Result<Client, BuildError> {
        let baseurl = base_url::checked(&self.base_url)?;
        let tokens = Tokens::new(self.tokens)?;
        let client = http_client(&baseurl, self.connect_timeout).map_err(BuildError::Http)?;
        Ok(Client {
            baseurl: baseurl.into(),
            client,
            tokens,
            limits: Arc::new(self.limits),
        })
    }
}

/// Without the base URL: before it is checked, there may be credentials in it.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

fn http_client(base_url: &str, connect_timeout: Duration) -> reqwest::Result<reqwest::Client> {
    let mut client = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        // What is repeated, and counted, is for us to say.
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout);
    if !base_url.starts_with("https:") {
        // Through a proxy, a request to this machine would leave it in the clear; and so it
        // would where a resolver does not know who `localhost` is.
        client = client
            .no_proxy()
            .resolve_to_addrs("localhost", &base_url::LOCALHOST);
    }
    with_tls(client).build()
}

/// Where both are compiled in, rustls it is: whichever crate of a program asks for the other.
#[cfg(feature = "rustls")]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_rustls()
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_native()
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client
}
