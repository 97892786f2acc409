//! The steps of a session at given times.

use std::future::{pending, ready};
use std::sync::atomic::AtomicUsize;

use super::*;
use crate::error::cause::Cause;
use crate::generated::service::{SIGN_IN, schemes};

const DAY: Duration = Duration::from_secs(86_400);

fn token(text: &str, start: Instant) -> SessionToken {
    match Token::new(&schemes::JWT, Secret::from(text)) {
        Ok(token) => SessionToken::new(token, start, Some(DAY)),
        Err(error) => unreachable!("{error:?}"),
    }
}

/// Returns a session, and the number of its sign-ins.
fn session(
    initial: Option<SessionToken>,
    sign_in: impl Fn() -> SigningIn + Send + Sync + 'static,
) -> (Session, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let sign_in = move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        sign_in()
    };
    let session = Session::new(&schemes::JWT, "host".to_owned(), initial, sign_in);
    (session, count)
}

fn is_running(session: &Session) -> bool {
    session.0.lock().running.is_some()
}

#[test]
fn token_near_its_end_is_used_while_its_renewal_runs() {
    let start = Instant::now();
    let (session, _) = session(Some(token("a", start)), || Box::pin(pending()));
    for (left, is_used, renews) in [
        (601, true, false),
        (599, true, true),
        (61, true, true),
        (59, false, true),
    ] {
        let step = session.step(start + DAY - Duration::from_secs(left));
        assert_eq!(matches!(step, Ok(Step::Use(_))), is_used, "{left}");
        assert_eq!(is_running(&session), renews, "{left}");
    }
}

#[test]
fn sign_in_that_failed_is_not_repeated_before_the_pause_ends() {
    let failing = || -> SigningIn {
        let operation = SIGN_IN.as_ref().map(|sign_in| &sign_in.operation);
        let cause = Cause::invalid_request("no".to_owned());
        let tokens = crate::credentials::token::Tokens::new(&[]);
        let error = operation.zip(tokens.ok());
        let error = error.map(|(it, tokens)| Error::not_sent(it, cause, &tokens));
        Box::pin(ready(Err(error.unwrap_or_else(|| unreachable!()))))
    };
    let (session, count) = session(None, failing);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let Ok(runtime) = runtime else {
        unreachable!("it needs nothing");
    };
    let failed = || runtime.block_on(session.token()).err();
    let Some(Failure { until, .. }) = failed() else {
        unreachable!("it fails");
    };
    assert!(failed().is_some());
    let early = session.step(until - Duration::from_millis(1));
    assert!(early.is_err());
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert!(matches!(session.step(until), Ok(Step::Wait(_))));
}

/// An observer may panic, and it runs in the sign-in.
#[test]
fn sign_in_that_panics_fails_and_can_be_repeated() {
    let panics = || -> SigningIn { unreachable!("on purpose") };
    let (session, count) = session(None, panics);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    for panics in 1..4 {
        let outcome = runtime.as_ref().ok().map(|it| it.block_on(session.token()));
        let reason = outcome.and_then(Result::err).map(|failure| failure.reason);
        assert!(matches!(reason, Some(Reason::Stopped(_))));
        while is_running(&session) {
            std::thread::yield_now();
        }
        assert_eq!(count.load(Ordering::SeqCst), panics);
    }
}

/// The responses of calls that ran at once may come long after the first of them renewed the token.
#[test]
fn refusal_of_an_old_token_keeps_the_new_one() {
    let (session, count) = session(Some(token("a", Instant::now()).of_caller()), || {
        Box::pin(ready(Ok(token("b", Instant::now()))))
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let current = || {
        runtime
            .as_ref()
            .ok()
            .and_then(|it| it.block_on(session.token()).ok())
    };
    let (Some(old), true) = (current(), count.load(Ordering::SeqCst) == 0) else {
        unreachable!("the caller's own token comes first");
    };
    for _ in 0..3 {
        assert!(session.refuse(&old, Instant::now()));
        let new = current().map(|token| token.secret());
        assert_eq!(new.as_ref().map(Secret::expose_secret), Some("b"));
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}

/// Otherwise the client would be of no use until the token ends, if its first calls failed and the service
/// withdrew it meanwhile.
#[test]
fn token_that_the_service_never_accepted_is_renewed_after_a_pause() {
    let start = Instant::now();
    let (session, _) = session(Some(token("a", start)), || Box::pin(pending()));
    let Ok(Step::Use(unproven)) = session.step(start) else {
        unreachable!("it is valid");
    };
    let early = start + PAUSE_AFTER_REFUSAL - Duration::from_millis(1);
    assert!(!session.refuse(&unproven, early));
    assert!(matches!(session.step(early), Ok(Step::Use(_))));
    assert!(session.refuse(&unproven, start + PAUSE_AFTER_REFUSAL));
    assert!(matches!(session.step(early), Ok(Step::Wait(_))));
}
