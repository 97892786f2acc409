//! The fault matrix: what comes of everything that can go wrong between a client and the
//! service, one test for each fault, over real sockets.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests

mod support;

use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use opentact_api::{Client, RetryPolicy};
use support::calls::{self, Call};
use support::faults::{self, Fault};
use support::faulty::FaultyServer;
use support::{SECURITY, secrets, tls};

/// How long the work may take, and the waits that are at random, in addition to what is awaited:
/// less than an attempt that times out, where the fault is not about that.
const SLACK: Duration = Duration::from_secs(8);

fn main() {
    let arguments = Arguments::from_args();
    let rows = faults::table::all().into_iter().map(|fault| {
        let test = test_name(fault.name);
        Trial::test(test.clone(), move || row(&test, &fault))
    });
    let mut trials: Vec<Trial> = rows.collect();
    trials.push(Trial::test("the_table_in_security_md", security_md));
    libtest_mimic::run(&arguments, trials).exit();
}

/// `429 with seconds in Retry-After` as the name of a test.
fn test_name(fault: &str) -> String {
    let words = fault.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

fn row(test: &str, fault: &Fault) -> Result<(), Failed> {
    if fault.does.speaks_tls() && !tls::is_trusting_process(test) {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut calls = calls::all();
    // One that is safe to repeat, and one that is not.
    calls.truncate(2);
    for call in calls {
        runtime.block_on(check(fault, &call));
    }
    Ok(())
}

async fn check(fault: &Fault, call: &Call) {
    let server = FaultyServer::start(fault.does.clone()).await;
    let client = client(&server, fault);
    let started = Instant::now();
    let result = (call.call)(&client).await;
    let took = started.elapsed();

    let (safe, other) = fault.attempts;
    let attempts = if call.safe { safe } else { other };
    let awaited = fault.awaited(attempts);
    assert!((awaited..awaited + SLACK).contains(&took), "{took:?}");
    if server.requests() > 0 {
        assert_eq!(server.requests(), attempts, "{result:?}");
    }
    match (fault.kind, result) {
        (None, Ok(_)) => {}
        (Some(kind), Err(error)) => {
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(error.attempts(), attempts, "{error}");
            assert_eq!(error.operation(), call.operation);
            assert_eq!(
                error.is_retryable(),
                fault.is_retryable(call.safe),
                "{error}"
            );
            let retry_after = fault.retry_after.map(Duration::from_secs);
            assert_eq!(error.retry_after(), retry_after, "{error}");
            let line = error.to_string();
            assert!(!line.contains(char::is_control), "{line:?}");
            assert_eq!(secrets::seen_in(&secrets::shown(&error)), None, "{error:?}");
            if call.operation == "list_groups" {
                assert!(line.starts_with("list_groups (GET /app/group): "), "{line}");
                assert!(line.contains(fault.says), "{line}");
            }
        }
        (kind, result) => panic!("{kind:?} was expected, not {result:?}"),
    }

    server.behave().await;
    let next = client.list_groups().send().await;
    if matches!(fault.does, faults::Does::HaveNoName) {
        // A name cannot be made known without changing this machine. The client tries anew.
        assert_eq!(next.unwrap_err().attempts(), safe);
    } else {
        assert_eq!(next.unwrap().len(), 1);
    }
}

fn client(server: &FaultyServer, fault: &Fault) -> Client {
    let retry = RetryPolicy::default()
        .initial_delay(Duration::from_millis(1))
        .max_retry_after(faults::MAX_RETRY_AFTER);
    Client::builder(secrets::TOKEN)
        .base_url(&server.url)
        .attempt_timeout(fault.does.attempt_timeout())
        .max_response_size(faults::LIMIT)
        .retry(retry)
        .build()
        .unwrap()
}

/// The table that users read is the one that is tested.
fn security_md() -> Result<(), Failed> {
    let rows = faults::table::all().into_iter().map(|fault| {
        let kind = match fault.kind {
            Some(kind) => format!("`{kind:?}`"),
            None => "none: it succeeds".to_owned(),
        };
        let (safe, other) = fault.attempts;
        format!("| {} | {kind} | {safe} | {other} |\n", fault.name)
    });
    let table: String = rows.collect();
    let end = format!("\n|---|---|---|---|\n{table}");
    if SECURITY.ends_with(&end) {
        return Ok(());
    }
    Err(format!("the table in SECURITY.md is to be:\n\n{table}").into())
}
