//! Faults and the outcome of a call that meets one.

mod connections;
mod decoding;
mod http2;
pub(crate) mod table;
mod texts;

use std::time::Duration;

use opentact_api::{Client, ClientBuilder, ErrorKind};

use super::http2::Http2;
use super::{secrets, tls};

/// The largest response body that [`client`] accepts.
pub(crate) const MAX_RESPONSE_SIZE: usize = 64 * 1024;
/// The longest `Retry-After` for which the client of the fault table waits.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(2);
/// Far more than any call takes. The time limits of [`client`] are longer still, so that a call that
/// ends by them, or waits for an hour, fails its test.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);
/// The time limit of an attempt that is supposed to reach it.
const SHORT: Duration = Duration::from_millis(300);
/// The place of the payload in a body. A server replaces it by what the operation returns.
pub(crate) const PAYLOAD: &str = "{PAYLOAD}";

/// The same place, for a payload with an optional property that cannot be read.
pub(crate) const SPOILT_PAYLOAD: &str = "{SPOILT PAYLOAD}";

pub(crate) struct Fault {
    /// The name in the table of `SECURITY.md`.
    pub(crate) name: &'static str,
    pub(crate) behaviour: Behaviour,
    /// The kind of the error, or `None` if the call succeeds.
    pub(crate) kind: Option<ErrorKind>,
    /// The number of attempts for an idempotent operation and for another one.
    pub(crate) attempts: (u32, u32),
    /// A part of the error message of `list_groups`.
    pub(crate) message: &'static str,
    /// The seconds that the error reports.
    pub(crate) retry_after: Option<u64>,
}

/// The reaction of a server to a connection.
#[derive(Clone)]
pub(crate) enum Behaviour {
    /// The port is closed.
    RefuseConnections,
    /// The host name does not resolve.
    HaveNoAddress,
    /// The TLS certificate is untrusted.
    ShowUntrustedCertificate,
    /// After the TLS handshake and the request, the server sends a record that nobody can decrypt.
    BreakTls,
    /// The TCP connection is accepted, and the server never responds to the TLS handshake.
    StaySilentInHandshake,
    /// An alert ends the TLS handshake.
    RefuseHandshake,
    /// The TLS handshake demands a client certificate.
    DemandCertificateInTls12,
    /// The same. In this version, the client has finished its part before it is refused.
    DemandCertificateInTls13,
    /// The request is read, and the connection is closed.
    Close,
    /// The request is read, and nothing is sent.
    StaySilent,
    /// This text is sent, then nothing.
    Stall(String),
    /// This text is sent, then spaces at intervals.
    Trickle(String),
    /// This text is sent, then the connection is reset.
    Reset(String),
    /// These bytes are sent, then the connection is closed.
    Write(Vec<u8>),
    /// The start is sent, then the other text again and again.
    WriteForEver { start: String, repeated: String },
    /// A success response is sent, and this text after it, which nobody asked for.
    RespondTwice(&'static str),
    /// HTTP/2 is spoken over TLS.
    Http2(Http2),
    /// A status, headers and a body are sent.
    Respond(&'static str, &'static str, Vec<u8>),
    /// The same once, then success responses.
    RespondOnce(&'static str, &'static str, Vec<u8>),
}

impl Behaviour {
    pub(crate) fn speaks_tls(&self) -> bool {
        use Behaviour::*;
        matches!(
            self,
            ShowUntrustedCertificate
                | BreakTls
                | StaySilentInHandshake
                | RefuseHandshake
                | DemandCertificateInTls12
                | DemandCertificateInTls13
                | Http2(_)
        )
    }

    /// Returns `true` if this build of the crate meets the fault, and recognises it. The platform's
    /// TLS library does not show the alert that ends a connection.
    pub(crate) fn is_covered(&self) -> bool {
        match self {
            Self::Http2(_) => cfg!(feature = "http2"),
            Self::DemandCertificateInTls13 => cfg!(feature = "rustls"),
            _ => true,
        }
    }

    /// Returns a time limit that is short only if the attempt is supposed to reach it.
    fn attempt_timeout(&self) -> Duration {
        match self {
            Self::StaySilent | Self::StaySilentInHandshake | Self::Trickle(_) => SHORT,
            // A TLS handshake may take longer than `SHORT`.
            Self::Http2(fault) if fault.is_silent() => SHORT * 10,
            _ => Duration::from_secs(600),
        }
    }
}

/// Returns the settings of a client that meets the fault at this URL.
pub(crate) fn client(url: &str, fault: &Fault) -> ClientBuilder {
    let client = Client::builder().ha1b_token(secrets::TOKEN);
    let client = if fault.behaviour.speaks_tls() {
        client.only_root_certificates_pem(tls::trusted_pem())
    } else {
        client
    };
    client
        .base_url(url)
        .attempt_timeout(fault.behaviour.attempt_timeout())
        .timeout(Duration::from_secs(600))
        .max_response_size(MAX_RESPONSE_SIZE)
}

fn fault(name: &'static str, behaviour: Behaviour) -> Fault {
    Fault {
        name,
        behaviour,
        kind: None,
        attempts: (1, 1),
        message: "",
        retry_after: None,
    }
}

impl Fault {
    fn fails(mut self, kind: ErrorKind, message: &'static str) -> Self {
        self.kind = Some(kind);
        self.message = message;
        self
    }

    /// The service certainly did not carry out the operation.
    fn always_retried(self) -> Self {
        self.attempts(3, 3)
    }

    /// The service may have carried out the operation.
    fn retried_if_idempotent(self) -> Self {
        self.attempts(3, 1)
    }

    fn attempts(mut self, idempotent: u32, other: u32) -> Self {
        self.attempts = (idempotent, other);
        self
    }

    fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Returns `true` if the error allows a retry. The client itself gives up without one if the
    /// server asks for a longer wait than it accepts.
    pub(crate) fn is_retryable(&self, attempts: u32) -> bool {
        attempts > 1 || self.retry_after.is_some()
    }

    /// Returns the least duration of a call: attempts that time out, and the waits in between that
    /// the server asks for.
    pub(crate) fn least_duration(&self, attempts: u32) -> Duration {
        let timeouts = match self.kind {
            Some(ErrorKind::Timeout) => self.behaviour.attempt_timeout() * attempts,
            _ => Duration::ZERO,
        };
        let retry_after = Duration::from_secs(self.retry_after.unwrap_or_default());
        timeouts + retry_after * (attempts - 1)
    }
}
