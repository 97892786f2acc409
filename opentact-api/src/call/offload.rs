//! The thread that decodes a response, and the deadline of that.

use tokio::task::spawn_blocking;

use crate::call::deadline::Deadline;
use crate::call::payload::{Decode, Payload};
use crate::call::response::Response;
use crate::error::cause::Cause;
use crate::response_value::ResponseValue;

/// The largest body in bytes that is decoded on the thread of the runtime: moving it costs more than it
/// saves.
const SMALL: usize = 64 * 1024;

/// Decodes the payload of a response before the deadline. A large body is decoded on a thread for
/// blocking work, so that other tasks of the runtime go on.
///
/// If the deadline comes first, or the call is dropped, that thread still ends its work.
pub(crate) async fn decode(
    response: Response,
    decode: Decode,
    end: Deadline<'_>,
) -> Result<ResponseValue<Payload>, Cause> {
    if response.body.bytes.len() <= SMALL {
        return decode(response);
    }
    let (status, headers) = (response.status, response.headers.clone());
    let decoding = spawn_blocking(move || decode(response));
    let decoding = async { Ok(decoding.await) };
    match end.limit(Some(status), decoding).await {
        Ok(Ok(decoded)) => decoded,
        // The runtime ends.
        Ok(Err(_)) => {
            let reason = "its decoding was interrupted".to_owned();
            Err(Cause::undecodable(status, reason, None).with_headers(headers))
        }
        Err(late) => Err(late.with_headers(headers)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex, PoisonError};
    use std::thread::{self, ThreadId};
    use std::time::Duration;

    use bytes::Bytes;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use serde::de::IgnoredAny;
    use serde::{Deserialize, Deserializer};

    use super::*;
    use crate::call::limits::Limits;
    use crate::call::response::Body;

    /// Returns a response with a payload of this size.
    fn response(bytes: usize) -> Response {
        let payload = "x".repeat(bytes);
        Response {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Body {
                bytes: Bytes::from(format!(r#"{{"success": true, "payload": "{payload}"}}"#)),
                is_complete: true,
            },
        }
    }

    /// The thread that decodes.
    struct Thread(ThreadId);

    impl<'de> Deserialize<'de> for Thread {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            IgnoredAny::deserialize(deserializer)?;
            Ok(Self(thread::current().id()))
        }
    }

    #[tokio::test]
    async fn decode_of_a_large_body_leaves_the_thread_of_the_runtime() {
        let limits = Limits::default();
        let here = thread::current().id();
        for (bytes, is_here) in [(SMALL / 2, true), (SMALL, false)] {
            let end = Deadline::of_call(&limits);
            let decoded = decode(response(bytes), Payload::decode::<Thread>, end).await;
            let is_decoded_here =
                decoded.map(|value| value.into_inner().into_inner::<Thread>().0 == here);
            assert!(
                matches!(is_decoded_here, Ok(it) if it == is_here),
                "{bytes}"
            );
        }
    }

    /// `true` when decoding may end.
    static MAY_END: Mutex<bool> = Mutex::new(false);
    static ENDS: Condvar = Condvar::new();

    /// A payload whose decoding waits for the test.
    struct Endless;

    impl<'de> Deserialize<'de> for Endless {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            IgnoredAny::deserialize(deserializer)?;
            let may_end = MAY_END.lock().unwrap_or_else(PoisonError::into_inner);
            drop(ENDS.wait_while(may_end, |may_end| !*may_end));
            Ok(Self)
        }
    }

    #[tokio::test]
    async fn decode_that_lasts_longer_than_the_deadline_is_a_timeout() {
        let limits = Limits {
            timeout: Duration::from_millis(50),
            ..Limits::default()
        };
        let end = Deadline::of_call(&limits);
        let decoded = decode(response(SMALL), Payload::decode::<Endless>, end).await;
        *MAY_END.lock().unwrap_or_else(PoisonError::into_inner) = true;
        ENDS.notify_all();
        let cause = format!("{:?}", decoded.err());
        assert!(cause.contains("Timeout"), "{cause}");
    }
}
