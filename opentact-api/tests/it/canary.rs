//! Known secrets that pass through every operation and every fault, with all logs at `TRACE`.

use std::time::Duration;

use futures_util::StreamExt as _;
use opentact_api::RetryPolicy;
use tokio::time::timeout;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::support::calls::{self, Call};
use crate::support::faults::{self, DEADLINE, Fault};
use crate::support::faulty_server::FaultyServer;
use crate::support::log::Log;
use crate::support::{GROUP, secrets, tls};

/// Calls that wait for one another would take as long as all waits together.
const CALLS_AT_ONCE: usize = 64;

/// The test has a process of its own, and so a subscriber for all threads.
#[tokio::test(flavor = "multi_thread")]
async fn operations_with_any_fault_show_and_log_no_secret() {
    let test = "canary::operations_with_any_fault_show_and_log_no_secret";
    if !tls::in_trusting_process(test) {
        return;
    }
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();

    let mut table = faults::table::all();
    table.retain(|fault| cfg!(feature = "http2") || !fault.behaviour.speaks_http2());
    let calls = calls::all();
    let pairs = table
        .iter()
        .flat_map(|fault| calls.iter().map(move |call| shown_by(fault, call)));
    let shown: Vec<String> = futures_util::stream::iter(pairs)
        .buffer_unordered(CALLS_AT_ONCE)
        .collect()
        .await;
    assert_eq!(shown.len(), table.len() * calls.len());
    assert_eq!(secrets::find_in(&shown.concat()), None);

    let logged = log.text();
    for source in ["opentact_api::", "hyper_util::", "reqwest::"] {
        assert!(logged.contains(source), "{source} logged nothing");
    }
    // `h2` logs the frames that it receives, as `SECURITY.md` says.
    let logged = logged.lines().filter(|line| !line.contains(" h2::"));
    let logged: Vec<&str> = logged.collect();
    assert_eq!(secrets::find_in(&logged.join("\n")), None);
}

/// Returns everything that a call with a fault shows: the `Debug` of the builder, the client, a
/// request and the response, and the error.
async fn shown_by(fault: &Fault, call: &Call) -> String {
    let server = FaultyServer::start(fault.behaviour.clone()).await;
    let retry = RetryPolicy::default()
        .max_attempts(2)
        .initial_delay(Duration::ZERO);
    let builder = faults::client(&server.url, fault).retry(retry);
    let mut shown = format!("{builder:?} {builder:#?}\n");
    let client = builder.build().unwrap();
    let request = client.delete_group().uuid(GROUP);
    shown += &format!("{client:?} {client:#?} {request:?}\n");
    let result = timeout(DEADLINE, (call.start)(&client)).await.unwrap();
    shown + &result.unwrap_or_else(|error| secrets::shown_by(&error))
}
