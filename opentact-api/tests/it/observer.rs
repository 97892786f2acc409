//! The reports that an observer receives.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use insta::assert_snapshot;
use opentact_api::{AttemptReport, Client, ClientBuilder, Observer, RetryPolicy};

use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::server::{Response, Server};
use crate::support::{GROUP, secrets};

/// Keeps the reports as text, without ports and times.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<String>>>);

impl Observer for Reports {
    fn on_attempt(&self, attempt: &AttemptReport<'_>) {
        assert!(attempt.server_port.is_some());
        assert!(attempt.duration < Duration::from_secs(60));
        let status = attempt.status.map(|status| status.as_u16());
        let report = format!(
            "{} {} {} at {}, attempt {}: status {status:?}, kind {:?}, type {:?}, cancelled {}, retry {}",
            attempt.operation,
            attempt.method,
            attempt.url_template,
            attempt.server_address,
            attempt.attempt,
            attempt.error_kind,
            attempt.error_type(),
            attempt.is_cancelled,
            attempt.will_retry(),
        );
        assert_eq!(secrets::find_in(&format!("{attempt:?}")), None);
        self.0.lock().unwrap().push(report);
    }
}

impl Reports {
    fn text(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap()).join("\n")
    }
}

fn observed(url: &str) -> (ClientBuilder, Reports) {
    let reports = Reports::default();
    let retry = RetryPolicy::default().initial_delay(Duration::ZERO);
    let client = Client::builder()
        .ha1b_token(secrets::TOKEN)
        .base_url(url)
        .retry(retry);
    (client.observer(reports.clone()), reports)
}

#[tokio::test]
async fn each_attempt_of_a_call_is_reported() {
    let requests = Arc::new(AtomicU32::new(0));
    let server = Server::responding(move |_| match requests.fetch_add(1, Ordering::SeqCst) {
        0 => Response::json(429, "not now"),
        _ => Response::json(200, r#"{"success": true, "payload": []}"#),
    })
    .await;
    let (client, reports) = observed(&server.url);
    let client = client.build().unwrap();
    client.list_group_users().uuid(GROUP).send().await.unwrap();
    assert_snapshot!(reports.text(), @r#"
    list_group_users GET /app/group/{uuid}/users at 127.0.0.1, attempt 1: status Some(429), kind Some(RateLimited), type Some("429"), cancelled false, retry true
    list_group_users GET /app/group/{uuid}/users at 127.0.0.1, attempt 2: status Some(200), kind None, type None, cancelled false, retry false
    "#);
}

#[tokio::test]
async fn failed_attempt_is_reported_with_its_kind() {
    let server = FaultyServer::start(Behaviour::RefuseConnections).await;
    let (client, reports) = observed(&server.url);
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    client.list_groups().send().await.unwrap_err();
    let server = Server::with(Response::json(200, "some text")).await;
    let (client, of_page) = observed(&server.url);
    let client = client.build().unwrap();
    client.list_groups().send().await.unwrap_err();
    assert_snapshot!(reports.text() + "\n" + &of_page.text(), @r#"
    list_groups GET /app/group at 127.0.0.1, attempt 1: status None, kind Some(Connect), type Some("connect"), cancelled false, retry false
    list_groups GET /app/group at 127.0.0.1, attempt 1: status Some(200), kind Some(UndecodableResponse), type Some("undecodable_response"), cancelled false, retry false
    "#);
}

/// The number of reports is the number of attempts, even if callers drop their calls.
#[tokio::test]
async fn dropped_call_is_reported_as_cancelled() {
    let server = FaultyServer::start(Behaviour::StaySilent).await;
    let (client, reports) = observed(&server.url);
    let client = client.build().unwrap();
    drop(client.list_groups().send());
    assert_eq!(reports.text(), "", "it made no attempt");
    let call = client.list_groups().send();
    let result = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(result.is_err());
    assert_snapshot!(reports.text(), @r#"list_groups GET /app/group at 127.0.0.1, attempt 1: status None, kind None, type Some("cancelled"), cancelled true, retry false"#);
}

#[tokio::test]
async fn call_without_an_attempt_is_not_reported() {
    let server = Server::start().await;
    let (client, reports) = observed(&server.url);
    let client = client.build().unwrap();
    client.delete_group().send().await.unwrap_err();
    client
        .list_groups()
        .ha1b_token("")
        .send()
        .await
        .unwrap_err();
    assert_eq!(reports.text(), "");
}

/// The panic reaches the caller, and the observer is not called again while the stack unwinds.
#[tokio::test]
async fn panic_of_an_observer_ends_its_call_alone() {
    let server = Server::start().await;
    let calls = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&calls);
    let client = Client::builder()
        .ha1b_token(secrets::TOKEN)
        .base_url(&server.url)
        .observer(move |_: &AttemptReport<'_>| {
            assert!(
                counter.fetch_add(1, Ordering::SeqCst) > 0,
                "the first report"
            );
        })
        .build()
        .unwrap();
    let other = client.clone();
    let task = tokio::spawn(async move { other.list_groups().send().await.map(drop) });
    assert!(task.await.unwrap_err().is_panic());
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    client.list_groups().send().await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}
