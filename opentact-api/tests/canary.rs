//! Secrets that are known go through every operation and every fault, with all that can be
//! logged being logged. One test in a file of its own: the subscriber is that of the process.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::time::Duration;

use futures_util::StreamExt;
use opentact_api::{Client, RetryPolicy};
use support::calls;
use support::faults::{self, Fault};
use support::faulty::FaultyServer;
use support::log::Log;
use support::{GROUP, secrets, tls};
use tracing::level_filters::LevelFilter;

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_seen() {
    if !tls::is_trusting_process("no_secret_is_seen") {
        return;
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();

    let table = faults::table::all();
    let faults = table.iter().map(all_operations);
    let shown: Vec<String> = futures_util::stream::iter(faults)
        .buffer_unordered(8)
        .collect()
        .await;
    let shown = shown.concat();
    assert_eq!(secrets::seen_in(&shown), None);

    let logged = log.text();
    // What is logged by us and by the HTTP client is there to be searched.
    for source in ["opentact_api::", "hyper_util::", "reqwest::"] {
        assert!(logged.contains(source), "nothing was logged by {source}");
    }
    assert_eq!(secrets::seen_in(&logged), None);
}

/// What goes through every operation on groups leaves none out. Those of other pages send and
/// read in the same way.
#[test]
fn every_operation_is_called() {
    let generated = include_str!("../src/generated.rs");
    let operations = generated.split(": Operation = Operation {").skip(1);
    let of_groups =
        operations.filter(|constant| property(constant, "path").starts_with("/app/group"));
    let mut names: Vec<&str> = of_groups
        .map(|constant| property(constant, "name"))
        .collect();
    let mut called: Vec<&str> = calls::all().iter().map(|call| call.operation).collect();
    names.sort_unstable();
    called.sort_unstable();
    assert_eq!(called, names);
}

/// A property of the constant that an operation has in the generated code.
fn property<'a>(constant: &'a str, name: &str) -> &'a str {
    let (_, value) = constant.split_once(&format!("{name}: \"")).unwrap();
    value.split_once('"').unwrap().0
}

/// All that can be seen of a fault: in errors, answers and whatever else has a `Debug`.
async fn all_operations(fault: &Fault) -> String {
    let mut shown = String::new();
    for call in calls::all() {
        let server = FaultyServer::start(fault.does.clone()).await;
        let builder = Client::builder(secrets::TOKEN)
            .base_url(&server.url)
            .attempt_timeout(fault.does.attempt_timeout())
            .max_response_size(faults::LIMIT)
            .retry(
                RetryPolicy::default()
                    .max_attempts(2)
                    .initial_delay(Duration::ZERO),
            );
        shown += &format!("{builder:?} {builder:#?}\n");
        let client = builder.build().unwrap();
        shown += &format!(
            "{client:?} {client:#?} {:?}\n",
            client.delete_group().uuid(GROUP)
        );
        shown += &match (call.call)(&client).await {
            Ok(answer) => answer,
            Err(error) => secrets::shown(&error),
        };
    }
    shown
}
