//! The session of a client that signs in: a token that all clones of the client share, and the sign-in
//! that renews it.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Request;
use tokio::sync::watch::{self, Receiver, Sender};
use tokio::time::Instant;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::background::background;
use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;
use crate::credentials::token::Token;
use crate::error::Error;
use crate::error::cause::Cause;

/// The earliest start of a renewal before the end of a token.
const RENEWAL: Duration = Duration::from_secs(600);
/// The time without a new sign-in after one that failed.
const PAUSE: Duration = Duration::from_secs(1);
/// The time without a new sign-in after the service refused the password. It does not change, and
/// services lock an account after too many tries.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_secs(30);
/// The longest time without a new sign-in that the service can ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// A running sign-in. It gets the secrets of the session, to redact them.
pub(crate) type SigningIn = Pin<Box<dyn Future<Output = Result<SessionToken, Error>> + Send>>;

/// A session. Its clones share everything.
#[derive(Clone)]
pub(crate) struct Session(Arc<Shared>);

struct Shared {
    scheme: &'static Scheme,
    /// The host that the client signs in to, for messages.
    host: String,
    sign_in: Box<dyn Fn(Vec<Secret>) -> SigningIn + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Arc<SessionToken>>,
    /// The token before the current one. The service may still quote it.
    previous: Option<Arc<SessionToken>>,
    running: Option<Receiver<Option<Outcome>>>,
    failure: Option<Failure>,
}

type Outcome = Result<Arc<SessionToken>, Failure>;

/// A token of a session.
pub(crate) struct SessionToken {
    token: Token,
    /// The time from which on a renewal makes sense, although the token is still valid.
    renew_at: Option<Instant>,
    ends_at: Option<Instant>,
    /// `true` if a token that the service refuses is worth a renewal at once: the service has accepted it
    /// before, or it was not obtained by signing in.
    is_proven: AtomicBool,
    /// The time from which on the same holds for any token.
    is_old_from: Option<Instant>,
}

/// A sign-in that failed.
#[derive(Clone)]
pub(crate) struct Failure {
    reason: Reason,
    /// The end of the time without a new sign-in.
    until: Instant,
}

/// The reason why a sign-in failed.
#[derive(Clone)]
enum Reason {
    /// The error of the sign-in's own call.
    Call(Error),
    /// The sign-in was not made, or did not end.
    Stopped(String),
}

/// The next step of a call that needs the token.
enum Step {
    Use(Arc<SessionToken>),
    Wait(Receiver<Option<Outcome>>),
}

impl SessionToken {
    /// Creates a token with this life from now on, or an endless one.
    pub(crate) fn new(token: Token, start: Instant, life: Option<Duration>) -> Self {
        // A token must still be valid when a request arrives.
        let early = |life: Duration| RENEWAL.min(life / 6);
        let before_end = |margin: Duration| start.checked_add(life?.saturating_sub(margin));
        let margin = life.map(early).unwrap_or_default();
        Self {
            token,
            renew_at: before_end(margin),
            ends_at: before_end(margin / 10),
            is_proven: AtomicBool::new(false),
            is_old_from: start.checked_add(PAUSE_AFTER_REFUSAL),
        }
    }

    /// Returns the token with the knowledge that it was not obtained by signing in.
    pub(crate) fn of_caller(mut self) -> Self {
        self.is_proven = AtomicBool::new(true);
        self
    }

    /// Adds the header of the token to a request.
    pub(crate) fn add_to(&self, request: &mut Request) {
        self.token.add_to(request);
    }

    /// Returns the token in plain text.
    pub(crate) fn secret(&self) -> Secret {
        Secret::from(self.token.expose_secret())
    }

    /// Notes that the service has accepted the token.
    pub(crate) fn prove(&self) {
        self.is_proven.store(true, Ordering::Relaxed);
    }
}

impl Failure {
    /// Returns the cause of the error of a call that needed the token. `host` is the one that the client
    /// signs in to.
    pub(crate) fn into_cause(self, host: &str) -> Cause {
        let wait = self.until.saturating_duration_since(Instant::now());
        match self.reason {
            Reason::Call(error) => error.into_cause(host, wait),
            Reason::Stopped(reason) => Cause::sign_in(host, &format!(": {reason}"), true),
        }
    }

    fn of_call(error: Error, now: Instant) -> Self {
        let pause = match error.is_client_fault() {
            true => PAUSE_AFTER_REFUSAL,
            false => PAUSE,
        };
        let asked = error.retry_after().unwrap_or_default();
        Self {
            reason: Reason::Call(error),
            until: now + pause.max(asked.min(LONGEST_PAUSE)),
        }
    }

    fn stopped(reason: String) -> Self {
        Self {
            reason: Reason::Stopped(reason),
            until: Instant::now() + PAUSE,
        }
    }
}

impl Session {
    /// Creates a session. `initial` is a token that the caller has already.
    pub(crate) fn new(
        scheme: &'static Scheme,
        host: String,
        initial: Option<SessionToken>,
        sign_in: impl Fn(Vec<Secret>) -> SigningIn + Send + Sync + 'static,
    ) -> Self {
        let state = State {
            current: initial.map(Arc::new),
            ..State::default()
        };
        Self(Arc::new(Shared {
            scheme,
            host,
            sign_in: Box::new(sign_in),
            state: Mutex::new(state),
        }))
    }

    /// Returns `true` if the token belongs to a scheme.
    pub(crate) fn is_of(&self, scheme: &'static Scheme) -> bool {
        std::ptr::eq(self.0.scheme, scheme)
    }

    /// Returns the host that the client signs in to.
    pub(crate) fn host(&self) -> &str {
        &self.0.host
    }

    /// Returns the token. If there is none that is valid, all callers wait for one sign-in. It runs on
    /// the background thread, so that it ends whatever becomes of the callers and their runtimes.
    pub(crate) async fn token(&self) -> Outcome {
        let mut running = match self.step(Instant::now())? {
            Step::Use(token) => return Ok(token),
            Step::Wait(running) => running,
        };
        let outcome = running.wait_for(Option::is_some).await;
        let outcome = outcome.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(Failure::stopped("it was stopped".to_owned())))
    }

    /// Forgets a token that the service refused, unless there is a newer one already. Returns `true` if
    /// another attempt makes sense.
    ///
    /// A token that the service never accepted is kept for a while: it would refuse the next one too, and
    /// each call would sign in once more. It is not kept for ever: the first calls with it may have failed
    /// for another reason, and the service may have withdrawn it since.
    pub(crate) fn refuse(&self, token: &Arc<SessionToken>, now: Instant) -> bool {
        let mut state = self.0.lock();
        let is_current = |current: &Arc<SessionToken>| Arc::ptr_eq(current, token);
        if !state.current.as_ref().is_some_and(is_current) {
            return true;
        }
        let is_old = token.is_old_from.is_some_and(|from| now >= from);
        let makes_sense = is_old || token.is_proven.load(Ordering::Relaxed);
        if makes_sense {
            state.previous = state.current.take();
        }
        makes_sense
    }

    /// Returns the tokens of the session in plain text, so that they can be redacted.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        self.0.lock().secrets()
    }

    fn step(&self, now: Instant) -> Result<Step, Failure> {
        let mut state = self.0.lock();
        let is_before = |end: &Option<Instant>| end.is_none_or(|end| now < end);
        let valid = state.current.clone();
        let valid = valid.filter(|token| is_before(&token.ends_at));
        if let Some(token) = &valid
            && is_before(&token.renew_at)
        {
            return Ok(Step::Use(Arc::clone(token)));
        }
        let failure = state.failure.clone();
        let running = match (state.running.clone(), failure) {
            (Some(running), _) => Ok(running),
            (None, Some(failure)) if now < failure.until => Err(failure),
            (None, _) => self.start(&mut state),
        };
        match valid {
            // The renewal goes on meanwhile, or was tried a moment ago.
            Some(token) => Ok(Step::Use(token)),
            None => running.map(Step::Wait),
        }
    }

    /// Starts a sign-in.
    fn start(&self, state: &mut State) -> Result<Receiver<Option<Outcome>>, Failure> {
        let background = background().map_err(Failure::stopped)?;
        let (sender, receiver) = watch::channel(None);
        let task = Task {
            shared: Arc::clone(&self.0),
            sender,
            is_over: false,
        };
        let secrets = state.secrets();
        let task = async move {
            let outcome = (task.shared.sign_in)(secrets).await;
            task.end(outcome);
        };
        let task = task.in_current_span().with_current_subscriber();
        background.runtime.spawn(task);
        state.running = Some(receiver.clone());
        Ok(receiver)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn secrets(&self) -> Vec<Secret> {
        let tokens = [&self.current, &self.previous].into_iter().flatten();
        tokens.map(|token| token.secret()).collect()
    }
}

/// A running sign-in. Dropping it before its end, as a panic of an observer does, lets another one start.
struct Task {
    shared: Arc<Shared>,
    sender: Sender<Option<Outcome>>,
    is_over: bool,
}

impl Task {
    fn end(mut self, outcome: Result<SessionToken, Error>) {
        let now = Instant::now();
        let outcome = outcome
            .map(Arc::new)
            .map_err(|error| Failure::of_call(error, now));
        let mut state = self.shared.lock();
        match &outcome {
            Ok(token) => {
                let before = state.current.replace(Arc::clone(token));
                state.previous = before.or(state.previous.take());
                state.failure = None;
            }
            Err(failure) => state.failure = Some(failure.clone()),
        }
        state.running = None;
        drop(state);
        self.is_over = true;
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if !self.is_over {
            self.shared.lock().running = None;
        }
    }
}

#[cfg(test)]
mod tests;
