//! The table of everything that can go wrong between a client and the service.

use opentact_api::ErrorKind::{
    Api, BodyTooLarge, Connect, ConnectionLost, Forbidden, NotFound, RateLimited, Redirect,
    Timeout, Tls, Unauthorized, UndecodableResponse,
};

use super::super::secrets;
use super::{Behaviour, Fault, MAX_RESPONSE_SIZE, PAYLOAD, fault};

fn json(body: impl Into<String>) -> Behaviour {
    respond("200 OK", "content-type: application/json\r\n", body.into())
}

fn respond(status: &'static str, headers: &'static str, body: impl Into<Vec<u8>>) -> Behaviour {
    Behaviour::Respond(status, headers, body.into())
}

/// Returns an error in the service's envelope, with all secrets in its message.
fn refusal(status: u16) -> String {
    let secrets = secrets::in_all_encodings();
    format!(r#"{{"success": false, "message": "no: {secrets}", "status": {status}}}"#)
}

fn refuse(status: &'static str, headers: &'static str) -> Behaviour {
    let number = status[..3].parse().unwrap();
    respond(status, headers, refusal(number))
}

/// Returns a payload with one group, which has these properties and an owner with secrets.
fn payload_with(properties: &str) -> String {
    let (ha1, ha1b) = (secrets::HA1, secrets::HA1B);
    format!(
        r#"{{"success": true, "payload": [{{"owner": {{"ha1": "{ha1}", "ha1b": "{ha1b}"}}, {properties}}}]}}"#
    )
}

fn nested(levels: usize) -> String {
    let (open, close) = (r#"{"a":"#.repeat(levels), "}".repeat(levels));
    payload_with(&format!(r#""users": [{{"account": {open}0{close}}}]"#))
}

pub(crate) fn all() -> Vec<Fault> {
    let mut faults = connections();
    faults.extend(bodies());
    faults.extend(refusals());
    faults.extend(oddities());
    faults
}

fn connections() -> Vec<Fault> {
    let start = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"success\": true";
    vec![
        fault("connection refused", Behaviour::RefuseConnections)
            .fails(Connect, "the service was not reached: Connection refused")
            .always_retried(),
        fault("name that does not resolve", Behaviour::HaveNoAddress)
            .fails(Connect, "the service was not reached")
            .always_retried(),
        fault(
            "TLS with an untrusted certificate",
            Behaviour::ShowUntrustedCertificate,
        )
        .fails(Tls, "no secure connection to the service could be made: "),
        fault("TLS that breaks after the request", Behaviour::BreakTls)
            .fails(
                ConnectionLost,
                "the connection broke before the response was complete: ",
            )
            .retried_if_idempotent(),
        fault("connection accepted and closed", Behaviour::Close)
            .fails(
                ConnectionLost,
                "the connection broke before the response was complete",
            )
            .retried_if_idempotent(),
        fault("headers that never arrive", Behaviour::StaySilent)
            .fails(
                Timeout,
                "the service did not respond in time: the attempt took longer than 300ms",
            )
            .retried_if_idempotent(),
        fault(
            "body that trickles past the timeout",
            Behaviour::Trickle(start.to_owned()),
        )
        .fails(
            Timeout,
            "in time, status 200 OK: the attempt took longer than 300ms",
        )
        .retried_if_idempotent(),
        fault("body cut short", Behaviour::Write(start.into()))
            .fails(
                ConnectionLost,
                "before the response was complete, status 200 OK",
            )
            .retried_if_idempotent(),
        fault(
            "reset in the middle of a body",
            Behaviour::Reset(start.to_owned()),
        )
        .fails(ConnectionLost, "Connection reset by peer")
        .retried_if_idempotent(),
        fault(
            "response that is not HTTP",
            Behaviour::Write(b"SIP/2.0 200 OK\r\n\r\n".into()),
        )
        .fails(ConnectionLost, "invalid HTTP version parsed")
        .retried_if_idempotent(),
        fault(
            "headers without end",
            Behaviour::WriteForEver {
                start: "HTTP/1.1 200 OK\r\n".to_owned(),
                repeated: format!("x-{}: {}\r\n", "n".repeat(100), secrets::in_all_encodings()),
            },
        )
        .fails(ConnectionLost, "the connection broke")
        .retried_if_idempotent(),
    ]
}

fn bodies() -> Vec<Fault> {
    let secrets = secrets::in_all_encodings();
    vec![
        fault("200 without a body", respond("200 OK", "", "")).fails(
            UndecodableResponse,
            "cannot be decoded, status 200 OK: it is empty",
        ),
        fault("204", respond("204 No Content", "", "")).fails(
            UndecodableResponse,
            "cannot be decoded, status 204 No Content: it is empty",
        ),
        fault(
            "HTML with 200",
            respond("200 OK", "", format!("<p>Log in, {secrets}</p>")),
        )
        .fails(UndecodableResponse, "it is not JSON: <p>Log in, "),
        fault(
            "HTML with 502",
            respond("502 Bad Gateway", "", format!("<h1>Bad</h1> {secrets}")),
        )
        .fails(Api, "status 502 Bad Gateway: <h1>Bad</h1> ")
        .retried_if_idempotent(),
        fault(
            "JSON that is not the envelope",
            json(format!(r#"{{"groups": ["{secrets}"]}}"#)),
        )
        .fails(
            UndecodableResponse,
            "`success` is missing, at line 1, column ",
        ),
        fault("envelope without payload", json(r#"{"success": true}"#)).fails(
            UndecodableResponse,
            "`payload` is missing, at line 1, column 17",
        ),
        fault(
            "payload that is null",
            json(r#"{"success": true, "payload": null}"#),
        )
        .fails(
            UndecodableResponse,
            "`payload`: expected a sequence, found null, at line 1",
        ),
        fault(
            "body over the limit",
            respond(
                "200 OK",
                "",
                payload_with(&format!(r#""name": "{}""#, "n".repeat(MAX_RESPONSE_SIZE))),
            ),
        )
        .fails(
            BodyTooLarge,
            "the response is too large, status 200 OK: it is larger than 65536 bytes",
        ),
        fault(
            "body over the limit without a length",
            Behaviour::WriteForEver {
                start: "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
                repeated: " ".repeat(1000),
            },
        )
        .fails(BodyTooLarge, "it is larger than 65536 bytes"),
        fault(
            "Content-Length shorter than the body",
            Behaviour::Write(
                format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}",
                    refusal(400)
                )
                .into(),
            ),
        )
        .fails(
            UndecodableResponse,
            "the JSON ends too early, at line 1, column 9",
        ),
        fault(
            "error with a body without end",
            Behaviour::WriteForEver {
                start: "HTTP/1.1 404 Not Found\r\n\r\n".to_owned(),
                repeated: format!("not found, {secrets} "),
            },
        )
        .fails(NotFound, "status 404 Not Found: not found, "),
    ]
}

fn refusals() -> Vec<Fault> {
    const THEN: &str = "date: Tue, 24 Nov 2026 08:00:00 GMT\r\n\
        retry-after: Tue, 24 Nov 2026 08:00:01 GMT\r\n";
    let seconds = "retry-after: 1\r\n";
    vec![
        fault("`success: false` with 200", json(refusal(400)))
            .fails(Api, "the service refused, status 200 OK: no: "),
        fault("`success: false` with 400", refuse("400 Bad Request", ""))
            .fails(Api, "the service refused, status 400 Bad Request: no: "),
        fault(
            "404 whose envelope says 500",
            respond("404 Not Found", "", refusal(500)),
        )
        .fails(NotFound, "status 404 Not Found: no: "),
        fault("200 whose envelope says 503", json(refusal(503)))
            .fails(Api, "status 200 OK: no: ")
            .always_retried(),
        fault("401", refuse("401 Unauthorized", "")).fails(Unauthorized, "(check the token)"),
        fault("403", refuse("403 Forbidden", "")).fails(Forbidden, "403 Forbidden: no: "),
        fault("404", refuse("404 Not Found", "")).fails(NotFound, "404 Not Found: no: "),
        fault("409", refuse("409 Conflict", "")).fails(Api, "409 Conflict: no: "),
        fault("429", refuse("429 Too Many Requests", ""))
            .fails(
                RateLimited,
                "after 3 attempts (wait before the next request)",
            )
            .always_retried(),
        fault(
            "429 with seconds in `Retry-After`",
            refuse("429 Too Many Requests", seconds),
        )
        .fails(
            RateLimited,
            "after 3 attempts (wait 1s before the next request)",
        )
        .always_retried()
        .retry_after(1),
        fault(
            "429 with a date in `Retry-After`",
            refuse("429 Too Many Requests", THEN),
        )
        .fails(
            RateLimited,
            "after 3 attempts (wait 1s before the next request)",
        )
        .always_retried()
        .retry_after(1),
        fault(
            "429 with an invalid `Retry-After`",
            refuse("429 Too Many Requests", "retry-after: in a moment\r\n"),
        )
        .fails(RateLimited, "after 3 attempts")
        .always_retried(),
        fault(
            "429 with a `Retry-After` beyond the limit",
            refuse("429 Too Many Requests", "retry-after: 3600\r\n"),
        )
        .fails(RateLimited, "(wait 3600s before the next request)")
        .retry_after(3600),
        fault("500", refuse("500 Internal Server Error", ""))
            .fails(Api, "status 500 Internal Server Error: no: ")
            .retried_if_idempotent(),
        fault("503", refuse("503 Service Unavailable", ""))
            .fails(Api, "status 503 Service Unavailable: no: ")
            .always_retried(),
        fault(
            "503, then success",
            Behaviour::RespondOnce("503 Service Unavailable", "", refusal(503).into()),
        )
        .attempts(2, 2),
        fault(
            "301 to another host",
            respond(
                "301 Moved Permanently",
                "location: https://elsewhere.example/rest\r\n",
                "",
            ),
        )
        .fails(
            Redirect,
            "301 Moved Permanently: to https://elsewhere.example (check the base URL)",
        ),
        fault(
            "302 to another host",
            respond("302 Found", "location: //elsewhere.example:8080\r\n", ""),
        )
        .fails(
            Redirect,
            "302 Found: to http://elsewhere.example:8080 (check the base URL)",
        ),
    ]
}

fn oddities() -> Vec<Fault> {
    let success = format!(r#"{{"success": true, "payload": {PAYLOAD}}}"#);
    let mut not_utf8 = payload_with(r#""name": ""#).into_bytes();
    not_utf8.truncate(not_utf8.len() - 3);
    not_utf8.extend(b"\xff\"}]}");
    vec![
        fault("invalid UTF-8", respond("200 OK", "", not_utf8)).fails(
            UndecodableResponse,
            "`payload[0].name`: it is not JSON, at line 1",
        ),
        fault("JSON nested ten thousand deep", json(nested(10_000)))
            .fails(UndecodableResponse, "it is nested too deeply, at line 1"),
        fault(
            "duplicate properties",
            json(payload_with(r#""name": "a", "name": "b""#)),
        )
        .fails(
            UndecodableResponse,
            "`payload[0]`: `name` occurs twice, at line 1",
        ),
        fault(
            "numbers instead of strings",
            json(payload_with(r#""uuid": 4711, "name": "Sales""#)),
        )
        .fails(
            UndecodableResponse,
            "`payload[0].uuid`: expected a formatted UUID string, found a number, at ",
        ),
        fault("byte-order mark", json(format!("\u{feff}{success}"))),
        fault(
            "valid JSON with the wrong content type",
            respond("200 OK", "content-type: text/html\r\n", success),
        ),
    ]
}
