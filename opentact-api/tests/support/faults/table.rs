//! Everything that can go wrong between a client and the service. One table for the tests that
//! go through all of it.

use opentact_api::ErrorKind::{
    Api, BodyTooLarge, Connect, ConnectionLost, Forbidden, NotFound, RateLimited, Redirect,
    Timeout, Tls, Unauthorized, UndecodableResponse,
};

use super::super::secrets;
use super::{Does, Fault, LIMIT, PAYLOAD, fault};

fn json(body: impl Into<String>) -> Does {
    answer("200 OK", "content-type: application/json\r\n", body.into())
}

fn answer(status: &'static str, headers: &'static str, body: impl Into<Vec<u8>>) -> Does {
    Does::Answer(status, headers, body.into())
}

/// An error as the service documents it, with all that must not be shown in its message.
fn refusal(status: u16) -> String {
    let secrets = secrets::in_every_writing();
    format!(r#"{{"success": false, "message": "no: {secrets}", "status": {status}}}"#)
}

fn refused(status: &'static str, headers: &'static str) -> Does {
    let number = status[..3].parse().unwrap();
    answer(status, headers, refusal(number))
}

/// A payload in which one group has this for its further properties.
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
        fault("connection refused", Does::NotListen)
            .is(Connect, "the service was not reached: Connection refused")
            .always_repeated(),
        fault("name that does not resolve", Does::HaveNoName)
            .is(Connect, "the service was not reached")
            .always_repeated(),
        fault(
            "TLS with an untrusted certificate",
            Does::ShowAnUntrustedCertificate,
        )
        .is(Tls, "no secure connection to the service could be made: "),
        fault("TLS that breaks after the request", Does::BreakTls)
            .is(
                ConnectionLost,
                "the connection broke before the answer was complete: ",
            )
            .repeated_where_safe(),
        fault("connection accepted and closed", Does::Close)
            .is(
                ConnectionLost,
                "the connection broke before the answer was complete",
            )
            .repeated_where_safe(),
        fault("headers that never come", Does::KeepSilent)
            .is(
                Timeout,
                "the service did not answer in time: it took longer than 300ms",
            )
            .repeated_where_safe(),
        fault(
            "body that trickles past the timeout",
            Does::Trickle(start.to_owned()),
        )
        .is(Timeout, "in time, status 200 OK: it took longer than 300ms")
        .repeated_where_safe(),
        fault("body cut short", Does::Write(start.into()))
            .is(
                ConnectionLost,
                "before the answer was complete, status 200 OK",
            )
            .repeated_where_safe(),
        fault(
            "reset in the middle of a body",
            Does::Reset(start.to_owned()),
        )
        .is(ConnectionLost, "Connection reset by peer")
        .repeated_where_safe(),
        fault(
            "something that is not HTTP",
            Does::Write(b"SIP/2.0 200 OK\r\n\r\n".into()),
        )
        .is(ConnectionLost, "invalid HTTP version parsed")
        .repeated_where_safe(),
        fault(
            "headers without an end",
            Does::WriteForEver {
                start: "HTTP/1.1 200 OK\r\n".to_owned(),
                over: format!("x-{}: {}\r\n", "n".repeat(100), secrets::in_every_writing()),
            },
        )
        .is(ConnectionLost, "the connection broke")
        .repeated_where_safe(),
    ]
}

fn bodies() -> Vec<Fault> {
    let secrets = secrets::in_every_writing();
    vec![
        fault("200 without a body", answer("200 OK", "", "")).is(
            UndecodableResponse,
            "cannot be read, status 200 OK: it is empty",
        ),
        fault("204", answer("204 No Content", "", "")).is(
            UndecodableResponse,
            "cannot be read, status 204 No Content: it is empty",
        ),
        fault(
            "HTML with 200",
            answer("200 OK", "", format!("<p>Log in, {secrets}</p>")),
        )
        .is(UndecodableResponse, "it is not JSON: <p>Log in, "),
        fault(
            "HTML with 502",
            answer("502 Bad Gateway", "", format!("<h1>Bad</h1> {secrets}")),
        )
        .is(Api, "status 502 Bad Gateway: <h1>Bad</h1> ")
        .repeated_where_safe(),
        fault(
            "JSON that is not the envelope",
            json(format!(r#"{{"groups": ["{secrets}"]}}"#)),
        )
        .is(
            UndecodableResponse,
            "`success` is missing, at line 1, column ",
        ),
        fault("envelope without payload", json(r#"{"success": true}"#)).is(
            UndecodableResponse,
            "`payload` is missing, at line 1, column 17",
        ),
        fault(
            "payload that is null",
            json(r#"{"success": true, "payload": null}"#),
        )
        .is(
            UndecodableResponse,
            "`payload`: expected a sequence, found null, at line 1",
        ),
        fault(
            "body over the limit",
            answer(
                "200 OK",
                "",
                payload_with(&format!(r#""name": "{}""#, "n".repeat(LIMIT))),
            ),
        )
        .is(
            BodyTooLarge,
            "the answer is too large, status 200 OK: it is larger than 65536 bytes",
        ),
        fault(
            "body over the limit without a length",
            Does::WriteForEver {
                start: "HTTP/1.1 200 OK\r\n\r\n".to_owned(),
                over: " ".repeat(1000),
            },
        )
        .is(BodyTooLarge, "it is larger than 65536 bytes"),
        fault(
            "Content-Length shorter than the body",
            Does::Write(
                format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}",
                    refusal(400)
                )
                .into(),
            ),
        )
        .is(
            UndecodableResponse,
            "the JSON ends too early, at line 1, column 9",
        ),
        fault(
            "error with a body without an end",
            Does::WriteForEver {
                start: "HTTP/1.1 404 Not Found\r\n\r\n".to_owned(),
                over: format!("not found, {secrets} "),
            },
        )
        .is(NotFound, "status 404 Not Found: not found, "),
    ]
}

fn refusals() -> Vec<Fault> {
    const THEN: &str = "date: Tue, 24 Nov 2026 08:00:00 GMT\r\n\
        retry-after: Tue, 24 Nov 2026 08:00:01 GMT\r\n";
    let seconds = "retry-after: 1\r\n";
    vec![
        fault("`success: false` with 200", json(refusal(400)))
            .is(Api, "the service refused, status 200 OK: no: "),
        fault("`success: false` with 400", refused("400 Bad Request", ""))
            .is(Api, "the service refused, status 400 Bad Request: no: "),
        fault(
            "404 whose envelope says 500",
            answer("404 Not Found", "", refusal(500)),
        )
        .is(NotFound, "status 404 Not Found: no: "),
        fault("200 whose envelope says 503", json(refusal(503)))
            .is(Api, "status 200 OK: no: ")
            .always_repeated(),
        fault("401", refused("401 Unauthorized", "")).is(Unauthorized, "(check the token)"),
        fault("403", refused("403 Forbidden", "")).is(Forbidden, "403 Forbidden: no: "),
        fault("404", refused("404 Not Found", "")).is(NotFound, "404 Not Found: no: "),
        fault("409", refused("409 Conflict", "")).is(Api, "409 Conflict: no: "),
        fault("429", refused("429 Too Many Requests", ""))
            .is(
                RateLimited,
                "after 3 attempts (wait before the next request)",
            )
            .always_repeated(),
        fault(
            "429 with seconds in `Retry-After`",
            refused("429 Too Many Requests", seconds),
        )
        .is(
            RateLimited,
            "after 3 attempts (wait 1s before the next request)",
        )
        .always_repeated()
        .retry_after(1),
        fault(
            "429 with a date in `Retry-After`",
            refused("429 Too Many Requests", THEN),
        )
        .is(
            RateLimited,
            "after 3 attempts (wait 1s before the next request)",
        )
        .always_repeated()
        .retry_after(1),
        fault(
            "429 with garbage in `Retry-After`",
            refused("429 Too Many Requests", "retry-after: in a moment\r\n"),
        )
        .is(RateLimited, "after 3 attempts")
        .always_repeated(),
        fault(
            "429 with a longer `Retry-After` than is waited for",
            refused("429 Too Many Requests", "retry-after: 3600\r\n"),
        )
        .is(RateLimited, "(wait 3600s before the next request)")
        .retry_after(3600),
        fault("500", refused("500 Internal Server Error", ""))
            .is(Api, "status 500 Internal Server Error: no: ")
            .repeated_where_safe(),
        fault("503", refused("503 Service Unavailable", ""))
            .is(Api, "status 503 Service Unavailable: no: ")
            .always_repeated(),
        fault(
            "503, then success",
            Does::AnswerOnce("503 Service Unavailable", "", refusal(503).into()),
        )
        .attempts(2, 2),
        fault(
            "301 to another host",
            answer(
                "301 Moved Permanently",
                "location: https://elsewhere.example/rest\r\n",
                "",
            ),
        )
        .is(
            Redirect,
            "301 Moved Permanently: to https://elsewhere.example (check the base URL)",
        ),
        fault(
            "302 to another host",
            answer("302 Found", "location: //elsewhere.example:8080\r\n", ""),
        )
        .is(
            Redirect,
            "302 Found: to http://elsewhere.example:8080 (check the base URL)",
        ),
    ]
}

fn oddities() -> Vec<Fault> {
    let sound = format!(r#"{{"success": true, "payload": {PAYLOAD}}}"#);
    let mut not_utf8 = payload_with(r#""name": ""#).into_bytes();
    not_utf8.truncate(not_utf8.len() - 3);
    not_utf8.extend(b"\xff\"}]}");
    vec![
        fault("invalid UTF-8", answer("200 OK", "", not_utf8)).is(
            UndecodableResponse,
            "`payload[0].name`: it is not JSON, at line 1",
        ),
        fault("JSON nested ten thousand deep", json(nested(10_000)))
            .is(UndecodableResponse, "it is nested too deep, at line 1"),
        fault(
            "properties that stand there twice",
            json(payload_with(r#""name": "a", "name": "b""#)),
        )
        .is(
            UndecodableResponse,
            "`payload[0]`: `name` stands there twice, at line 1",
        ),
        fault(
            "numbers where strings belong",
            json(payload_with(r#""uuid": 4711, "name": "Sales""#)),
        )
        .is(
            UndecodableResponse,
            "`payload[0].uuid`: expected a formatted UUID string, found a number, at ",
        ),
        fault("byte-order mark", json(format!("\u{feff}{sound}"))),
        fault(
            "wrong content type with right JSON",
            answer("200 OK", "content-type: text/html\r\n", sound),
        ),
    ]
}
