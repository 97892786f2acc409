//! One call: attempts, until there is an answer or no sense in another attempt.

use std::time::Duration;

use reqwest::{Request, Response};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument as _;

use crate::answer::{self, Answer, Unread};
use crate::client_builder::Limits;
use crate::envelope::{self, Content};
use crate::operation::Operation;
use crate::retry_after::retry_after;
use crate::telemetry::{self, Attempt};
use crate::{Client, Error, ResponseValue};

/// Longer than any program runs, for times that cannot be added to an instant.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

pub(crate) struct Call<'a> {
    client: &'a Client,
    operation: &'a Operation,
    request: Request,
    /// When the time for the whole call is up.
    deadline: Instant,
    attempts: u32,
    /// Whether an attempt failed so that the service may have done what was asked.
    answer_lost: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(client: &'a Client, operation: &'a Operation, request: Request) -> Self {
        Self {
            client,
            operation,
            request,
            deadline: after(client.limits.timeout),
            attempts: 0,
            answer_lost: false,
        }
    }

    /// Makes the call.
    pub(crate) async fn run<T: DeserializeOwned>(self) -> Result<ResponseValue<T>, Error> {
        if Handle::try_current().is_err() {
            let reason =
                "there is no Tokio runtime here; await it in one, as `#[tokio::main]` starts";
            return Err(self.not_sent(reason));
        }
        let span = telemetry::call_span(self.operation);
        self.attempts().instrument(span).await
    }

    async fn attempts<T: DeserializeOwned>(mut self) -> Result<ResponseValue<T>, Error> {
        loop {
            let Some(request) = copy(&self.request) else {
                return Err(self.not_sent("its body cannot be sent more than once"));
            };
            let attempt = Attempt::start(self.operation, request.url(), self.attempts);
            self.attempts += 1;
            let answered = self.exchange(request).instrument(attempt.span()).await;
            let error = match answered
                .and_then(|answer| decode::<T>(self.client, self.operation, answer))
            {
                Ok(payload) => {
                    attempt.succeeded(payload.status());
                    return Ok(payload);
                }
                Err(error) => error.after(self.attempts, self.answer_lost),
            };
            let delay = self.delay(&error);
            attempt.failed(&error, delay);
            let Some(delay) = delay else {
                return Err(error);
            };
            self.answer_lost |= error.answer_is_lost();
            sleep(delay).await;
        }
    }

    /// How long to wait before the next attempt; nothing where there is to be none.
    fn delay(&self, error: &Error) -> Option<Duration> {
        if !error.is_retryable() {
            return None;
        }
        let policy = &self.limits().retry;
        let delay = policy.delay(self.attempts, error.retry_after())?;
        let awake = Instant::now().checked_add(delay)?;
        (awake < self.deadline).then_some(delay)
    }

    /// Sends the request and reads the answer.
    async fn exchange(&self, request: Request) -> Result<Answer, Error> {
        let deadline = after(self.limits().attempt_timeout).min(self.deadline);
        let sent = self.client.client.execute(request);
        let response = match timeout_at(deadline, sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Error::transport(self.operation, error)),
            Err(_) => return Err(self.timed_out(deadline)),
        };
        let status = response.status();
        self.read(response, deadline)
            .await
            .map_err(|error| error.with_status(status))
    }

    async fn read(&self, mut response: Response, deadline: Instant) -> Result<Answer, Error> {
        let status = response.status();
        if status.is_redirection() {
            let target = answer::redirect_target(&response, &self.client.tokens);
            return Err(Error::redirect(self.operation, target));
        }
        let headers = std::mem::take(response.headers_mut());
        let limit = self.limits().max_response_size;
        let body = if status.is_success() {
            match timeout_at(deadline, answer::read(response, limit)).await {
                Ok(Ok(body)) => body,
                Ok(Err(Unread::TooLarge)) => {
                    return Err(Error::body_too_large(self.operation, limit));
                }
                Ok(Err(Unread::Transport(error))) => {
                    return Err(Error::transport(self.operation, error));
                }
                Err(_) => return Err(self.timed_out(deadline)),
            }
        } else {
            answer::read_failure(response, limit, deadline).await
        };
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    fn limits(&self) -> &Limits {
        &self.client.limits
    }

    fn not_sent(&self, reason: &str) -> Error {
        Error::invalid_request(self.operation, reason.to_owned())
    }

    fn timed_out(&self, deadline: Instant) -> Error {
        let limits = self.limits();
        let what = if deadline == self.deadline {
            format!("the call took longer than {:?}", limits.timeout)
        } else {
            format!("it took longer than {:?}", limits.attempt_timeout)
        };
        Error::timeout(self.operation, what)
    }
}

/// Reads the payload out of an answer.
pub(crate) fn decode<T: DeserializeOwned>(
    client: &Client,
    operation: &Operation,
    answer: Answer,
) -> Result<ResponseValue<T>, Error> {
    let Answer {
        status,
        headers,
        body,
    } = answer;
    let error = match envelope::open(status, &body, &client.tokens) {
        Content::Payload(payload) => return Ok(ResponseValue::new(payload, status, headers)),
        Content::Failure(failure) => {
            Error::api(operation, status, failure).with_retry_after(retry_after(&headers))
        }
        Content::Undecodable(reason) => Error::undecodable(operation, reason),
    };
    Err(error.with_status(status))
}

/// A copy to be sent, while the request is kept for another attempt. `Request::try_clone` does the
/// same with three allocations more, for settings of single requests, of which there are none here.
fn copy(request: &Request) -> Option<Request> {
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    copy.headers_mut().clone_from(request.headers());
    if let Some(body) = request.body() {
        *copy.body_mut() = Some(body.as_bytes()?.to_vec().into());
    }
    Some(copy)
}

fn after(duration: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(duration).unwrap_or(now + FOREVER)
}
