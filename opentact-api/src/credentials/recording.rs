//! The secrets that a thread serialises while it builds a request. They are redacted from the errors of the
//! call, because a service may repeat what it received.
//!
//! Only the types of a body know which of its values are secrets, and serialisation passes all of them.

use std::cell::RefCell;

use zeroize::Zeroizing;

thread_local! {
    /// The secrets since the start of the recording, or `None` if there is none.
    static RECORDED: RefCell<Option<Vec<Zeroizing<String>>>> = const { RefCell::new(None) };
}

/// A recording on this thread, until it is dropped.
pub(crate) struct Recording {
    /// The recording that goes on afterwards.
    outer: Option<Vec<Zeroizing<String>>>,
}

impl Recording {
    /// Starts a recording.
    pub(crate) fn start() -> Self {
        Self {
            outer: RECORDED.replace(Some(Vec::new())),
        }
    }

    /// Returns the secrets since the start.
    pub(crate) fn secrets(&self) -> Vec<Zeroizing<String>> {
        RECORDED.with_borrow(|recorded| recorded.clone().unwrap_or_default())
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        RECORDED.set(self.outer.take());
    }
}

/// Adds a secret that is serialised to the recording of this thread, if there is one.
pub(super) fn record(secret: &Zeroizing<String>) {
    // A value may be serialised while the thread ends, when the recording is gone already.
    let _ = RECORDED.try_with(|recorded| {
        if let Some(recorded) = recorded.borrow_mut().as_mut() {
            recorded.push(secret.clone());
        }
    });
}
