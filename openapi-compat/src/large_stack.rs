//! A thread with a large stack, because proofs recurse as deep as schemas are nested.

use std::thread::{self, Builder};

/// The size of the stack in bytes. Only the part that is used takes memory.
const SIZE: usize = 256 << 20;

/// Returns the result of a function that runs in a thread with a large stack. Runs it in this thread
/// if the system cannot start one.
pub(crate) fn run<T: Send>(function: impl Fn() -> T + Sync) -> T {
    let in_thread = thread::scope(|scope| {
        let thread = Builder::new()
            .stack_size(SIZE)
            .spawn_scoped(scope, &function);
        thread.ok().map(thread::ScopedJoinHandle::join)
    });
    match in_thread {
        Some(Ok(result)) => result,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => function(),
    }
}
