//! The calls of blocking programs.

use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;

use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::background::{Background, background};

/// Runs a future on the background thread, and waits for its output. Its spans and events belong to
/// the current span and subscriber. Because the thread has a runtime of its own, a call also works in a
/// program whose threads belong to a runtime: waiting there does not stop the call.
///
/// # Errors
/// Returns the reason why the future cannot be run.
pub(crate) fn wait<T: Send + 'static>(
    call: impl Future<Output = T> + Send + 'static,
) -> Result<T, String> {
    let Background { runtime, thread } = background()?;
    if thread::current().id() == thread {
        let reason = "a blocking call cannot be made on the thread of blocking calls, for example in an \
                      observer";
        return Err(reason.to_owned());
    }
    let (sender, receiver) = mpsc::sync_channel(1);
    let call = runtime.spawn(call.in_current_span().with_current_subscriber());
    runtime.spawn(async move { sender.send(call.await) });
    match receiver.recv() {
        Ok(Ok(output)) => Ok(output),
        Ok(Err(error)) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(error) => Err(error.to_string()),
        },
        Err(error) => Err(error.to_string()),
    }
}
