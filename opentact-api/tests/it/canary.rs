//! Known secrets that pass through every operation and every fault, with all logs at `TRACE`, and that
//! stand in every part of a response in every spelling.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use opentact_api::{Client, RetryPolicy};
use tokio::time::timeout;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::support::calls::{self, Call};
use crate::support::child;
use crate::support::faults::{self, DEADLINE, Fault};
use crate::support::faulty_server::FaultyServer;
use crate::support::log::Log;
use crate::support::server::{Response, Server};
use crate::support::{GROUP, secrets};

/// Calls that wait for one another would take as long as all waits together.
const CALLS_AT_ONCE: usize = 64;

/// The test has a process of its own, and so a subscriber for all threads.
#[tokio::test(flavor = "multi_thread")]
async fn operations_with_any_fault_show_and_log_no_secret() {
    let test = "canary::operations_with_any_fault_show_and_log_no_secret";
    if !child::runs_alone(test) {
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
    table.retain(|fault| fault.behaviour.is_covered());
    let calls = calls::all();
    let pairs = table
        .iter()
        .flat_map(|fault| calls.iter().map(move |call| shown_by(fault, call)));
    let shown: Vec<String> = futures_util::stream::iter(pairs)
        .buffer_unordered(CALLS_AT_ONCE)
        .collect()
        .await;
    assert_eq!(shown.len(), table.len() * calls.len());
    for shown in shown {
        assert_eq!(secrets::find_spelled_in(&shown), None, "{shown}");
        assert_eq!(secrets::find_in(&shown), None, "{shown}");
    }

    let logged = log.text();
    for source in ["opentact_api::", "hyper_util::", "reqwest::"] {
        assert!(logged.contains(source), "{source} logged nothing");
    }
    // `h2` logs the debug data of a `GOAWAY`, as `SECURITY.md` says. It logs no other text of a frame, and
    // nothing from the headers that it sends.
    let is_goaway = |line: &str| line.contains(" h2::") && line.contains("GoAway");
    let other = logged.lines().filter(|line| !is_goaway(line));
    let other: Vec<&str> = other.collect();
    assert_eq!(secrets::find_in(&other.join("\n")), None);
    if cfg!(feature = "http2") {
        let sent = "frame=Headers { stream_id: StreamId(1)";
        assert!(other.iter().any(|line| line.contains(sent)));
    }
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

/// The parts of a response that can carry a text of the server, with a secret in place of `@`.
const PLACES: [(u16, &str, &str); 19] = [
    (
        400,
        "",
        r#"{"success": false, "message": "no: @", "status": 400}"#,
    ),
    (
        200,
        "",
        r#"{"success": false, "message": "no: @ and more"}"#,
    ),
    (
        400,
        "",
        r#"{"success": false, "message": "no", "message": "@"}"#,
    ),
    (400, "", r#"{"error": "@", "at": "home"}"#),
    (500, "", "<p title=\"@\">@</p>"),
    (502, "", "@"),
    (200, "", "Log in: @"),
    (200, "", r#""@""#),
    (200, "", r#"{"@": 1}"#),
    (200, "", r#"{"success": "@", "payload": []}"#),
    (
        200,
        "",
        r#"{"success": true, "payload": "x, expected @ and @"}"#,
    ),
    (
        200,
        "",
        r#"{"success": true, "payload": {"missing field `@`": "duplicate field `@`"}}"#,
    ),
    (
        200,
        "",
        r#"{"success": true, "payload": [{"uuid": 5, "owner": "x, expected @ at line 1", "name": "x"}]}"#,
    ),
    (
        200,
        "",
        r#"{"success": true, "payload": [{"uuid": "@", "name": "x"}]}"#,
    ),
    (
        200,
        "",
        r#"{"success": true, "payload": [{"uuid": "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41", "name": ["@"]}]}"#,
    ),
    (
        200,
        "",
        r#"{"success": true, "payload": [{"uuid": "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41", "name": "x", "created_on": "@", "owner": {"@": {}, "account": ["@"]}}]}"#,
    ),
    (302, "https://@", ""),
    (302, "//user:@@elsewhere.example/@", ""),
    (302, "/a?@", ""),
];

#[tokio::test]
async fn secret_in_any_spelling_and_any_part_of_a_response_is_not_shown() {
    let script = Script::start().await;
    let mut cells = 0;
    for spelling in secrets::spellings() {
        for (status, location, body) in PLACES {
            let body = body.replace('@', &spelling);
            let mut response = Response::json(status, body).header("x-request-id", &spelling);
            if !location.is_empty() {
                response = response.header("location", location.replace('@', &spelling));
            }
            script.shows_no_secret(response).await;
            cells += 1;
        }
    }
    assert!(cells > 3000, "{cells}");
}

/// A cut in the middle of a secret must not show half of it. The lengths are around the limits of
/// messages.
#[tokio::test]
async fn secret_at_the_cut_of_a_message_is_not_shown() {
    let script = Script::start().await;
    for (nth, spelling) in secrets::spellings().iter().enumerate() {
        for length in [195, 990, 1015, 8180] {
            let separator = ["\u{e9}", " ", "x-"][nth % 3];
            let text = separator.repeat(length / separator.len()) + spelling;
            let message = format!(r#"{{"success": false, "message": "{text}"}}"#);
            for body in [text, message] {
                script.shows_no_secret(Response::json(400, body)).await;
            }
        }
    }
}

/// A client, and its server with the response to the next call.
struct Script {
    client: Client,
    next: Arc<Mutex<Response>>,
}

impl Script {
    async fn start() -> Self {
        let next = Arc::new(Mutex::new(Response::json(200, "")));
        let response = Arc::clone(&next);
        let server = Server::responding(move |_| response.lock().unwrap().clone()).await;
        let client = Client::builder()
            .ha1b_token(secrets::TOKEN)
            .base_url(&server.url);
        let client = client.retry(RetryPolicy::never()).build().unwrap();
        Self { client, next }
    }

    /// Asserts that the error for a response shows no secret. A response that can be read has none, because
    /// the digits of a digest are also a UUID: then its warnings show no secret.
    async fn shows_no_secret(&self, response: Response) {
        *self.next.lock().unwrap() = response.clone();
        let shown = match self.client.list_groups().send().await {
            Ok(groups) => format!("{:?}", groups.warnings()),
            Err(error) => secrets::shown_by(&error),
        };
        let found = secrets::find_spelled_in(&shown);
        assert_eq!(found, None, "{response:?}\n{shown}");
        assert!(shown.len() < 10_000, "{shown}");
    }
}

/// A caller may confuse its values. The digits of a digest are also a UUID, with which a call is sent.
#[tokio::test]
async fn secret_as_a_parameter_is_not_shown() {
    let client = Client::builder()
        .ha1b_token(secrets::TOKEN)
        .base_url("http://127.0.0.1:1");
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    for spelling in secrets::spellings() {
        let named = spelling.repeat(3) + &"x".repeat(80);
        let errors = [
            client
                .delete_group()
                .uuid(spelling.as_str())
                .send()
                .await
                .err(),
            client
                .add_group_user()
                .sip_user_uuid(spelling.clone())
                .uuid(GROUP)
                .send()
                .await
                .err(),
            client
                .create_group()
                .body_map(|body| body.name(named))
                .send()
                .await
                .err(),
            client
                .create_group()
                .body_map(|body| body.name("x".repeat(85) + &spelling))
                .send()
                .await
                .err(),
        ];
        for error in errors.into_iter().flatten() {
            let shown = secrets::shown_by(&error);
            assert_eq!(
                secrets::find_spelled_in(&shown),
                None,
                "{spelling}\n{shown}"
            );
        }
    }
}
