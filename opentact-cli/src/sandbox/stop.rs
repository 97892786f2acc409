//! The end of a server: a signal, then the responses to running requests.

use std::time::Duration;

use crate::failure::Failure;
use crate::output::Output;

/// The time for running requests to finish after a signal to stop.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

/// The signals to stop. None is lost after `listen`.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupted: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
}

impl Signals {
    /// Listens for signals from now on.
    #[cfg(unix)]
    pub(super) fn listen() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupted: signal(SignalKind::interrupt()).map_err(failure)?,
            terminated: signal(SignalKind::terminate()).map_err(failure)?,
        })
    }

    /// Listens for signals from the first wait on.
    #[cfg(not(unix))]
    pub(super) fn listen() -> Result<Self, Failure> {
        Ok(Self {})
    }

    /// Waits for a signal, then for the server to stop. A second signal ends the wait at once.
    pub(super) async fn stop(
        mut self,
        server: impl Future<Output = ()>,
        output: &Output,
    ) -> Result<(), Failure> {
        self.next().await?;
        output.note("Stopping. Press Ctrl-C again to stop at once.");
        tokio::select! {
            // Requests that take longer are aborted when the process ends.
            _ = tokio::time::timeout(GRACE_PERIOD, server) => Ok(()),
            second = self.next() => {
                second?;
                Err(Failure::interrupted("stopped at once; some requests had no response yet"))
            }
        }
    }

    #[cfg(unix)]
    async fn next(&mut self) -> Result<(), Failure> {
        tokio::select! {
            _ = self.interrupted.recv() => Ok(()),
            _ = self.terminated.recv() => Ok(()),
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> Result<(), Failure> {
        tokio::signal::ctrl_c().await.map_err(failure)
    }
}

#[allow(clippy::needless_pass_by_value)] // for `map_err`
fn failure(error: std::io::Error) -> Failure {
    Failure::general(format!("cannot wait for a signal: {error}"))
}
