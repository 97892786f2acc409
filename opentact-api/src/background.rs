//! The thread of this crate, with a runtime of its own. What runs there goes on whatever becomes of the
//! runtime of a caller. It makes the calls of blocking programs, and it signs in.

use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

use tokio::runtime::{Builder, Handle};

/// The thread, after its first use.
static BACKGROUND: Mutex<Option<Background>> = Mutex::new(None);

/// The thread and its runtime.
#[derive(Clone)]
pub(crate) struct Background {
    pub(crate) runtime: Handle,
    #[cfg_attr(not(feature = "blocking"), allow(dead_code))]
    pub(crate) thread: ThreadId,
}

/// Returns the background thread, and starts it first if nothing did so.
///
/// # Errors
/// Returns the reason why the thread cannot be started.
pub(crate) fn background() -> Result<Background, String> {
    let mut background = BACKGROUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(background) = &*background {
        return Ok(background.clone());
    }
    let started = start().map_err(|error| format!("no background thread starts: {error}"));
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
