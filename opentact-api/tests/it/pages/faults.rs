//! Every row of the fault table on an operation of every page.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use opentact_api::{ErrorKind, RetryPolicy};
use tokio::time::timeout;

use super::operation::{Arguments, Operation};
use super::operations::with_tokens;
use super::{all, pages};
use crate::support::faults::{self, Behaviour, DEADLINE, Fault};
use crate::support::faulty_server::FaultyServer;
use crate::support::secrets;

/// Calls spend their time waiting.
const CALLS_AT_ONCE: usize = 64;
/// A busy machine may miss a short time limit.
const CALLS_AFTER_THE_FAULT: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn pages_meet_every_fault_as_the_groups_do() {
    let mut table = faults::table::all();
    // The types of other pages accept what these rows do to a group. The HTTP/2 server of the test does
    // not read paths. In TLS 1.3, a server refuses a client after the handshake: before the request is
    // sent, or after.
    let concerns_groups = |fault: &Fault| {
        let behaviour = &fault.behaviour;
        let is_other = matches!(
            behaviour,
            Behaviour::Http2(_) | Behaviour::DemandCertificateInTls13
        );
        is_other || fault.message.starts_with("`payload[0]")
    };
    table.retain(|fault| fault.behaviour.is_covered() && !concerns_groups(fault));
    let is_chosen = |page: &str, it: &Operation| it.page == page && it.spec().is_idempotent();
    let chosen = pages().into_iter();
    let chosen = chosen.map(|page| all().into_iter().find(|it| is_chosen(page, it)).unwrap());
    let chosen: Vec<Operation> = chosen.collect();
    let cells = table
        .iter()
        .flat_map(|fault| chosen.iter().map(move |operation| check(fault, operation)));
    let findings = stream::iter(cells).buffer_unordered(CALLS_AT_ONCE);
    let findings: Vec<String> = findings.filter_map(async |it| it.err()).collect().await;
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Calls an idempotent operation that meets a fault, and again when the server has recovered.
async fn check(fault: &Fault, operation: &Operation) -> Result<(), String> {
    let server = FaultyServer::start(fault.behaviour.clone()).await;
    let retry = RetryPolicy::default()
        .initial_delay(Duration::from_millis(1))
        .max_retry_after(faults::MAX_RETRY_AFTER);
    let client = faults::client(&server.url, fault).retry(retry);
    let client = with_tokens(client, |_| secrets::TOKEN.to_owned());
    let client = client.build().unwrap();
    let arguments = Arguments::examples(operation.spec());
    let call = async || {
        let request = (operation.request)(&client, &arguments);
        timeout(DEADLINE, request.send).await.unwrap()
    };
    let cell = |problem: String| format!("{}: {}: {problem}", operation.name, fault.name);

    let (attempts, _) = fault.attempts;
    let result = call().await;
    let requests = server.requests();
    if requests > 0 && requests != attempts {
        return Err(cell(format!("{requests} requests, expected {attempts}")));
    }
    match (fault.kind, result) {
        (None, Ok(_)) => {}
        (Some(kind), Err(error)) => {
            let is_expected = error.kind() == kind
                && error.attempts() == attempts
                && error.operation() == operation.name
                && error.is_retryable() == fault.is_retryable(attempts)
                && error.retry_after() == fault.retry_after.map(Duration::from_secs);
            if !is_expected {
                return Err(cell(format!("expected {kind:?}, got {error:?}")));
            }
            let shown = secrets::shown_by(&error);
            if let Some(secret) = secrets::find_spelled_in(&shown) {
                return Err(cell(format!("{secret} in {shown}")));
            }
        }
        (kind, result) => return Err(cell(format!("expected {kind:?}, got {result:?}"))),
    }

    server.recover();
    let mut next = call().await;
    for _ in 1..CALLS_AFTER_THE_FAULT {
        if matches!(&next, Err(error) if error.kind() == ErrorKind::Timeout) {
            next = call().await;
        }
    }
    let has_no_address = matches!(fault.behaviour, Behaviour::HaveNoAddress);
    match next.is_err() == has_no_address {
        true => Ok(()),
        false => Err(cell(format!("after the fault: {next:?}"))),
    }
}
