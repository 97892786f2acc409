//! Texts of a server that try to bring a secret, or a false line, into an error.

use opentact_api::ErrorKind::{Api, Redirect};

use super::super::secrets;
use super::{Behaviour, Fault, fault};

fn refuse(body: String) -> Behaviour {
    Behaviour::Respond("400 Bad Request", "", body.into())
}

fn redirect(location: &str) -> Behaviour {
    let head = "HTTP/1.1 302 Found\r\ncontent-length: 0\r\nconnection: close\r\n";
    Behaviour::Write(format!("{head}location: {location}\r\n\r\n").into())
}

pub(super) fn all() -> Vec<Fault> {
    let token = secrets::TOKEN;
    let spellings = secrets::spellings().join(" ");
    let layers = format!("%{}41", "25".repeat(100));
    vec![
        fault(
            "secrets below escapes in a message",
            refuse(format!(
                r#"{{"success": false, "message": "no: {spellings}"}}"#
            )),
        )
        .fails(Api, "status 400 Bad Request: no: [token] "),
        fault(
            "secrets below escapes in JSON without a message",
            refuse(format!(r#"{{"error": "{spellings}"}}"#)),
        )
        .fails(Api, r#"status 400 Bad Request: {"error": "[token] "#),
        fault(
            "message with too many layers of escapes",
            refuse(format!(
                r#"{{"success": false, "message": "{layers} {token}"}}"#
            )),
        )
        .fails(Api, "status 400 Bad Request: [redacted]"),
        fault(
            "message with characters that change its direction",
            refuse(r#"{"success": false, "message": "n\u202eo\u2028:\u2066 p"}"#.to_owned()),
        )
        .fails(Api, "status 400 Bad Request: n o :  p"),
        fault(
            "redirect to a host that is the start of a token",
            redirect(&format!("https://{token}/")),
        )
        .fails(
            Redirect,
            "302 Found: to https://redacted (check the base URL)",
        ),
        fault(
            "redirect to a host that is an escaped token",
            redirect("//k3v9q%2F7dm2%2Bxw8za5%2Fp0rt6y1nb4%3D%3D"),
        )
        .fails(
            Redirect,
            "302 Found: to http://redacted (check the base URL)",
        ),
    ]
}
