//! The fault table: one test for each thing that can go wrong between a client and the service,
//! over real sockets.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests

#[path = "../it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use libtest_mimic::{Arguments, Failed, Trial};
use opentact_api::RetryPolicy;
use support::calls::{self, Call};
use support::faults::{self, Behaviour, DEADLINE, Fault};
use support::faulty_server::FaultyServer;
use support::secrets;
use tokio::time::timeout;

const SECURITY: &str = include_str!("../../../SECURITY.md");
/// Rows spend their time waiting.
const ROWS_AT_ONCE: usize = 8;

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(ROWS_AT_ONCE);
    let rows = faults::table::all().into_iter().map(|fault| {
        let ignored = !fault.behaviour.is_covered();
        Trial::test(test_name(fault.name), move || row(&fault)).with_ignored_flag(ignored)
    });
    let mut trials: Vec<Trial> = rows.collect();
    trials.push(Trial::test("security_md_lists_every_fault", security_md));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Returns `429_with_seconds_in_retry_after` for "429 with seconds in `Retry-After`".
fn test_name(fault: &str) -> String {
    let words = fault.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

fn row(fault: &Fault) -> Result<(), Failed> {
    let mut calls = calls::all();
    // An idempotent operation and another one.
    calls.truncate(2);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(join_all(calls.iter().map(|call| check(fault, call))));
    Ok(())
}

async fn check(fault: &Fault, call: &Call) {
    let server = FaultyServer::start(fault.behaviour.clone()).await;
    let retry = RetryPolicy::default()
        .initial_delay(Duration::from_millis(1))
        .max_retry_after(faults::MAX_RETRY_AFTER);
    let client = faults::client(&server.url, fault).retry(retry);
    let client = client.build().unwrap();
    let started = Instant::now();
    let result = timeout(DEADLINE, (call.start)(&client)).await.unwrap();

    let (idempotent, other) = fault.attempts;
    let attempts = if call.idempotent { idempotent } else { other };
    // A slow machine cannot make this fail.
    assert!(started.elapsed() >= fault.least_duration(attempts));
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
                fault.is_retryable(attempts),
                "{error}"
            );
            let retry_after = fault.retry_after.map(Duration::from_secs);
            assert_eq!(error.retry_after(), retry_after, "{error}");
            let line = error.to_string();
            assert!(!line.contains(char::is_control), "{line:?}");
            assert_eq!(
                secrets::find_spelled_in(&secrets::shown_by(&error)),
                None,
                "{error:?}"
            );
            if call.operation == "list_groups" {
                assert!(line.starts_with("list_groups (GET /app/group): "), "{line}");
                assert!(line.contains(fault.message), "{line}");
            }
        }
        (expected, result) => panic!("expected {expected:?}, got {result:?}"),
    }

    server.recover();
    let next = timeout(DEADLINE, client.list_groups().send())
        .await
        .unwrap();
    if matches!(fault.behaviour, Behaviour::HaveNoAddress) {
        // The test cannot give the name an address. It can show that the client looks it up again.
        assert_eq!(next.unwrap_err().attempts(), idempotent);
    } else {
        assert_eq!(next.unwrap().len(), 1);
    }
}

/// The table that users read is the table that is tested.
fn security_md() -> Result<(), Failed> {
    let rows = faults::table::all().into_iter().map(|fault| {
        let kind = match fault.kind {
            Some(kind) => format!("`{kind:?}`"),
            None => "none: it succeeds".to_owned(),
        };
        let (idempotent, other) = fault.attempts;
        format!("| {} | {kind} | {idempotent} | {other} |\n", fault.name)
    });
    let table: String = rows.collect();
    if SECURITY.ends_with(&format!("\n|---|---|---|---|\n{table}")) {
        return Ok(());
    }
    Err(format!("SECURITY.md must end with this table:\n\n{table}").into())
}
