//! Spans and events for `tracing`. Each test has a process of its own: a call of another test could be
//! the first to reach an event, and tracing would then disable the event for all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing::level_filters::LevelFilter;

use crate::support::GROUP;
use crate::support::child;
use crate::support::log::Log;
use crate::support::server::{Response, Server};

/// Makes a call and returns the log of this crate, without times and the port.
async fn log_of_call(server: &Server) -> String {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::DEBUG)
        .without_time()
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let _ = server.client().list_groups().send().await;
    drop(guard);
    let log = log.text();
    let ours = log.lines().filter(|line| line.contains(" opentact_api::"));
    let lines = ours.map(|line| {
        let words = line
            .split_whitespace()
            .map(|word| match word.split_once('=') {
                Some((name @ ("http.client.request.duration" | "delay" | "server.port"), _)) => {
                    format!("{name}=…")
                }
                _ => word.to_owned(),
            });
        words
            .collect::<Vec<_>>()
            .join(" ")
            .replace(":attempt", ":\n  attempt")
            .replace("}: ", "}:\n  ")
            + "\n"
    });
    lines.collect()
}

#[tokio::test]
async fn failed_and_successful_attempt_are_logged() {
    if !child::runs_alone("telemetry::failed_and_successful_attempt_are_logged") {
        return;
    }
    let requests = Arc::new(AtomicU32::new(0));
    let server = Server::responding(move |_| match requests.fetch_add(1, Ordering::SeqCst) {
        0 => Response::json(503, "not now"),
        _ => Response::json(200, r#"{"success": true, "payload": []}"#),
    })
    .await;
    insta::assert_snapshot!(log_of_call(&server).await, @r#"
    WARN call{otel.name="list_groups" opentact.operation="list_groups"}:
      attempt{otel.kind="client" otel.name=GET /app/group opentact.operation="list_groups" http.request.method="GET" url.template="/app/group" server.address="127.0.0.1" server.port=… http.response.status_code=503 error.type="503" otel.status_code="ERROR"}:
      opentact_api::telemetry: failed, will be retried http.client.request.duration=… http.response.status_code=503 error.type="503" delay=…
    DEBUG call{otel.name="list_groups" opentact.operation="list_groups"}:
      attempt{otel.kind="client" otel.name=GET /app/group opentact.operation="list_groups" http.request.method="GET" url.template="/app/group" server.address="127.0.0.1" server.port=… http.request.resend_count=1 http.response.status_code=200}:
      opentact_api::telemetry: succeeded http.client.request.duration=… http.response.status_code=200
    "#);
}

#[tokio::test]
async fn undecodable_response_is_logged_with_its_kind() {
    if !child::runs_alone("telemetry::undecodable_response_is_logged_with_its_kind") {
        return;
    }
    let server = Server::with(Response::json(200, "some text")).await;
    insta::assert_snapshot!(log_of_call(&server).await, @r#"
    DEBUG call{otel.name="list_groups" opentact.operation="list_groups"}:
      attempt{otel.kind="client" otel.name=GET /app/group opentact.operation="list_groups" http.request.method="GET" url.template="/app/group" server.address="127.0.0.1" server.port=… http.response.status_code=200 error.type="undecodable_response" otel.status_code="ERROR"}:
      opentact_api::telemetry: failed http.client.request.duration=… http.response.status_code=200 error.type="undecodable_response"
    "#);
}

#[tokio::test]
async fn response_with_unreadable_properties_is_logged_with_their_number() {
    if !child::runs_alone(
        "telemetry::response_with_unreadable_properties_is_logged_with_their_number",
    ) {
        return;
    }
    let body = format!(
        r#"{{"success": true, "payload": [{{"uuid": "{GROUP}", "name": "Sales", "created_on": 5, "owner": 7}}]}}"#
    );
    let server = Server::with(Response::json(200, body)).await;
    insta::assert_snapshot!(log_of_call(&server).await, @r#"
    WARN call{otel.name="list_groups" opentact.operation="list_groups"}:
      attempt{otel.kind="client" otel.name=GET /app/group opentact.operation="list_groups" http.request.method="GET" url.template="/app/group" server.address="127.0.0.1" server.port=… http.response.status_code=200 opentact.warnings=2}:
      opentact_api::telemetry: succeeded, without properties that could not be read http.client.request.duration=… http.response.status_code=200 opentact.warnings=2
    "#);
}
