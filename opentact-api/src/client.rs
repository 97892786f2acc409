//! The client.

use std::fmt;
use std::sync::Arc;

use reqwest::{Request, Url};
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::call::limits::Limits;
use crate::call::options::CallOptions;
use crate::call::payload::{Decode, Payload};
use crate::call::pools::Pools;
use crate::credentials::session::Session;
use crate::credentials::token::Tokens;
use crate::error::Error;
use crate::error::cause::Cause;
use crate::error::text::ForeignText;
use crate::generated::service::OPERATIONS;
use crate::observer::Observer;
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::support::url::{fills_template, names_other};

/// A client of the OpenTACT API.
///
/// Each operation is a method that returns a request: set its parameters, then `send` it. A client
/// is cheap to clone, and clones share their connections: create one and keep it, for any number of
/// tasks. Dropping a call before it ends does not affect the client, but the service may have
/// carried the operation out.
///
/// A client can be used in several Tokio runtimes, also at the same time. Each has connections of its
/// own, so that no call waits for a runtime that is idle. The first call in a runtime sets up its
/// connections. The client keeps those of the 128 runtimes that used it last.
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: Arc<str>,
    /// The generated code creates requests with it. `pools` sends them.
    pub(crate) client: reqwest::Client,
    pub(crate) pools: Arc<Pools>,
    pub(crate) tokens: Tokens,
    pub(crate) session: Option<Session>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Client {
    /// Returns the base URL of requests, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.baseurl
    }

    /// Sends the request of an operation, and returns the payload of the response. A request that could
    /// not be built is its error.
    pub(crate) async fn send<T: DeserializeOwned + Send + 'static>(
        &self,
        operation: &'static Operation,
        request: Result<(Request, CallOptions), Error>,
    ) -> Result<ResponseValue<T>, Error> {
        let (request, options) = request?;
        let call = call(self, operation, request, options, Payload::decode::<T>);
        Ok(call.await?.map(Payload::into_inner))
    }

    /// Sends the request of an operation on the background thread, and waits for the payload of the
    /// response.
    #[cfg(feature = "blocking")]
    pub(crate) fn send_blocking<T: DeserializeOwned + Send + 'static>(
        &self,
        operation: &'static Operation,
        request: Result<(Request, CallOptions), Error>,
    ) -> Result<ResponseValue<T>, Error> {
        let (request, options) = request?;
        let value = call_blocking(self, operation, request, options, Payload::decode::<T>);
        Ok(value?.map(Payload::into_inner))
    }
}

/// Sends a request whatever its payload. It is no method, so that it takes no name from the operations.
async fn call(
    client: &Client,
    operation: &'static Operation,
    mut request: Request,
    options: CallOptions,
    decode: Decode,
) -> Result<ResponseValue<Payload>, Error> {
    let limits = options.limits(&client.limits);
    let tokens = options.tokens(&client.tokens);
    let tokens = tokens.map_err(|reason| refused(operation, &reason, &client.tokens))?;
    // Most calls have no parameter of the path, and their path is that of the operation.
    if operation.path.contains('{') {
        let path = check_path(operation, request.url(), &client.baseurl);
        path.map_err(|cause| Error::not_sent(operation, cause, &tokens))?;
    }
    let headers = options.add_headers(&mut request);
    headers.map_err(|reason| refused(operation, &reason, &tokens))?;
    let call = Call {
        pools: &client.pools,
        tokens: &tokens,
        session: client.session.as_ref(),
        limits: &limits,
        observer: client.observer.as_deref(),
        operation,
        decode,
    };
    let result = call.send(request).await;
    result.map_err(|error| error.with_base_url(&client.baseurl))
}

#[cfg(feature = "blocking")]
fn call_blocking(
    client: &Client,
    operation: &'static Operation,
    request: Request,
    options: CallOptions,
    decode: Decode,
) -> Result<ResponseValue<Payload>, Error> {
    let of_task = client.clone();
    let call = async move { call(&of_task, operation, request, options, decode).await };
    let result = crate::blocking::wait(call);
    result.unwrap_or_else(|reason| Err(refused(operation, &reason, &client.tokens)))
}

/// Checks that the values in a path do not make it another path.
fn check_path(operation: &Operation, url: &Url, base_url: &str) -> Result<(), Cause> {
    if !fills_template(url, base_url, operation.path) {
        let reason = "a parameter of the path is empty, `.` or `..`, which names another path";
        return Err(Cause::invalid_request(reason.to_owned()));
    }
    let mut others = OPERATIONS.iter();
    let is_other = |other: &&&Operation| {
        other.method == operation.method && names_other(url, operation.path, other.path)
    };
    match others.find(is_other) {
        None => Ok(()),
        Some(other) => Err(Cause::invalid_request(format!(
            "a parameter of the path has a value that names another operation, {other}"
        ))),
    }
}

/// Returns the error of a call that is not made. The reason may quote what the caller set.
fn refused(operation: &'static Operation, reason: &str, tokens: &Tokens) -> Error {
    let cause = Cause::refused(ForeignText::message(reason));
    Error::not_sent(operation, cause, tokens)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.baseurl)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
