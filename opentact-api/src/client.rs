//! The client: where requests go and with which token.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use serde::de::DeserializeOwned;

use crate::build_error::BuildError;
use crate::call::Call;
use crate::client_builder::{ClientBuilder, Limits};
use crate::operation::Operation;
use crate::auth::token::Tokens;
use crate::{Error, ResponseValue, Secret};

/// The environment variable with the token.
const TOKEN_VARIABLE: &str = "OPENTACT_HA1B_TOKEN";
/// The environment variable with the base URL, where it is not the service's own.
const BASE_URL_VARIABLE: &str = "OPENTACT_BASE_URL";

/// A client of the OpenTACT API.
///
/// Each operation is a method that returns a request; set what it wants, then `send` it. A
/// client is cheap to clone, and clones share their connections: make one and keep it, for any
/// number of tasks. A call that is dropped before it ends leaves the client as it was; the
/// service may have done what was asked.
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: Arc<str>,
    pub(crate) client: reqwest::Client,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Arc<Limits>,
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
        ClientBuilder::new(token.into())
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

    /// Sends a request with the token that the operation asks for, and reads the payload out of the
    /// answer.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        operation: &Operation,
        mut request: Request,
    ) -> Result<ResponseValue<T>, Error> {
        let (header, token) = self
            .tokens
            .header(operation.scheme)
            .ok_or_else(|| Error::missing_token(operation))?;
        request.headers_mut().insert(header, token);
        Call::new(self, operation, request).run().await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.baseurl)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
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
