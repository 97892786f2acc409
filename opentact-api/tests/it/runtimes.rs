//! One client in several Tokio runtimes.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use opentact_api::{Client, ErrorKind, RetryPolicy, reqwest};
use tokio::runtime::{Builder, Runtime};

use crate::support::server::{Server, TOKEN};

/// The limit of each call: more than any takes, unless it waits for another runtime.
const LIMIT: Duration = Duration::from_secs(20);

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Returns a runtime whose tasks run all the time.
fn runtime() -> Runtime {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    runtime.unwrap()
}

/// Returns a running server with its runtime, and a client that makes one attempt per call.
fn server_and_client() -> (Runtime, Client) {
    let runtime = runtime();
    let server = runtime.block_on(Server::start());
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .timeout(LIMIT)
        .retry(RetryPolicy::never())
        .build();
    (runtime, client.unwrap())
}

fn call(runtime: &Runtime, client: &Client) {
    runtime.block_on(client.list_groups().send()).unwrap();
}

/// A connection of the first runtime makes no progress while that runtime is idle.
#[test]
fn call_in_a_runtime_does_not_wait_for_an_idle_one() {
    let (_server, client) = server_and_client();
    let (one, other) = (current_thread(), current_thread());
    for _ in 0..3 {
        call(&one, &client);
        call(&other, &client);
    }
}

#[test]
fn calls_of_many_runtimes_at_once_succeed() {
    let (_server, client) = server_and_client();
    let (done, all_done) = mpsc::channel();
    for _ in 0..20 {
        let (client, done) = (client.clone(), done.clone());
        std::thread::spawn(move || {
            let runtime = current_thread();
            for _ in 0..5 {
                call(&runtime, &client);
            }
            done.send(()).unwrap();
        });
    }
    drop(done);
    assert_eq!(all_done.iter().count(), 20);
}

#[test]
fn call_after_its_runtime_was_shut_down_succeeds_in_another() {
    let (_server, client) = server_and_client();
    for _ in 0..20 {
        call(&current_thread(), &client);
    }
}

/// The connections of each runtime are kept, even of those that were not used for some time.
#[test]
fn many_runtimes_in_turn_keep_their_connections() {
    let runtime = runtime();
    let server = runtime.block_on(Server::start());
    let client = Client::builder().ha1b_token(TOKEN).base_url(&server.url);
    let client = client.pool_idle_timeout(LIMIT * 10).build().unwrap();
    let runtimes: Vec<Runtime> = (0..20).map(|_| current_thread()).collect();
    for _ in 0..3 {
        runtimes.iter().for_each(|runtime| call(runtime, &client));
    }
    let requests = server.requests();
    let connections: HashSet<_> = requests.iter().map(|request| request.peer).collect();
    assert_eq!((requests.len(), connections.len()), (60, 20));
}

#[test]
fn call_includes_the_time_to_set_up_its_connections() {
    let moment = Duration::from_millis(50);
    let runtime = runtime();
    let server = runtime.block_on(Server::start());
    let built = AtomicU32::new(0);
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .http_client(move || {
            if built.fetch_add(1, Ordering::SeqCst) > 0 {
                std::thread::sleep(moment);
            }
            reqwest::Client::builder()
        })
        .build()
        .unwrap();
    call(&current_thread(), &client);
    let late = client.list_groups().timeout(moment).send();
    let error = current_thread().block_on(late).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
}

#[test]
fn call_outside_a_runtime_fails_without_a_panic() {
    let (_server, client) = server_and_client();
    let call = client.list_groups().send();
    let error = futures_util::FutureExt::now_or_never(call).unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
}
