//! The thread that makes the calls of blocking programs.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread::{self, ThreadId};

use tokio::runtime::{Builder, Handle};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

/// The thread, after the first blocking call. It has a runtime of its own, so that a call also works
/// in a program whose threads belong to a runtime: waiting there does not stop the call.
static BACKGROUND: Mutex<Option<Background>> = Mutex::new(None);

#[derive(Clone)]
struct Background {
    runtime: Handle,
    thread: ThreadId,
}

/// Runs a future on the background thread, and waits for its output. Its spans and events belong to
/// the current span and subscriber.
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

/// Returns the background thread, and starts it first if no call did so.
fn background() -> Result<Background, String> {
    let mut background = BACKGROUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(background) = &*background {
        return Ok(background.clone());
    }
    let started = start().map_err(|error| format!("no thread for blocking calls starts: {error}"));
    Ok(background.insert(started?).clone())
}

fn start() -> std::io::Result<Background> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new()
        .name("opentact-api".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(Background {
        runtime: handle,
        thread: thread.thread().id(),
    })
}
