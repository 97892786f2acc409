//! A call: attempts until one succeeds or another one is pointless.

mod deadline;
pub(crate) mod decode;
mod delivery;
pub(crate) mod envelope;
pub(crate) mod limits;
mod offload;
pub(crate) mod options;
pub(crate) mod payload;
pub(crate) mod pools;
pub(crate) mod response;
pub(crate) mod retry;
mod retry_after;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use reqwest::{Body, Request};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};
use tracing::Instrument as _;

use crate::call::deadline::Deadline;
use crate::call::delivery::Delivery;
use crate::call::limits::Limits;
use crate::call::payload::{Decode, Payload};
use crate::call::pools::Pools;
use crate::call::response::Response;
use crate::credentials::session::{Session, SessionToken};
use crate::credentials::token::{Token, Tokens};
use crate::error::Error;
use crate::error::cause::Cause;
use crate::error::kind::ErrorKind;
use crate::error::text::ForeignText;
use crate::observer::Observer;
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::telemetry::{self, Attempt};

/// A call of an operation.
pub(crate) struct Call<'a> {
    pub(crate) pools: &'a Pools,
    pub(crate) tokens: &'a Tokens,
    /// The session of a client that signs in.
    pub(crate) session: Option<&'a Session>,
    pub(crate) limits: &'a Limits,
    pub(crate) observer: Option<&'a dyn Observer>,
    pub(crate) operation: &'static Operation,
    pub(crate) decode: Decode,
}

impl Call<'_> {
    /// Sends a request with the token of the operation, and returns the payload of the response.
    pub(crate) async fn send(&self, mut request: Request) -> Result<ResponseValue<Payload>, Error> {
        let end = Deadline::of_call(self.limits);
        let credential = self.credential()?;
        let Ok(runtime) = Handle::try_current() else {
            let reason = "there is no Tokio runtime; await the call in one, such as that of `#[tokio::main]`";
            return Err(self.invalid(reason.to_owned()));
        };
        let http = match self.pools.of(runtime.id()) {
            Ok(http) => http,
            Err(error) => {
                let reason = ForeignText::message(&error.to_string());
                return Err(self.not_sent(Cause::refused(reason)));
            }
        };
        let Some(body) = bytes_of(request.body_mut().take().unwrap_or_default()) else {
            let reason = "the request body cannot be sent more than once";
            return Err(self.invalid(reason.to_owned()));
        };
        let span = telemetry::call_span(self.operation);
        let attempts = self.attempts(&http, request, &body, credential, end);
        attempts.instrument(span).await
    }

    /// Returns the token to send: the first that there is, in the order of the operation.
    fn credential(&self) -> Result<Credential<'_>, Error> {
        let schemes = self.operation.schemes;
        let session = self.session.filter(|_| !self.tokens.are_of_call());
        let credential = schemes.iter().find_map(|scheme| {
            let session = session.filter(|session| session.is_of(scheme));
            let session = session.map(Credential::Session);
            session.or_else(|| self.tokens.of(scheme).map(Credential::Token))
        });
        match credential {
            Some(credential) => Ok(credential),
            None if schemes.is_empty() => Ok(Credential::None),
            None => Err(self.not_sent(Cause::missing_token(schemes))),
        }
    }

    async fn attempts(
        &self,
        http: &reqwest::Client,
        mut request: Request,
        body: &Bytes,
        credential: Credential<'_>,
        end: Deadline<'_>,
    ) -> Result<ResponseValue<Payload>, Error> {
        let mut attempts = 0;
        let mut outcome_unknown = false;
        let mut is_renewed = false;
        loop {
            let token = credential.add_to(&mut request, end.of_attempt()).await;
            let token = match token {
                Ok(token) => token,
                Err(cause) => {
                    attempts += 1;
                    let error = self.error(cause, attempts, outcome_unknown, None);
                    let delay = self.delay(&error, attempts, end);
                    sleep(delay.ok_or(error)?).await;
                    continue;
                }
            };
            let attempt = Attempt::start(
                self.operation,
                request.url(),
                attempts,
                self.observer,
                self.tokens,
            );
            attempts += 1;
            let exchange = self.exchange(http, &request, body, end.of_attempt());
            let error = match exchange.instrument(attempt.span()).await {
                Ok(payload) => {
                    if let Some(token) = &token {
                        token.prove();
                    }
                    attempt.succeeded(payload.status(), payload.warnings().len());
                    return Ok(payload);
                }
                Err(cause) if self.limits.retry.trusts_unavailable() => cause.trust_unavailable(),
                Err(cause) => cause,
            };
            let error = self.error(error, attempts, outcome_unknown, token.as_deref());
            let can_renew = !is_renewed && self.can_renew(&error, token.as_ref());
            let delay = match can_renew {
                true => Some(Duration::ZERO),
                false => self.delay(&error, attempts - u32::from(is_renewed), end),
            };
            is_renewed |= can_renew;
            attempt.failed(&error, delay);
            let Some(delay) = delay else {
                return Err(error);
            };
            outcome_unknown |= error.outcome_is_unknown();
            sleep(delay).await;
        }
    }

    /// Returns the error of an attempt. Redacts the tokens of the session, too.
    fn error(
        &self,
        cause: Cause,
        attempts: u32,
        outcome_unknown: bool,
        token: Option<&SessionToken>,
    ) -> Error {
        let mut of_session = self.session.map(Session::secrets).unwrap_or_default();
        of_session.extend(token.map(SessionToken::secret));
        let tokens = self.tokens.with_secrets(&of_session);
        Error::new(self.operation, cause, attempts, outcome_unknown, &tokens)
    }

    /// Returns `true` if the service refused the token of the session, and another one may help.
    fn can_renew(&self, error: &Error, token: Option<&Arc<SessionToken>>) -> bool {
        let (Some(session), Some(token)) = (self.session, token) else {
            return false;
        };
        match error.status() {
            _ if error.kind() == ErrorKind::Unauthorized => session.refuse(token, Instant::now()),
            Some(_) => {
                token.prove();
                false
            }
            None => false,
        }
    }

    /// Sends the request, and reads and decodes the response.
    async fn exchange(
        &self,
        http: &reqwest::Client,
        request: &Request,
        body: &Bytes,
        end: Deadline<'_>,
    ) -> Result<ResponseValue<Payload>, Cause> {
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
        offload::decode(response, self.decode, end).await
    }

    /// Returns the wait before the next attempt, or `None` if there is no next attempt.
    fn delay(&self, error: &Error, attempts: u32, end: Deadline<'_>) -> Option<Duration> {
        if !error.is_retryable() {
            return None;
        }
        let policy = &self.limits.retry;
        let delay = policy.delay(attempts, error.retry_after())?;
        let awake = Instant::now().checked_add(delay)?;
        (awake < end.at()).then_some(delay)
    }

    fn not_sent(&self, cause: Cause) -> Error {
        self.error(cause, 0, false, None)
    }

    fn invalid(&self, reason: String) -> Error {
        self.not_sent(Cause::invalid_request(reason))
    }
}

/// The source of the token of a call.
enum Credential<'a> {
    /// The operation is public.
    None,
    Token(&'a Token),
    Session(&'a Session),
}

impl Credential<'_> {
    /// Adds the header of the token to a request. Returns the token of a session, to renew it if the
    /// service refuses it.
    async fn add_to(
        &self,
        request: &mut Request,
        end: Deadline<'_>,
    ) -> Result<Option<Arc<SessionToken>>, Cause> {
        match self {
            Self::None => Ok(None),
            Self::Token(token) => {
                token.add_to(request);
                Ok(None)
            }
            Self::Session(session) => {
                let host = session.host();
                let token = async {
                    let token = session.token().await;
                    token.map_err(|failure| failure.into_cause(host))
                };
                let token = end.limit(None, token).await;
                let token = token.map_err(|cause| cause.while_signing_in(host))?;
                token.add_to(request);
                Ok(Some(token))
            }
        }
    }
}

/// Returns the bytes of a body without copying them, or `None` if it is a stream.
fn bytes_of(mut body: Body) -> Option<Bytes> {
    body.as_bytes()?;
    let mut context = Context::from_waker(Waker::noop());
    match Pin::new(&mut body).poll_frame(&mut context) {
        Poll::Ready(Some(frame)) => frame.ok()?.into_data().ok(),
        Poll::Ready(None) => Some(Bytes::new()),
        Poll::Pending => None,
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

#[cfg(test)]
mod tests {
    use std::io;

    use tokio::runtime::Builder;

    use super::*;
    use crate::client::Client;
    use crate::error::build::BuildError;

    const TOKEN: &str = "k3v9q/7dm2+xw8za5/p0rt6y1nb4==";

    /// The reason may be a text of the caller's own HTTP client.
    #[test]
    fn call_without_an_http_client_shows_no_token() {
        let client = Client::builder()
            .ha1b_token(TOKEN)
            .base_url("http://127.0.0.1:1");
        let Ok(mut client) = client.build() else {
            unreachable!("the settings are valid");
        };
        let first = client.client.clone();
        client.pools = Arc::new(Pools::new(first, || {
            let error = io::Error::other(format!("no client for {TOKEN}"));
            Err(BuildError::Http(Box::new(error)))
        }));
        let errors = [(); 2].map(|()| {
            let runtime = Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(client.list_groups().send()).err()
        });
        let error = errors.into_iter().nth(1).flatten();
        let error = error.map(|error| (error.kind(), format!("{error} {error:?}")));
        let Some((ErrorKind::InvalidRequest, shown)) = error else {
            unreachable!("{error:?}");
        };
        assert!(shown.contains("no client for [token]"), "{shown}");
        assert!(!shown.contains(&TOKEN[..8]), "{shown}");
    }

    #[test]
    fn bytes_of_a_body_are_not_copied() {
        let bytes = Bytes::from(b"{}".to_vec());
        let taken = bytes_of(Body::from(bytes.clone()));
        assert!(taken.is_some_and(|taken| taken.as_ptr() == bytes.as_ptr() && taken == bytes));
        assert_eq!(bytes_of(Body::default()), Some(Bytes::new()));
        assert_eq!(bytes_of(Body::wrap(Body::from("{}"))), None);
    }
}
