//! A thread for the prover, which recurses as deep as schemas are nested.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::thread;

use serde_json::Value;

use super::{Inclusion, Prover};

/// The size of the stack in bytes.
const STACK: usize = 64 << 20;

/// A prover that runs another one in a thread with a large stack. The thread ends when this value
/// is dropped.
pub(crate) struct ProverThread {
    /// The thread's queue. `None` if the system could not start the thread.
    requests: Option<Sender<Request>>,
}

/// The wide and the narrow schema, and the recipient of the result.
type Request = (Value, Value, Sender<Inclusion>);

impl ProverThread {
    /// Starts the thread.
    pub(crate) fn start(prover: impl Prover + Send + 'static) -> Self {
        let (requests, queue) = mpsc::channel::<Request>();
        let serve = move || {
            for (wide, narrow, reply) in queue {
                let proof = || prover.includes(&wide, &narrow);
                let proof = catch_unwind(AssertUnwindSafe(proof));
                let proof = proof.unwrap_or(Inclusion::Unknown);
                let _ = reply.send(proof);
            }
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(serve);
        Self {
            requests: thread.is_ok().then_some(requests),
        }
    }

    fn ask(&self, wide: &Value, narrow: &Value) -> Option<Inclusion> {
        let (reply, replies) = mpsc::channel();
        let request = (wide.clone(), narrow.clone(), reply);
        self.requests.as_ref()?.send(request).ok()?;
        replies.recv().ok()
    }
}

impl Prover for ProverThread {
    fn includes(&self, wide: &Value, narrow: &Value) -> Inclusion {
        match wide == narrow {
            true => Inclusion::Proved,
            false => self.ask(wide, narrow).unwrap_or(Inclusion::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A prover that panics about schemas with `not`.
    struct Fragile;

    impl Prover for Fragile {
        fn includes(&self, wide: &Value, _: &Value) -> Inclusion {
            assert!(wide.get("not").is_none());
            Inclusion::Proved
        }
    }

    #[test]
    fn prover_thread_after_a_panic_serves_further_requests() {
        let prover = ProverThread::start(Fragile);
        let (any, none) = (json!({}), json!({"not": {}}));
        assert_eq!(prover.includes(&none, &any), Inclusion::Unknown);
        assert_eq!(prover.includes(&any, &none), Inclusion::Proved);
    }
}
