//! The table of everything that can go wrong between a client and the service.

use opentact_api::ErrorKind::{
    Api, BodyTooLarge, Forbidden, NotFound, RateLimited, Redirect, Unauthorized,
    UndecodableResponse,
};

use super::super::secrets;
use super::{
    Behaviour, Fault, MAX_RESPONSE_SIZE, PAYLOAD, connections, decoding, fault, http2, texts,
};

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

pub(crate) fn all() -> Vec<Fault> {
    let mut faults = connections::all();
    faults.extend(bodies());
    faults.extend(refusals());
    faults.extend(oddities());
    faults.extend(decoding::all());
    faults.extend(texts::all());
    faults.extend(http2::all());
    faults
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
            "`success` is missing, at line 1, column 1",
        ),
        fault("envelope without payload", json(r#"{"success": true}"#)).fails(
            UndecodableResponse,
            "`payload` is missing, at line 1, column 1",
        ),
        fault(
            "payload that is null",
            json(r#"{"success": true, "payload": null}"#),
        )
        .fails(
            UndecodableResponse,
            "`payload`: expected a list, found null, at line 1, column 30",
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
            "the JSON ends too early, at line 1, column 10",
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
            .fails(Api, "the service reported an error, status 200 OK: no: "),
        fault("`success: false` with 400", refuse("400 Bad Request", "")).fails(
            Api,
            "the service reported an error, status 400 Bad Request: no: ",
        ),
        fault(
            "404 whose envelope says 500",
            respond("404 Not Found", "", refusal(500)),
        )
        .fails(NotFound, "status 404 Not Found: no: "),
        fault("200 whose envelope says 503", json(refusal(503)))
            .fails(Api, "status 200 OK: no: ")
            .retried_if_idempotent(),
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
            "after 3 attempts (wait 1 s before the next request)",
        )
        .always_retried()
        .retry_after(1),
        fault(
            "429 with a date in `Retry-After`",
            refuse("429 Too Many Requests", THEN),
        )
        .fails(
            RateLimited,
            "after 3 attempts (wait 1 s before the next request)",
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
        .fails(RateLimited, "(wait 1 h before the next request)")
        .retry_after(3600),
        fault("500", refuse("500 Internal Server Error", ""))
            .fails(Api, "status 500 Internal Server Error: no: ")
            .retried_if_idempotent(),
        fault("503", refuse("503 Service Unavailable", ""))
            .fails(Api, "status 503 Service Unavailable: no: ")
            .retried_if_idempotent(),
        fault(
            "503 with `Retry-After`",
            refuse("503 Service Unavailable", seconds),
        )
        .fails(Api, "after 3 attempts (wait ")
        .always_retried()
        .retry_after(1),
        fault(
            "503 with `Retry-After`, then success",
            Behaviour::RespondOnce(
                "503 Service Unavailable",
                "retry-after: 0\r\n",
                refusal(503).into(),
            ),
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
            "`payload[0].name`: the string has an invalid character or escape, at line 1",
        ),
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
            "`payload[0].uuid`: expected a UUID, found a number, at ",
        ),
        fault("byte-order mark", json(format!("\u{feff}{success}"))),
        fault(
            "valid JSON with the wrong content type",
            respond("200 OK", "content-type: text/html\r\n", success),
        ),
    ]
}
