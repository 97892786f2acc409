//! The client: where requests go and with which token.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{Request, Response};
use serde::de::DeserializeOwned;

use crate::build_error::BuildError;
use crate::envelope::{self, Answer};
use crate::generated::{BASE_URL, TOKEN_HEADER};
use crate::operation::Operation;
use crate::request::InvalidRequest;
use crate::{Error, ResponseValue, Secret, base_url};

/// The environment variable with the token.
const TOKEN_VARIABLE: &str = "OPENTACT_HA1B_TOKEN";
/// The environment variable with the base URL, where it is not the service's own.
const BASE_URL_VARIABLE: &str = "OPENTACT_BASE_URL";
/// What the client calls itself.
const USER_AGENT: &str = concat!("opentact-api/", env!("CARGO_PKG_VERSION"));
/// How long an operation may take, where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A client of the OpenTACT API.
///
/// Each operation is a method that returns a request; set what it wants, then `send` it. A
/// client is cheap to clone, and clones share their connections: make one and keep it.
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: Arc<str>,
    pub(crate) client: reqwest::Client,
    token: HeaderValue,
}

impl Client {
    /// Starts a client that authenticates with an HA1B token.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let client = Client::builder("the HA1B token").build()?;
    /// assert_eq!(client.base_url(), "https://api.opentact.org/rest");
    /// # Ok::<_, opentact_api::BuildError>(())
    /// ```
    pub fn builder(token: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder {
            token: token.into(),
            base_url: BASE_URL.to_owned(),
            timeout: TIMEOUT,
        }
    }

    /// A client as the environment says: the token from `OPENTACT_HA1B_TOKEN`, and the base
    /// URL from `OPENTACT_BASE_URL` where that is set.
    ///
    /// # Errors
    /// Where `OPENTACT_HA1B_TOKEN` is not set, or either cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        let token = variable(TOKEN_VARIABLE)?.ok_or(BuildError::Environment {
            variable: TOKEN_VARIABLE,
            reason: "is not set",
        })?;
        let builder = Self::builder(token);
        match variable(BASE_URL_VARIABLE)? {
            Some(url) => builder.base_url(url).build(),
            None => builder.build(),
        }
    }

    /// Where requests go, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.baseurl
    }

    /// Sends a request with the token and reads the payload out of the answer.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        operation: &Operation,
        request: Result<Request, InvalidRequest>,
    ) -> Result<ResponseValue<T>, Error> {
        let mut request = request.map_err(|invalid| Error::invalid_request(operation, invalid))?;
        request
            .headers_mut()
            .insert(TOKEN_HEADER, self.token.clone());
        let response = self
            .client
            .execute(request)
            .await
            .map_err(|error| Error::transport(operation, error))?;
        self.read(operation, response).await
    }

    async fn read<T: DeserializeOwned>(
        &self,
        operation: &Operation,
        response: Response,
    ) -> Result<ResponseValue<T>, Error> {
        let status = response.status();
        if status.is_redirection() {
            return Err(Error::redirect(operation, status));
        }
        let headers = response.headers().clone();
        let body = response
            .bytes()
            .await
            .map_err(|error| Error::transport(operation, error).with_status(status))?;
        let token = self.token.to_str().unwrap_or_default();
        match envelope::open(status, &body, token) {
            Answer::Payload(payload) => Ok(ResponseValue::new(payload, status, headers)),
            Answer::Failure(failure) => Err(Error::api(operation, status, failure)),
            Answer::Undecodable(reason) => Err(Error::undecodable(operation, status, reason)),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.baseurl)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing before `build` is called"]
pub struct ClientBuilder {
    token: Secret,
    base_url: String,
    timeout: Duration,
}

impl ClientBuilder {
    /// Sends requests elsewhere than to `https://api.opentact.org/rest`: to a proxy or to a
    /// server for tests. `https`, or `http` to a loopback address such as `127.0.0.1` or
    /// `localhost`: the token is never sent in the clear over a network.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets how long an operation may take from the first to the last byte: 30 seconds where
    /// it is not set. One that takes longer fails with
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Finishes the client.
    ///
    /// # Errors
    /// Where the token cannot be a header value, or the base URL cannot be sent a token to.
    ///
    /// ```
    /// use opentact_api::Client;
    ///
    /// let error = Client::builder("token").base_url("http://example.com").build().unwrap_err();
    /// assert!(error.to_string().contains("https"));
    /// ```
    pub fn build(self) -> Result<Client, BuildError> {
        let baseurl = base_url::checked(&self.base_url)?;
        let mut client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(Policy::none())
            .timeout(self.timeout);
        if !baseurl.starts_with("https:") {
            // Through a proxy, a request to this machine would leave it in the clear.
            client = client.no_proxy();
        }
        let client = client.build().map_err(BuildError::Http)?;
        Ok(Client {
            baseurl: baseurl.into(),
            client,
            token: header_value(&self.token)?,
        })
    }
}

/// The value of an environment variable; nothing where it is not set.
fn variable(variable: &'static str) -> Result<Option<String>, BuildError> {
    match std::env::var(variable) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(BuildError::Environment {
            variable,
            reason: "is not Unicode",
        }),
    }
}

fn header_value(token: &Secret) -> Result<HeaderValue, BuildError> {
    let token = token.expose_secret();
    if token.trim().is_empty() {
        return Err(BuildError::InvalidToken("it is empty"));
    }
    if token.trim() != token {
        return Err(BuildError::InvalidToken(
            "it starts or ends with white space",
        ));
    }
    let is_visible = |byte: u8| (0x20..0x7f).contains(&byte);
    if !token.bytes().all(is_visible) {
        return Err(BuildError::InvalidToken(
            "it has characters that a header cannot carry",
        ));
    }
    let mut value = HeaderValue::from_str(token)
        .map_err(|_| BuildError::InvalidToken("it has characters that a header cannot carry"))?;
    value.set_sensitive(true);
    Ok(value)
}
