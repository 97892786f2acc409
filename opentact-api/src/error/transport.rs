//! The meaning of the errors of the HTTP client.

use crate::error::kind::ErrorKind;
use crate::error::retryability::Retryability;

/// The meaning of an error of the HTTP client.
pub(super) struct Meaning {
    pub(super) kind: ErrorKind,
    pub(super) retryability: Retryability,
    pub(super) message: Option<&'static str>,
    /// `true` if the error or one of its sources shows text of the server.
    pub(super) quotes_the_server: bool,
}

/// Returns the meaning of an error. `responded` is `true` if the head of a response has arrived.
pub(super) fn meaning(error: &reqwest::Error, responded: bool) -> Meaning {
    let connecting = error.is_connect();
    let (kind, retryability, message) = if error.is_builder() {
        (ErrorKind::InvalidRequest, Retryability::Never, None)
    } else if connecting && is_tls(error) || !responded && is_handshake_alert(error) {
        (ErrorKind::Tls, Retryability::Never, None)
    } else if connecting && error.is_timeout() {
        let message = "connecting took too long";
        (ErrorKind::Timeout, Retryability::Always, Some(message))
    } else if connecting {
        (ErrorKind::Connect, Retryability::Always, None)
    } else if !responded && is_refused_stream(error) {
        let message = "it refused the HTTP/2 stream of the request";
        (ErrorKind::Connect, Retryability::Always, Some(message))
    } else {
        (ErrorKind::ConnectionLost, Retryability::IfIdempotent, None)
    };
    let going_away = going_away(error);
    Meaning {
        kind,
        retryability,
        message: message.or(going_away),
        quotes_the_server: going_away.is_some(),
    }
}

/// Returns `true` if TLS failed, as opposed to the connection below it.
fn is_tls(error: &reqwest::Error) -> bool {
    #[cfg(feature = "rustls")]
    if find::<rustls::Error>(error).is_some() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if find::<native_tls::Error>(error).is_some() {
        return true;
    }
    let _ = error;
    false
}

/// Returns `true` if the server refused the handshake, for an error before any response. In TLS 1.3, a client has finished the
/// handshake, and may have sent its request, before the server has: a server that demands a client
/// certificate says so only then.
#[cfg(feature = "rustls")]
fn is_handshake_alert(error: &reqwest::Error) -> bool {
    use rustls::AlertDescription as Alert;

    match find::<rustls::Error>(error) {
        // A server may also send these while it processes a request.
        Some(rustls::Error::AlertReceived(
            Alert::UnexpectedMessage
            | Alert::BadRecordMac
            | Alert::RecordOverflow
            | Alert::IllegalParameter
            | Alert::DecodeError
            | Alert::InternalError
            | Alert::UserCanceled
            | Alert::Unknown(_),
        )) => false,
        Some(rustls::Error::AlertReceived(_)) => true,
        _ => false,
    }
}

#[cfg(not(feature = "rustls"))]
fn is_handshake_alert(_: &reqwest::Error) -> bool {
    false
}

/// Returns `true` if the server refused an HTTP/2 stream, which it must do before it acts on it
/// (RFC 9113, section 8.7). A server that shuts down names the last stream on which it may act, and
/// `h2` has this error for the streams after it.
#[cfg(feature = "http2")]
fn is_refused_stream(error: &reqwest::Error) -> bool {
    find::<h2::Error>(error).is_some_and(|error| {
        let reason = error.reason().filter(|_| error.is_remote());
        error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM)
            || error.is_go_away() && reason == Some(h2::Reason::NO_ERROR)
    })
}

#[cfg(not(feature = "http2"))]
fn is_refused_stream(_: &reqwest::Error) -> bool {
    false
}

/// Returns the message for a `GOAWAY` frame. The error itself shows the debug data of the frame, which
/// may be anything that the server knows.
#[cfg(feature = "http2")]
fn going_away(error: &reqwest::Error) -> Option<&'static str> {
    let going_away = find::<h2::Error>(error)?.is_go_away();
    going_away.then_some("the service closed the HTTP/2 connection")
}

#[cfg(not(feature = "http2"))]
fn going_away(_: &reqwest::Error) -> Option<&'static str> {
    None
}

/// Returns the first error of a type among an error and its sources.
#[cfg(any(feature = "rustls", feature = "native-tls", feature = "http2"))]
fn find<T: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        // The source of an I/O error skips the error in it.
        cause = match error.downcast_ref::<std::io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    None
}

#[cfg(all(test, feature = "rustls"))]
mod tests {
    use std::io;

    use http_body_util::{BodyExt, Empty};
    use hyper::body::Bytes;
    use rustls::AlertDescription as Alert;

    use super::*;

    /// Returns the error of a body that an alert ends.
    async fn ended_by(alert: Alert) -> Option<reqwest::Error> {
        let body = Empty::<Bytes>::new().map_err(|never| match never {});
        let body = body.with_trailers(async move {
            let alert = rustls::Error::AlertReceived(alert);
            Some(Err(io::Error::new(io::ErrorKind::InvalidData, alert)))
        });
        let response = hyper::Response::new(reqwest::Body::wrap(body));
        reqwest::Response::from(response).bytes().await.err()
    }

    #[tokio::test]
    async fn alert_refuses_the_handshake_only_before_the_response() {
        use ErrorKind::{ConnectionLost, Tls};

        for (alert, before) in [
            (Alert::CertificateRequired, Tls),
            (Alert::AccessDenied, Tls),
            (Alert::InternalError, ConnectionLost),
        ] {
            let error = ended_by(alert).await;
            for (responded, expected) in [(false, before), (true, ConnectionLost)] {
                let meaning = error.as_ref().map(|error| meaning(error, responded));
                assert_eq!(meaning.map(|meaning| meaning.kind), Some(expected));
            }
        }
    }
}
