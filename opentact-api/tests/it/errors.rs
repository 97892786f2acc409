//! Errors of operations that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use opentact_api::{Client, Error, ErrorKind};

use crate::support::GROUP;
use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::secrets::shown_by;
use crate::support::server::{Response, Server, TOKEN};

async fn delete(server: &Server) -> Error {
    let client = server.client();
    let error = client.delete_group().uuid(GROUP).send().await.unwrap_err();
    assert!(!shown_by(&error).contains(TOKEN), "{error:?}");
    error
}

/// Returns the error for a response, and its line.
async fn error_of(status: u16, body: &str) -> (Error, String) {
    let error = delete(&Server::with(Response::json(status, body)).await).await;
    let line = error.to_string();
    (error, line)
}

#[tokio::test]
async fn envelope_with_error_status_gives_kind_and_message() {
    let body = r#"{"success": false, "message": "SIP user group not found", "status": 404}"#;
    let (error, line) = error_of(404, body).await;
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.operation(), "delete_group");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.message(), Some("SIP user group not found"));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 404 Not Found: SIP user group not found");
}

#[tokio::test]
async fn envelope_without_success_is_an_error_with_status_200() {
    let body = r#"{"success": false, "message": "SIP user group not found", "status": 404}"#;
    let (error, line) = error_of(200, body).await;
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.api_status(), Some(404));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 200 OK: SIP user group not found");
}

#[tokio::test]
async fn envelope_without_success_is_an_error_with_any_payload() {
    for payload in ["null", "[]", r#""nothing""#] {
        let body = format!(r#"{{"success": false, "payload": {payload}, "message": "no"}}"#);
        let (error, _) = error_of(200, &body).await;
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Api, Some("no")),
            "{payload}"
        );
    }
}

#[tokio::test]
async fn html_error_is_quoted_on_one_line() {
    let body = "<html>\n<h1>502 Bad Gateway</h1>\n  nginx\n</html>";
    let (error, line) = error_of(502, body).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service reported an error, status 502 Bad Gateway: <html> <h1>502 Bad Gateway</h1> nginx </html>, after 3 attempts");
}

#[tokio::test]
async fn empty_error_has_no_message() {
    let (error, line) = error_of(500, "").await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, None));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service reported an error, status 500 Internal Server Error, after 3 attempts");
}

#[tokio::test]
async fn json_error_without_envelope_is_quoted() {
    let (_, line) = error_of(400, r#"{"error": "bad request"}"#).await;
    insta::assert_snapshot!(line, @r#"delete_group (DELETE /app/group/{uuid}): the service reported an error, status 400 Bad Request: {"error": "bad request"}"#);
}

#[tokio::test]
async fn message_with_control_characters_stays_on_one_line() {
    let body = r#"{"success": false, "message": "no\n\u001b[2Jgroup", "status": 400}"#;
    let (error, line) = error_of(400, body).await;
    assert_eq!(error.message(), Some("no\n\u{1b}[2Jgroup"));
    assert!(line.ends_with(": no  [2Jgroup"), "{line:?}");
}

/// The message itself may have them, for programs that show it in another way.
#[tokio::test]
async fn message_with_invisible_characters_is_shown_without_them() {
    let body = r#"{"success": false, "message": "a\u202eb\u2066c\u2028d\u200be\u00adf\ufeffg", "status": 400}"#;
    let (error, line) = error_of(400, body).await;
    assert!(line.ends_with(": a b c d e f g"), "{line:?}");
    assert!(error.message().unwrap().contains('\u{202e}'));
}

#[tokio::test]
async fn long_message_is_cut_after_tokens_are_redacted() {
    let (error, _) = error_of(500, &"na ".repeat(1_000_000)).await;
    assert_eq!(error.message().unwrap().chars().count(), 201);
    let body = format!(
        r#"{{"success": false, "message": "{}{TOKEN} {TOKEN}"}}"#,
        "na ".repeat(320)
    );
    let (error, _) = error_of(500, &body).await;
    let message = error.message().unwrap();
    assert!(message.ends_with("na [token] [token]"), "{message}");
}

#[tokio::test]
async fn error_kind_follows_the_status() {
    for (status, kind) in [
        (400, ErrorKind::Api),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Api),
        (429, ErrorKind::RateLimited),
        (503, ErrorKind::Api),
    ] {
        assert_eq!(error_of(status, "{}").await.0.kind(), kind, "{status}");
    }
}

#[tokio::test]
async fn token_in_a_message_is_redacted() {
    let body =
        format!(r#"{{"success": false, "message": "no account for {TOKEN}", "status": 401}}"#);
    let (error, line) = error_of(401, &body).await;
    assert_eq!(error.message(), Some("no account for [token]"));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 401 Unauthorized: no account for [token] (check the token)");
}

#[tokio::test]
async fn secrets_in_a_response_body_are_not_shown() {
    let digest = "0f7a1c5be2d94830a6b1f3c8d7e92045";
    let pin = "plain-and-short";
    let padding = "x".repeat(190);
    let name = "x".repeat(50);
    for body in [
        format!(r#"{{"success": false, "payload": {{"ha1": "{digest}"}}}}"#),
        format!(r#"{{"success": false, "message": "{digest} is taken"}}"#),
        format!(r#"{{"success": false, "payload": {{"sip_connection": {{"pin": "{pin}"}}}}}}"#),
        format!(r#"{{"ha1b": "{digest}"}}"#),
        format!("<p>{digest}</p>"),
        format!("{padding} {TOKEN}"),
        format!("{padding}{digest}"),
        format!("{}{TOKEN}", " ".repeat(8 * 1024 - 20)),
        format!(
            r#"{{"success": true, "payload": {{"users": [{{"account": {{"{name}{TOKEN}": {{"a": "#
        ),
        format!(
            r#"{{"success": true, "payload": {{"users": [{{"account": {{"{name}{digest}": {{"a": "#
        ),
        format!(r#"{{"success": false, "payload": {{"pin": "{pin}"#),
        format!(r#"{{"success": false, "payload": {{"pin": "{pin}"}}, "success": false}}"#),
        format!(r#"[{{"pin": "{pin}"}}]"#),
    ] {
        for status in [200, 500] {
            let (error, line) = error_of(status, &body).await;
            let shown = shown_by(&error);
            for secret in [&digest[..8], &TOKEN[..8], pin] {
                assert!(!shown.contains(secret), "{status} {line}");
            }
        }
    }
}

#[tokio::test]
async fn error_body_that_breaks_off_keeps_the_kind_of_its_status() {
    let start = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 100\r\n\r\n<html> half-a-secr";
    let server = FaultyServer::start(Behaviour::Write(start.into())).await;
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.message(), Some("<html>"));
}

/// The message names the place and not the value.
#[tokio::test]
async fn response_that_contradicts_the_spec_is_undecodable() {
    let mut lines = Vec::new();
    for body in [
        "",
        "<html>",
        "{}",
        r#"{"success": true}"#,
        r#"{"success": true, "payload": null}"#,
        "[true, {}]",
        "{\"success\": true, \"payload\":\n  {\"uuid\": 4711, \"name\": \"secret-value\"}}",
        r#"{"success": true, "payload": {"uuid": "secret-value"#,
    ] {
        let (error, line) = error_of(200, body).await;
        assert_eq!(error.kind(), ErrorKind::UndecodableResponse, "{line}");
        let shown = shown_by(&error);
        assert!(!shown.contains("4711"), "{line}");
        assert!(!shown.contains("secret"), "{line}");
        lines.push(format!("{body:?}\n    {}", error.message().unwrap()));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    ""
        it is empty
    "<html>"
        it is not JSON: <html>
    "{}"
        `success` is missing, at line 1, column 1
    "{\"success\": true}"
        `payload` is missing, at line 1, column 1
    "{\"success\": true, \"payload\": null}"
        `payload`: expected an object, found null, at line 1, column 30
    "[true, {}]"
        expected an object, found a list
    "{\"success\": true, \"payload\":\n  {\"uuid\": 4711, \"name\": \"secret-value\"}}"
        `payload.uuid`: expected a UUID, found a number, at line 2, column 12
    "{\"success\": true, \"payload\": {\"uuid\": \"secret-value"
        `payload.uuid`: the JSON ends too early, at line 1, column 52
    "#);
}

/// The first attempt may have deleted the group.
#[tokio::test]
async fn not_found_after_a_lost_response_mentions_the_earlier_attempt() {
    let requests = Arc::new(AtomicU32::new(0));
    let not_found = r#"{"success": false, "message": "no such group", "status": 404}"#;
    let server = Server::responding(move |_| match requests.fetch_add(1, Ordering::SeqCst) {
        0 => Response::json(500, ""),
        _ => Response::json(404, not_found),
    })
    .await;
    let error = delete(&server).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFound, 2));
    insta::assert_snapshot!(error, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 404 Not Found: no such group, after 2 attempts (an earlier attempt may have removed it)");
}

/// The service may have created the group.
#[tokio::test]
async fn lost_response_of_an_operation_without_retry_gives_a_warning() {
    let server = Server::with(Response::json(500, "")).await;
    let client = server.client();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    insta::assert_snapshot!(request.send().await.unwrap_err(), @"create_group (POST /app/group): the service reported an error, status 500 Internal Server Error (the service may have carried it out: check before you retry)");
}

/// The service responded that it created the group.
#[tokio::test]
async fn success_that_cannot_be_read_gives_the_warning_unless_the_operation_is_idempotent() {
    for (kind, body) in [
        (ErrorKind::UndecodableResponse, "{}".to_owned()),
        (ErrorKind::BodyTooLarge, " ".repeat(1001)),
    ] {
        let server = Server::with(Response::json(200, body)).await;
        let client = Client::builder().ha1b_token(TOKEN).base_url(&server.url);
        let client = client.max_response_size(1000).build().unwrap();
        let request = client.create_group().body_map(|body| body.name("Sales"));
        for (result, warns) in [
            (request.send().await, true),
            (client.delete_group().uuid(GROUP).send().await, false),
        ] {
            let error = result.unwrap_err();
            let line = error.to_string();
            let warning = "(the service may have carried it out: check before you retry)";
            assert_eq!(
                (error.kind(), line.ends_with(warning)),
                (kind, warns),
                "{line}"
            );
            assert!(!error.is_retryable());
        }
    }
}

/// A retry after that time might create a second group.
#[tokio::test]
async fn lost_response_with_retry_after_gives_the_warning_instead() {
    let response = Response::json(500, "").header("retry-after", "1");
    let client = Server::with(response).await.client();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    let line = request.send().await.unwrap_err().to_string();
    assert!(
        line.ends_with("(the service may have carried it out: check before you retry)"),
        "{line}"
    );
}

/// Support tickets quote it.
#[tokio::test]
async fn error_keeps_the_headers_and_the_request_id() {
    let id = "0f7a1c5be2d94830a6b1f3c8d7e92045";
    let response = |status, body: &str| {
        let response = Response::json(status, body).header("x-request-id", id);
        response.header("location", "/elsewhere")
    };
    for (kind, response) in [
        (ErrorKind::Api, response(500, "")),
        (ErrorKind::Redirect, response(302, "")),
        (ErrorKind::UndecodableResponse, response(200, "{}")),
        (ErrorKind::Api, response(200, r#"{"success": false}"#)),
        (ErrorKind::BodyTooLarge, response(200, &" ".repeat(1001))),
    ] {
        let server = Server::with(response).await;
        let client = Client::builder().ha1b_token(TOKEN).base_url(&server.url);
        let client = client.max_response_size(1000).build().unwrap();
        let request = client.create_group().body_map(|body| body.name("Sales"));
        let error = request.send().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.request_id(), Some(id), "{error}");
        assert_eq!(error.headers()["location"], "/elsewhere");
        assert_eq!(error.clone().request_id(), Some(id));
    }
    let server =
        Server::with(Response::json(404, "").header("x-request-id", format!("<{TOKEN}>"))).await;
    let error = delete(&server).await;
    assert_eq!(
        (error.request_id(), error.headers().is_empty()),
        (None, false)
    );
    let unreachable = Client::builder()
        .ha1b_token(TOKEN)
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    let error = unreachable.list_groups().send().await.unwrap_err();
    assert_eq!(
        (error.request_id(), error.headers().is_empty()),
        (None, true)
    );
}

#[tokio::test]
async fn client_fault_is_an_error_that_the_caller_can_mend() {
    for (status, body, expected) in [
        (400, "", true),
        (401, "", true),
        (403, "", true),
        (404, "", true),
        (408, "", false),
        (409, "", true),
        (429, "", false),
        (500, "", false),
        (200, r#"{"success": false, "status": 409}"#, true),
        (200, r#"{"success": false}"#, false),
        (200, "", false),
    ] {
        let (error, line) = error_of(status, body).await;
        assert_eq!(error.is_client_fault(), expected, "{line}");
    }
    let client = Client::builder().ha1b_token(TOKEN).build().unwrap();
    assert!(
        client
            .delete_group()
            .send()
            .await
            .unwrap_err()
            .is_client_fault()
    );
}

#[tokio::test]
async fn error_converts_to_an_io_error_with_the_same_message() {
    use std::io::{
        self,
        ErrorKind::{NotFound, PermissionDenied, TimedOut},
    };

    fn is_shared<T: Clone + Send + Sync + 'static>(value: T) -> T {
        value
    }
    for (status, kind) in [
        (401, PermissionDenied),
        (404, NotFound),
        (500, io::ErrorKind::Other),
    ] {
        let (error, line) = error_of(status, "").await;
        let error = io::Error::from(is_shared(error));
        assert_eq!((error.kind(), error.to_string()), (kind, line));
        let inner = error.downcast::<Error>().unwrap();
        assert_eq!(inner.status().map(|status| status.as_u16()), Some(status));
    }
    let server = FaultyServer::start(Behaviour::StaySilent).await;
    let client = Client::builder().ha1b_token(TOKEN).base_url(&server.url);
    let client = client
        .timeout(std::time::Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert!(error.to_string().contains("longer than 50 ms"), "{error}");
    assert_eq!(io::Error::from(error).kind(), TimedOut);
}
