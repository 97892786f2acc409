//! Responses that do not match the spec, and texts that try to bring a secret into an error.

use opentact_api::ErrorKind::{NotFound, Unauthorized, UndecodableResponse};

use super::super::{GROUP, secrets};
use super::{Behaviour, Fault, SPOILT_PAYLOAD, fault};

fn json(body: impl Into<String>) -> Behaviour {
    Behaviour::Respond("200 OK", "", body.into().into())
}

/// Returns a payload with one group, which has these properties and an owner that repeats secrets in the
/// words of a decoder.
fn group(properties: &str) -> Behaviour {
    let (token, ha1) = (secrets::TOKEN, secrets::HA1);
    let words = format!("x, expected {token} missing field `{ha1}` duplicate field `{token}`");
    json(format!(
        r#"{{"success": true, "payload": [{{"owner": "{words}", {properties}}}]}}"#
    ))
}

pub(super) fn all() -> Vec<Fault> {
    let secrets = secrets::in_all_encodings();
    let deep = format!("{}0{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    vec![
        fault(
            "optional property that cannot be read",
            json(format!(r#"{{"success": true, "payload": {SPOILT_PAYLOAD}}}"#)),
        ),
        fault(
            "required property that cannot be read, beside the words of a decoder",
            group(r#""name": "Sales", "uuid": 5"#),
        )
        .fails(
            UndecodableResponse,
            "`payload[0].uuid`: expected a UUID, found a number, at line 1, column ",
        ),
        fault(
            "repeated property, beside the words of a decoder",
            group(&format!(r#""uuid": "{GROUP}", "uuid": 5"#)),
        )
        .fails(UndecodableResponse, "`payload[0]`: `uuid` occurs twice, at line 1"),
        fault(
            "half of a surrogate pair",
            group(&format!(r#""uuid": "{GROUP}", "name": "{secrets} \ud800""#)),
        )
        .fails(
            UndecodableResponse,
            "`payload[0].name`: the string has an invalid character or escape, at line 1",
        ),
        fault(
            "JSON nested ten thousand deep",
            group(&format!(r#""uuid": "{GROUP}", "name": {deep}"#)),
        )
        .fails(
            UndecodableResponse,
            "`payload[0].name`: expected a string, found an object, at line 1",
        ),
        fault(
            "text after the JSON",
            json(format!(r#"{{"success": true, "payload": []}} {secrets}"#)),
        )
        .fails(UndecodableResponse, ", at line 1, column "),
        fault(
            "page without end with 200",
            Behaviour::WriteForEver {
                start: "HTTP/1.1 200 OK\r\n\r\n<p>Log in, ".to_owned(),
                repeated: format!("{secrets} "),
            },
        )
        .fails(UndecodableResponse, "it is not JSON: <p>Log in, "),
        fault(
            "refusal with a second message",
            json(format!(
                r#"{{"success": false, "message": "no: {secrets}", "message": 7, "status": 404}}"#
            )),
        )
        .fails(NotFound, "status 200 OK: no: "),
        fault(
            "401 whose body stalls",
            Behaviour::Stall(format!(
                "HTTP/1.1 401 Unauthorized\r\ncontent-length: 9999\r\n\r\n{{\"message\": \"{secrets}"
            )),
        )
        .fails(Unauthorized, "status 401 Unauthorized (check the token)"),
    ]
}
