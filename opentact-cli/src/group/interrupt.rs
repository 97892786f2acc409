//! Ctrl-C while a command changes something.

/// Returns the result of a future, or `None` if the user presses Ctrl-C first.
pub(super) async fn unless_interrupted<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        // A result that is there is reported, although Ctrl-C was pressed too.
        biased;
        result = future => Some(result),
        () = pressed() => None,
    }
}

/// Waits for Ctrl-C. Without signals on this machine, it waits for ever.
pub(super) async fn pressed() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
