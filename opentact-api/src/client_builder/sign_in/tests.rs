//! Clients that sign in, over real sockets. No test measures a time.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;
mod tokens;

use std::pin::Pin;
use std::task::{Context, Waker};

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use tokio::runtime::Builder;

use super::*;
use crate::call::options::CallOptions;
use crate::client_builder::sign_in::tests::support::{
    OF_BASIC, OF_PORTAL, PASSWORD, Server, Service, call, client_options, send, token,
};
use crate::error::kind::ErrorKind;

#[tokio::test]
async fn calls_at_once_wait_for_one_sign_in() {
    let server = Server::start(Service::default());
    let client = server.client();
    let clones = vec![client; 100];
    let results = join_all(clones.iter().map(call)).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(server.counts(), (1, 100));
    for request in &server.service.lock().unwrap().requests {
        let basic = request.contains("authorization: basic ywrtaw5aywntzs5legftcgxlomm");
        let jwt = request.contains("x-auth-token: ");
        assert_eq!(
            (basic, jwt),
            (request.starts_with("get "), !basic),
            "{request}"
        );
    }
}

/// The operation is not idempotent, and the policy allows a single attempt: a request that the service
/// refused with 401 has done nothing.
#[tokio::test]
async fn token_that_the_service_no_longer_accepts_is_renewed_once_for_all() {
    let server = Server::start(Service::default());
    let client = server
        .builder()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    call(&client).await.unwrap();
    server.change(|service| service.accepts_from = 2);
    let results = join_all((0..50).map(|_| call(&client))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(server.counts().0, 2);

    server.change(|service| service.accepts_from = usize::MAX);
    let error = call(&client).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Unauthorized, 2)
    );
    assert_eq!(server.counts().0, 3, "one renewal");
}

/// Otherwise each call would sign in once more.
#[tokio::test]
async fn token_that_the_service_never_accepted_is_not_renewed() {
    let server = Server::start(Service {
        accepts_from: usize::MAX,
        ..Service::default()
    });
    let client = server.client();
    for sent in 1..4 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Unauthorized, 1)
        );
        assert_eq!(server.counts(), (1, sent));
    }
}

/// A token that is over at once is a mistake of a clock. Otherwise each call would sign in.
#[tokio::test]
async fn token_is_used_for_several_calls_whatever_its_life() {
    for lifetime in [Some(0), Some(1), Some(86_400), None] {
        let server = Server::start(Service {
            lifetime,
            ..Service::default()
        });
        let client = server.client();
        for _ in 0..3 {
            call(&client).await.unwrap();
        }
        assert_eq!(server.counts(), (1, 3), "{lifetime:?}");
    }
}

#[tokio::test]
async fn refused_sign_in_is_the_error_of_the_call_and_not_repeated_at_once() {
    let server = Server::start(Service {
        sign_in_status: vec![401; 9],
        ..Service::default()
    });
    let client = server.client();
    for _ in 0..3 {
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
        assert!(error.is_client_fault() && !error.is_retryable(), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        let source = std::error::Error::source(&error);
        let source = source.and_then(|source| source.downcast_ref::<Error>());
        let source = source.map(|source| (source.kind(), source.operation()));
        assert_eq!(source, Some((ErrorKind::Unauthorized, "sign_in")));
        let shown = error.to_string();
        let start = "add_thing (POST /things): the client could not get a token: signing in at \
                     127.0.0.1 failed: sign_in (GET /auth): the service refused, status 401";
        assert!(shown.starts_with(start), "{shown}");
        let advice = "(check the e-mail address and the password)";
        assert!(shown.ends_with(advice), "{shown}");
    }
    assert_eq!(server.counts(), (1, 0));
}

/// The service repeats everything that it received.
#[tokio::test]
async fn errors_of_a_session_show_no_secret() {
    let server = Server::start(Service::default());
    let builder = server.builder().retry(RetryPolicy::never());
    let client = builder.clone().build().unwrap();
    call(&client).await.unwrap();
    server.change(|service| {
        service.accepts_from = usize::MAX;
        service.sign_in_status = vec![500];
    });
    let refused = call(&client).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::SignIn);
    let basic = send(&client, &OF_BASIC, CallOptions::default()).await;
    let another = client.list_groups().ha1b_token("another").send().await;
    let errors = [refused, basic.unwrap_err(), another.unwrap_err()];
    let mut shown = format!("{builder:?} {client:?}");
    for error in &errors {
        assert!(error.to_string().contains("[token]"), "{error}");
        shown += &format!("{error} {error:?} {:?}", std::error::Error::source(error));
    }
    let claims = |number| URL_SAFE_NO_PAD.encode(format!(r#"{{"n":{number}}}"#));
    let basic = STANDARD.encode(format!("admin@acme.example:{PASSWORD}"));
    for secret in [PASSWORD, &claims(1), &basic[8..]] {
        let (shown, secret) = (shown.to_lowercase(), secret.to_lowercase());
        assert!(!shown.contains(&secret), "{secret}: {shown}");
    }
}

#[tokio::test]
async fn sign_in_that_failed_for_now_is_retried_by_the_policy_of_the_call() {
    let server = Server::start(Service {
        sign_in_status: vec![503, 503],
        ..Service::default()
    });
    let client = server.client();
    let once = client_options(|options| options.set_retry(RetryPolicy::never()));
    let error = send(&client, &OF_PORTAL, once).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
    assert!(error.is_retryable() && !error.is_client_fault(), "{error}");
    assert!(error.retry_after().is_some());
    let results = join_all((0..50).map(|_| call(&client))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(
        server.counts(),
        (3, 50),
        "two failed sign-ins, and one more"
    );
}

#[tokio::test]
async fn deadline_of_a_call_holds_while_it_waits_for_the_sign_in() {
    let server = Server::start(Service {
        is_silent: true,
        ..Service::default()
    });
    let client = server.client();
    let hasty = client_options(|options| options.set_timeout(Duration::from_millis(50)));
    let error = send(&client, &OF_PORTAL, hasty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable(), "{error}");
    let waited = "while it waited for the sign-in at 127.0.0.1, and nothing was sent";
    assert!(error.to_string().contains(waited), "{error}");
    assert_eq!(server.counts().1, 0);
}

/// Polls a call once, so that it starts the sign-in.
fn poll_once(call: impl Future<Output = Result<String, Error>>) -> Pin<Box<impl Future>> {
    let mut call = Box::pin(call);
    let poll = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(poll.is_pending());
    call
}

#[tokio::test]
async fn dropped_call_leaves_its_sign_in_to_the_others() {
    let server = Server::start(Service::default());
    let client = server.client();
    drop(poll_once(call(&client)));
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (1, 1));
}

/// The first call belongs to a runtime that stands still, and is never polled again.
#[test]
fn call_that_stands_still_does_not_stop_those_of_other_runtimes() {
    let server = Server::start(Service::default());
    let client = server.client();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let entered = first.enter();
    let idle = poll_once(call(&client));
    drop(entered);
    second.block_on(call(&client)).unwrap();
    drop(idle);
    assert_eq!(server.counts(), (1, 1));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_share_the_sign_in() {
    let server = Server::start(Service::default());
    let client = server.client();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                let url = Url::parse(&format!("{}/things", client.baseurl)).unwrap();
                let request = Request::new(Method::POST, url);
                client.send_blocking::<String>(&OF_PORTAL, Ok((request, CallOptions::default())))
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap().into_inner(), "done");
    }
    assert_eq!(server.counts(), (1, 8));
}

#[tokio::test]
async fn token_of_the_caller_is_used_until_the_service_refuses_it() {
    let server = Server::start(Service {
        issued: 1,
        ..Service::default()
    });
    let client = server.builder().jwt(token(1, None)).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (0, 1));
    server.change(|service| service.accepts_from = 2);
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (1, 3));
    let ended = token(1, Some(1)); // in 1970
    let client = server.builder().jwt(ended).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (2, 4));
}
