//! One client in several Tokio runtimes.

use std::sync::mpsc;
use std::time::Duration;

use opentact_api::{Client, ErrorKind, RetryPolicy};
use tokio::runtime::{Builder, Runtime};

use crate::support::server::{Server, TOKEN};

/// The limit of each call: more than any takes, unless it waits for another runtime.
const LIMIT: Duration = Duration::from_secs(20);

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Returns a running server with its runtime, and a client that makes one attempt per call.
fn server_and_client() -> (Runtime, Client) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Server::start());
    let client = Client::builder(TOKEN)
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

#[test]
fn call_outside_a_runtime_fails_without_a_panic() {
    let (_server, client) = server_and_client();
    let call = client.list_groups().send();
    let error = futures_util::FutureExt::now_or_never(call).unwrap();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
}
