//! The spinner for a command that waits.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::Output;

/// The time after which the spinner appears.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two pictures of the spinner.
const TICK: Duration = Duration::from_millis(100);

/// Shows a spinner with a text, such as `Loading users`, while a future runs, after half a second.
pub(crate) async fn waiting<T>(output: &Output, what: &str, future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    if !output.shows_progress() {
        return future.await;
    }
    tokio::select! {
        biased;
        done = &mut future => return done,
        () = tokio::time::sleep(PATIENCE) => {}
    }
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    let spinner = match ProgressStyle::with_template("{spinner} {msg}") {
        Ok(style) => spinner.with_style(style),
        Err(_) => spinner,
    };
    spinner.enable_steady_tick(TICK);
    let done = future.await;
    spinner.finish_and_clear();
    done
}
