//! The difference between a request that was handed to a connection and one that was not.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const WITHDRAWN: u8 = 2;

/// The delivery of the request of one attempt. Either a connection takes the request, or the attempt
/// withdraws it, but never both.
#[derive(Clone, Default)]
pub(crate) struct Delivery(Arc<AtomicU8>);

impl Delivery {
    /// Returns the body to send.
    pub(crate) fn body(&self, bytes: Bytes) -> impl Body<Data = Bytes, Error = Withdrawn> + use<> {
        Tracked {
            rest: bytes,
            delivery: self.clone(),
        }
    }

    /// Withdraws the request. Returns `true` if no connection has taken it, and none will: then the
    /// service has certainly not seen it.
    pub(crate) fn withdraw(&self) -> bool {
        self.settle(WITHDRAWN)
    }

    /// Returns `false` if the request was withdrawn.
    fn take(&self) -> bool {
        self.settle(TAKEN)
    }

    /// Decides for an outcome, and returns `true` if it is the one that was decided first.
    fn settle(&self, outcome: u8) -> bool {
        let settled =
            self.0
                .compare_exchange(WAITING, outcome, Ordering::AcqRel, Ordering::Acquire);
        settled.is_ok() || settled == Err(outcome)
    }
}

/// The body of a request. HTTP libraries first ask whether it is empty when a live connection writes
/// the head of the request, before any byte leaves. With HTTP/2, the head may still leave, but without its
/// end and followed by a reset, which no server carries out.
struct Tracked {
    rest: Bytes,
    delivery: Delivery,
}

impl Body for Tracked {
    type Data = Bytes;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withdrawn>>> {
        if !self.delivery.take() {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        let rest = mem::take(&mut self.rest);
        Poll::Ready((!rest.is_empty()).then(|| Ok(Frame::data(rest))))
    }

    /// A withdrawn request is never at its end: the connection then asks for the rest, gets an error,
    /// and gives up before it sends the head.
    fn is_end_stream(&self) -> bool {
        self.delivery.take() && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

/// The error of a connection that takes a request too late.
#[derive(Debug)]
pub(crate) struct Withdrawn;

impl fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was withdrawn")
    }
}

impl std::error::Error for Withdrawn {}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn frame(body: impl Body<Data = Bytes, Error = Withdrawn>) -> Option<Result<Bytes, Withdrawn>> {
        let mut body = Box::pin(body);
        match body
            .as_mut()
            .poll_frame(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(frame) => frame.map(|frame| Ok(frame?.into_data().unwrap_or_default())),
            Poll::Pending => unreachable!("everything is there"),
        }
    }

    #[test]
    fn withdraw_before_a_connection_takes_the_request_prevents_it() {
        for bytes in [Bytes::new(), Bytes::from_static(b"{}")] {
            let delivery = Delivery::default();
            let length = bytes.len() as u64;
            let body = delivery.body(bytes);
            assert_eq!(body.size_hint().exact(), Some(length));
            assert!(delivery.withdraw() && delivery.withdraw());
            assert!(!body.is_end_stream());
            assert!(matches!(frame(body), Some(Err(Withdrawn))));
        }
    }

    #[test]
    fn withdraw_after_a_connection_took_the_request_fails() {
        let delivery = Delivery::default();
        let body = delivery.body(Bytes::new());
        assert!(body.is_end_stream());
        assert!(!delivery.withdraw());
        assert!(body.is_end_stream() && frame(body).is_none());

        let delivery = Delivery::default();
        let body = delivery.body(Bytes::from_static(b"{}"));
        assert!(!body.is_end_stream());
        assert!(!delivery.withdraw());
        assert!(frame(body).is_some_and(|data| data.is_ok_and(|data| data == "{}")));
    }
}
