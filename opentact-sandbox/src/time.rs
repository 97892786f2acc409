//! Times of the sandbox.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// Formats a time like the service: `2026-03-02T09:15:27.114Z`.
pub(crate) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Returns the present time, or the time a millisecond after another one if the clock stands still.
pub(crate) fn later(than: DateTime<Utc>) -> DateTime<Utc> {
    let next = than.checked_add_signed(TimeDelta::milliseconds(1));
    Utc::now().max(next.unwrap_or(than))
}
