//! The end of a server: a signal, then the responses to running requests.

use std::time::Duration;

use crate::failure::Failure;
use crate::output::Output;

/// The time for running requests to finish after a signal to stop.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

/// Waits for a signal, then for the server to stop. A second signal ends the wait at once.
pub(super) async fn after_signal(
    stop: impl Future<Output = ()>,
    output: &Output,
) -> Result<(), Failure> {
    signal().await?;
    output.note("Stopping. Press Ctrl-C again to stop at once.");
    tokio::select! {
        // Requests that take longer are aborted when the process ends.
        _ = tokio::time::timeout(GRACE_PERIOD, stop) => Ok(()),
        second = signal() => {
            second?;
            Err(Failure::interrupted("stopped at once; some requests had no response yet"))
        }
    }
}

async fn signal() -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::general(format!("cannot wait for a signal: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(failed),
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}
