//! Ctrl-C while a command changes something.

use crate::failure::Failure;

/// Returns the result of a request that changes something. `check` is the command line that shows
/// the state, for the hint.
///
/// # Errors
/// Fails if the user presses Ctrl-C first.
pub(crate) async fn change<T>(request: impl Future<Output = T>, check: &str) -> Result<T, Failure> {
    let result = unless_interrupted(request).await;
    result.ok_or_else(|| {
        let hint = format!("check with `{check}` before you repeat it");
        Failure::interrupted("interrupted: the service may have done it").with_hint(hint)
    })
}

/// Returns the result of a future, or `None` if the user presses Ctrl-C first.
pub(crate) async fn unless_interrupted<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        // A result that is there is reported, although Ctrl-C was pressed too.
        biased;
        result = future => Some(result),
        () = pressed() => None,
    }
}

/// Waits for Ctrl-C. Without signals on this machine, it waits for ever.
pub(crate) async fn pressed() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
