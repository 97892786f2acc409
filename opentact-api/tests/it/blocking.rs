//! Blocking calls, outside and inside of a Tokio runtime.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use insta::assert_snapshot;
use opentact_api::{AttemptReport, Client, ErrorKind, RetryPolicy};
use tracing::level_filters::LevelFilter;

use crate::support::GROUP;
use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::log::Log;
use crate::support::server::{Server, TOKEN};

/// A server with a runtime of its own, because blocking calls stop that of the test.
struct Elsewhere<S> {
    server: S,
    _runtime: tokio::runtime::Runtime,
}

impl<S: Send + 'static> Elsewhere<S> {
    fn start(server: impl Future<Output = S> + Send + 'static) -> Self {
        let start = || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let server = runtime.block_on(server);
            (server, runtime)
        };
        // `block_on` panics in a thread of a runtime.
        let (server, _runtime) = std::thread::scope(|scope| scope.spawn(start).join().unwrap());
        Self { server, _runtime }
    }
}

/// Lists the groups of a server, deletes a group, and makes an invalid request.
fn make_calls(client: &Client) {
    let groups = client.list_groups().send_blocking().unwrap();
    assert_eq!((groups.len(), groups.status().as_u16()), (0, 200));
    let group = client.delete_group().uuid(GROUP).send_blocking().unwrap();
    assert_eq!(group.name, "Sales");
    let error = client.delete_group().send_blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[test]
fn send_blocking_without_a_runtime_returns_the_payload() {
    let elsewhere = Elsewhere::start(Server::start());
    make_calls(&elsewhere.server.client());
    assert_eq!(elsewhere.server.requests().len(), 2);
}

#[tokio::test]
async fn send_blocking_in_a_current_thread_runtime_returns_the_payload() {
    let elsewhere = Elsewhere::start(Server::start());
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&elsewhere.server.url);
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    // A connection of this runtime, which does not run during a blocking call, is no obstacle.
    client.list_groups().send().await.unwrap();
    make_calls(&client);
    client.list_groups().send().await.unwrap();
    shut_down(elsewhere);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn send_blocking_in_a_multi_thread_runtime_returns_the_payload() {
    let elsewhere = Elsewhere::start(Server::start());
    let client = elsewhere.server.client();
    let task = tokio::spawn({
        let client = client.clone();
        async move { make_calls(&client) }
    });
    make_calls(&client);
    task.await.unwrap();
    let blocking = client.clone();
    let task = tokio::task::spawn_blocking(move || make_calls(&blocking));
    task.await.unwrap();
    client.list_groups().send().await.unwrap();
    shut_down(elsewhere);
}

/// Drops a runtime, which panics in a thread of another one.
fn shut_down<S: Send>(elsewhere: Elsewhere<S>) {
    std::thread::scope(|scope| scope.spawn(move || drop(elsewhere)).join().unwrap());
}

#[test]
fn send_blocking_in_many_threads_returns_each_payload() {
    const THREADS: usize = 32;
    const CALLS: usize = 10;
    let elsewhere = Elsewhere::start(Server::start());
    let client = elsewhere.server.client();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..CALLS {
                    client.list_groups().send_blocking().unwrap();
                }
            });
        }
    });
    assert_eq!(elsewhere.server.requests().len(), THREADS * CALLS);
}

/// The deadline, the retry policy and the error are those of `send`.
#[test]
fn send_blocking_to_a_silent_server_ends_at_the_deadline() {
    let elsewhere = Elsewhere::start(FaultyServer::start(Behaviour::StaySilent));
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&elsewhere.server.url);
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let request = client.list_groups().timeout(Duration::from_millis(200));
    let error = request.send_blocking().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
}

/// A call on the background thread would wait for itself.
#[test]
fn send_blocking_by_an_observer_of_a_blocking_call_fails() {
    let elsewhere = Elsewhere::start(Server::start());
    let errors = Arc::new(Mutex::new(Vec::new()));
    let inner = elsewhere.server.client();
    let seen = Arc::clone(&errors);
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&elsewhere.server.url)
        .observer(move |_: &AttemptReport<'_>| {
            let error = inner.list_groups().send_blocking().unwrap_err();
            seen.lock().unwrap().push(error.to_string());
        })
        .build()
        .unwrap();
    client.list_groups().send_blocking().unwrap();
    assert_snapshot!(errors.lock().unwrap().join("\n"), @"list_groups (GET /app/group): nothing was sent: a blocking call cannot be made on the thread of blocking calls, for example in an observer");
}

#[test]
fn panic_of_an_observer_of_a_blocking_call_reaches_its_caller_alone() {
    let elsewhere = Elsewhere::start(Server::start());
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&elsewhere.server.url)
        .observer(|attempt: &AttemptReport<'_>| {
            assert_ne!(attempt.operation, "list_groups", "the observer panics");
        })
        .build()
        .unwrap();
    let other = client.clone();
    let call = move || other.list_groups().send_blocking().map(drop);
    assert!(std::thread::spawn(call).join().is_err());
    let request = client.delete_group().uuid(GROUP);
    request.send_blocking().unwrap();
}

/// Spans and events belong to the caller's subscriber and span.
#[test]
fn send_blocking_is_logged_in_the_span_of_the_caller() {
    if !crate::support::child::runs_alone(
        "blocking::send_blocking_is_logged_in_the_span_of_the_caller",
    ) {
        return;
    }
    let elsewhere = Elsewhere::start(Server::start());
    let client = elsewhere.server.client();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::DEBUG)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        let _entered = tracing::info_span!("caller").entered();
        client.list_groups().send_blocking().unwrap();
    });
    let log = log.text();
    assert!(log.contains("caller:call{"), "{log}");
}
