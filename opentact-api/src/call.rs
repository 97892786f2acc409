//! A call: attempts until one succeeds or another one is pointless.

mod deadline;
mod decode;
mod delivery;
pub(crate) mod envelope;
pub(crate) mod limits;
mod offload;
pub(crate) mod options;
pub(crate) mod pools;
pub(crate) mod response;
pub(crate) mod retry;
mod retry_after;

use std::time::Duration;

use bytes::Bytes;
use reqwest::{Body, Request};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};
use tracing::Instrument as _;

use crate::auth::token::Tokens;
use crate::call::deadline::Deadline;
use crate::call::delivery::Delivery;
use crate::call::limits::Limits;
use crate::call::pools::Pools;
use crate::call::response::Response;
use crate::error::Error;
use crate::error::cause::Cause;
use crate::observer::Observer;
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::telemetry::{self, Attempt};

/// A call of an operation.
pub(crate) struct Call<'a> {
    pub(crate) pools: &'a Pools,
    pub(crate) tokens: &'a Tokens,
    pub(crate) limits: &'a Limits,
    pub(crate) observer: Option<&'a dyn Observer>,
    pub(crate) operation: &'static Operation,
}

impl Call<'_> {
    /// Sends a request with the token of the operation, and returns the payload of the response.
    pub(crate) async fn send<T: DeserializeOwned + Send + 'static>(
        &self,
        mut request: Request,
    ) -> Result<ResponseValue<T>, Error> {
        let scheme = self.operation.scheme;
        let Some((header, token)) = self.tokens.header(scheme) else {
            return Err(self.not_sent(Cause::missing_token(scheme)));
        };
        request.headers_mut().insert(header, token);
        let Ok(runtime) = Handle::try_current() else {
            let reason = "there is no Tokio runtime; await the call in one, such as that of `#[tokio::main]`";
            return Err(self.invalid(reason.to_owned()));
        };
        let http = match self.pools.of(runtime.id()) {
            Ok(http) => http,
            Err(error) => return Err(self.invalid(error.to_string())),
        };
        let body = match request.body_mut().take() {
            None => Bytes::new(),
            Some(body) => match body.as_bytes() {
                Some(bytes) => Bytes::copy_from_slice(bytes),
                None => {
                    return Err(
                        self.invalid("the request body cannot be sent more than once".to_owned())
                    );
                }
            },
        };
        let span = telemetry::call_span(self.operation);
        self.attempts(&http, &request, &body).instrument(span).await
    }

    async fn attempts<T: DeserializeOwned + Send + 'static>(
        &self,
        http: &reqwest::Client,
        request: &Request,
        body: &Bytes,
    ) -> Result<ResponseValue<T>, Error> {
        let end = Deadline::of_call(self.limits);
        let mut attempts = 0;
        let mut outcome_unknown = false;
        loop {
            let attempt = Attempt::start(self.operation, request.url(), attempts, self.observer);
            attempts += 1;
            let exchange = self.exchange::<T>(http, request, body, end.of_attempt());
            let error = match exchange.instrument(attempt.span()).await {
                Ok(payload) => {
                    attempt.succeeded(payload.status(), payload.warnings().len());
                    return Ok(payload);
                }
                Err(cause) if self.limits.retry.trusts_unavailable() => cause.trust_unavailable(),
                Err(cause) => cause,
            };
            let error = Error::new(
                self.operation,
                error,
                attempts,
                outcome_unknown,
                self.tokens,
            );
            let delay = self.delay(&error, end);
            attempt.failed(&error, delay);
            let Some(delay) = delay else {
                return Err(error);
            };
            outcome_unknown |= error.outcome_is_unknown();
            sleep(delay).await;
        }
    }

    /// Sends the request, and reads and decodes the response.
    async fn exchange<T: DeserializeOwned + Send + 'static>(
        &self,
        http: &reqwest::Client,
        request: &Request,
        body: &Bytes,
        end: Deadline<'_>,
    ) -> Result<ResponseValue<T>, Cause> {
        let delivery = Delivery::default();
        let request = copy(request, Body::wrap(delivery.body(body.clone())));
        let sent = async {
            let response = http.execute(request).await;
            response.map_err(|error| Cause::transport(None, error))
        };
        let response = end.limit(None, sent).await.map_err(|cause| {
            if delivery.withdraw() {
                cause.unsent()
            } else {
                cause
            }
        })?;
        let response = Response::read(response, self.limits.max_response_size, end).await?;
        offload::decode(response, end).await
    }

    /// Returns the wait before the next attempt, or `None` if there is no next attempt.
    fn delay(&self, error: &Error, end: Deadline<'_>) -> Option<Duration> {
        if !error.is_retryable() {
            return None;
        }
        let policy = &self.limits.retry;
        let delay = policy.delay(error.attempts(), error.retry_after())?;
        let awake = Instant::now().checked_add(delay)?;
        (awake < end.at()).then_some(delay)
    }

    fn not_sent(&self, cause: Cause) -> Error {
        Error::not_sent(self.operation, cause, self.tokens)
    }

    fn invalid(&self, reason: String) -> Error {
        self.not_sent(Cause::invalid_request(reason))
    }
}

/// Returns a copy of a request with this body, so that the request is kept for another attempt.
fn copy(request: &Request, body: Body) -> Request {
    // `try_clone` makes three more allocations, for settings that no request has.
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    copy.headers_mut().clone_from(request.headers());
    *copy.body_mut() = Some(body);
    copy
}
