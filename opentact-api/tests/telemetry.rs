//! What is told to `tracing`.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use support::log::Log;
use support::{Answer, Server};
use tracing::level_filters::LevelFilter;

/// What a program sees that looks at spans and events of this crate, but for times and
/// the port.
async fn told(server: &Server) -> String {
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
async fn an_attempt_that_fails_and_one_that_does_not() {
    let asked = Arc::new(AtomicU32::new(0));
    let server = Server::answering(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::json(503, "not now"),
        _ => Answer::json(200, r#"{"success": true, "payload": []}"#),
    })
    .await;
    insta::assert_snapshot!(told(&server).await);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read() {
    let server = Server::with(Answer::json(200, "some text")).await;
    insta::assert_snapshot!(told(&server).await);
}
