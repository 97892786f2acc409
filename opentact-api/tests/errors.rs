//! What users are told when an operation fails.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use opentact_api::{Client, Error, ErrorKind};
use support::faults::Does;
use support::faulty::FaultyServer;
use support::{Answer, GROUP, Server, TOKEN};

async fn delete(server: &Server) -> Error {
    let error = server
        .client()
        .delete_group()
        .uuid(GROUP)
        .send()
        .await
        .unwrap_err();
    assert!(!shown(&error).contains(TOKEN), "{error:?}");
    error
}

/// All that can be seen of an error: itself and its causes, for people and for developers.
fn shown(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(|cause| format!("{cause} {cause:?}\n")).collect()
}

/// The error of an answer, with the line that a person reads.
async fn answered(status: u16, body: &str) -> (Error, String) {
    let error = delete(&Server::with(Answer::json(status, body)).await).await;
    let line = error.to_string();
    (error, line)
}

#[tokio::test]
async fn an_error_with_its_own_status() {
    let body = r#"{"success": false, "message": "SIP user group not found", "status": 404}"#;
    let (error, line) = answered(404, body).await;
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.operation(), "delete_group");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.message(), Some("SIP user group not found"));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 404 Not Found: SIP user group not found");
}

#[tokio::test]
async fn an_error_with_status_200() {
    let body = r#"{"success": false, "message": "SIP user group not found", "status": 404}"#;
    let (error, line) = answered(200, body).await;
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.api_status(), Some(404));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 200 OK: SIP user group not found");
}

/// An error may come with a payload of any kind; it stays an error.
#[tokio::test]
async fn an_error_with_status_200_and_a_payload() {
    for payload in ["null", "[]", r#""nothing""#] {
        let body = format!(r#"{{"success": false, "payload": {payload}, "message": "no"}}"#);
        let (error, _) = answered(200, &body).await;
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Api, Some("no")),
            "{payload}"
        );
    }
}

#[tokio::test]
async fn an_error_that_is_html() {
    let body = "<html>\n<h1>502 Bad Gateway</h1>\n  nginx\n</html>";
    let (error, line) = answered(502, body).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 502 Bad Gateway: <html> <h1>502 Bad Gateway</h1> nginx </html>, after 3 attempts");
}

#[tokio::test]
async fn an_error_that_is_empty() {
    let (error, line) = answered(500, "").await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, None));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 500 Internal Server Error, after 3 attempts");
}

#[tokio::test]
async fn an_error_that_is_json_but_no_envelope() {
    let (_, line) = answered(400, r#"{"error": "bad request"}"#).await;
    insta::assert_snapshot!(line, @r#"delete_group (DELETE /app/group/{uuid}): the service refused, status 400 Bad Request: {"error": "bad request"}"#);
}

#[tokio::test]
async fn a_message_stays_on_its_line() {
    let body = r#"{"success": false, "message": "no\n\u001b[2Jgroup", "status": 400}"#;
    let (error, line) = answered(400, body).await;
    assert_eq!(error.message(), Some("no\n\u{1b}[2Jgroup"));
    assert!(line.ends_with(": no  [2Jgroup"), "{line:?}");
}

#[tokio::test]
async fn an_error_of_any_length_is_cut() {
    let (error, _) = answered(500, &"na ".repeat(1_000_000)).await;
    assert_eq!(error.message().unwrap().chars().count(), 201);
    let body = format!(
        r#"{{"success": false, "message": "{}{TOKEN} {TOKEN}"}}"#,
        "na ".repeat(320)
    );
    let (error, _) = answered(500, &body).await;
    let message = error.message().unwrap();
    assert!(message.ends_with("na [token]…"), "{message}");
}

#[tokio::test]
async fn kinds_by_status() {
    for (status, kind) in [
        (400, ErrorKind::Api),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Api),
        (429, ErrorKind::RateLimited),
        (503, ErrorKind::Api),
    ] {
        assert_eq!(answered(status, "{}").await.0.kind(), kind, "{status}");
    }
}

/// A server that echoes the token does not get it into anybody's log.
#[tokio::test]
async fn a_token_in_an_answer_is_not_shown() {
    let body =
        format!(r#"{{"success": false, "message": "no account for {TOKEN}", "status": 401}}"#);
    let (error, line) = answered(401, &body).await;
    assert_eq!(error.message(), Some("no account for [token]"));
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 401 Unauthorized: no account for [token] (check the token)");
}

/// Whatever an answer is, no secret in it gets into anybody's log.
#[tokio::test]
async fn no_secret_of_an_answer_is_shown() {
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
            let (error, line) = answered(status, &body).await;
            let shown = shown(&error);
            for secret in [&digest[..8], &TOKEN[..8], pin] {
                assert!(!shown.contains(secret), "{status} {line}");
            }
        }
    }
}

/// What the status says holds, even where the rest of the answer does not arrive.
#[tokio::test]
async fn an_error_that_breaks_off() {
    let start = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 100\r\n\r\n<html> half-a-secr";
    let server = FaultyServer::start(Does::Write(start.into())).await;
    let client = Client::builder(TOKEN)
        .base_url(&server.url)
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.message(), Some("<html>"));
}

/// An answer that cannot be read says where, and does not show what stands there.
#[tokio::test]
async fn answers_that_are_not_what_the_spec_says() {
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
        let (error, line) = answered(200, body).await;
        assert_eq!(error.kind(), ErrorKind::UndecodableResponse, "{line}");
        assert!(
            !shown(&error).contains("4711") && !shown(&error).contains("secret"),
            "{line}"
        );
        lines.push(format!("{body}\n    {}", error.message().unwrap()));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Server::start().await;
    let mut answer = Answer::json(302, "");
    answer.headers.push(("location", elsewhere.url.clone()));
    let server = Server::with(answer).await;
    let error = delete(&server).await;
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(elsewhere.requests().is_empty());
    let host = elsewhere.url.trim_end_matches("/rest");
    let line = error.to_string().replace(host, "http://elsewhere");
    insta::assert_snapshot!(line, @"delete_group (DELETE /app/group/{uuid}): the service redirects elsewhere, which is not followed, status 302 Found: to http://elsewhere (check the base URL)");
}

/// Of a target, scheme and host are shown, and no secret in these either.
#[tokio::test]
async fn no_secret_in_a_redirect_is_shown() {
    for target in [
        format!("https://user:{TOKEN}@elsewhere.example/{TOKEN}?{TOKEN}#{TOKEN}"),
        format!("https://{TOKEN}.elsewhere.example/"),
    ] {
        let mut answer = Answer::json(301, "");
        answer.headers.push(("location", target));
        let line = delete(&Server::with(answer).await).await.to_string();
        assert!(line.contains("elsewhere.example (check"), "{line}");
    }
}

/// A group that is not found when it is deleted again may have been deleted by the first attempt.
#[tokio::test]
async fn not_found_after_a_lost_answer() {
    let requests = Arc::new(AtomicU32::new(0));
    let server = Server::answering(move |_| match requests.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::json(500, ""),
        _ => Answer::json(
            404,
            r#"{"success": false, "message": "no such group", "status": 404}"#,
        ),
    })
    .await;
    let error = delete(&server).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFound, 2));
    insta::assert_snapshot!(error, @"delete_group (DELETE /app/group/{uuid}): the service refused, status 404 Not Found: no such group, after 2 attempts (an earlier attempt, whose answer was lost, may have removed it)");
}

/// Where nobody knows whether it was done, and it is not repeated, that is said.
#[tokio::test]
async fn an_answer_that_is_lost_for_good() {
    let server = Server::with(Answer::json(500, "")).await;
    let client = server.client();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    insta::assert_snapshot!(request.send().await.unwrap_err(), @"create_group (POST /app/group): the service refused, status 500 Internal Server Error (it may have been done all the same: look before you repeat it)");
}

/// To come back as the service says is no advice where that may do it a second time.
#[tokio::test]
async fn an_answer_that_is_lost_and_says_when_to_come_back() {
    let mut answer = Answer::json(500, "");
    answer.headers.push(("retry-after", "1".to_owned()));
    let client = Server::with(answer).await.client();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    let line = request.send().await.unwrap_err().to_string();
    assert!(
        line.ends_with("(it may have been done all the same: look before you repeat it)"),
        "{line}"
    );
}

/// What does not fit is refused before anything is sent, by field, rule and value.
#[tokio::test]
async fn requests_that_do_not_fit() {
    let server = Server::start().await;
    let client = server.client();
    let create = |name: &str| {
        client
            .create_group()
            .body_map(|body| body.name(name))
            .send()
    };
    insta::assert_snapshot!(create("ab").await.unwrap_err(), @r#"create_group (POST /app/group): nothing was sent: `name`: "ab" is shorter than 3 characters"#);
    let long = "x".repeat(81);
    insta::assert_snapshot!(create(&long).await.unwrap_err(), @r#"create_group (POST /app/group): nothing was sent: `name`: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is longer than 80 characters"#);
    let request = client.create_group().send();
    insta::assert_snapshot!(request.await.unwrap_err(), @"create_group (POST /app/group): nothing was sent: `name` is missing");
    let error = client
        .delete_group()
        .uuid("4711")
        .send()
        .await
        .unwrap_err()
        .to_string();
    let (line, _reason_of_the_uuid_crate) = error.split_once(" is not a Uuid").unwrap();
    insta::assert_snapshot!(line, @r#"delete_group (DELETE /app/group/{uuid}): nothing was sent: `uuid`: "4711""#);
    let request = client.add_group_user().uuid(GROUP).send();
    insta::assert_snapshot!(request.await.unwrap_err(), @"add_group_user (PATCH /app/group/{uuid}/users/{sip_user_uuid}): nothing was sent: `sip_user_uuid` is missing");
    let request = client.add_group_users().uuid(GROUP).send();
    insta::assert_snapshot!(request.await.unwrap_err(), @"add_group_users (POST /app/group/{uuid}/users): nothing was sent: `users` is missing");
    assert!(server.requests().is_empty());
}

/// Lengths are counted in characters, and both ends are allowed.
#[tokio::test]
async fn names_at_the_limits() {
    let server = Server::start().await;
    let client = server.client();
    for name in ["äöü".to_owned(), "語".repeat(80)] {
        client
            .create_group()
            .body_map(|body| body.name(name))
            .send()
            .await
            .unwrap();
    }
    assert_eq!(server.requests().len(), 2);
}
