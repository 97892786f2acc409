//! The faults of connections, in HTTP/1.1 and in TLS.

use opentact_api::ErrorKind::{Connect, ConnectionLost, Timeout, Tls};

use super::super::secrets;
use super::{Behaviour, Fault, fault};

pub(super) fn all() -> Vec<Fault> {
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
        fault(
            "TLS handshake without a response of the server",
            Behaviour::StaySilentInHandshake,
        )
        .fails(
            Timeout,
            ", and the last attempt sent nothing, after 3 attempts",
        )
        .always_retried(),
        fault(
            "TLS handshake that the server refuses",
            Behaviour::RefuseHandshake,
        )
        .fails(Tls, "no secure connection to the service could be made: "),
        fault(
            "TLS 1.2 that demands a client certificate",
            Behaviour::DemandCertificateInTls12,
        )
        .fails(Tls, "no secure connection to the service could be made: "),
        fault(
            "TLS 1.3 that demands a client certificate",
            Behaviour::DemandCertificateInTls13,
        )
        .fails(Tls, "no secure connection to the service could be made: "),
        fault("connection closed without a response", Behaviour::Close)
            .fails(
                ConnectionLost,
                "the connection broke before the response was complete",
            )
            .retried_if_idempotent(),
        fault("headers that never arrive", Behaviour::StaySilent)
            .fails(
                Timeout,
                "the service did not respond in time: the attempt took longer than 300 ms",
            )
            .retried_if_idempotent(),
        fault(
            "body that trickles past the timeout",
            Behaviour::Trickle(start.to_owned()),
        )
        .fails(
            Timeout,
            "in time, status 200 OK: the attempt took longer than 300 ms",
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
            "response that nobody asked for",
            Behaviour::RespondTwice(
                "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
            ),
        ),
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
