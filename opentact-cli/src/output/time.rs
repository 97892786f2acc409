//! Times for people.

use chrono::{DateTime, TimeDelta, Utc};

/// Returns a time as relative to another: `5 min ago`, `in 3 days`.
pub(super) fn relative(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = now - time;
    let seconds = distance.abs().num_seconds();
    let (number, unit) = match seconds {
        0..45 => return "now".to_owned(),
        45..3_600 => ((seconds + 30) / 60, "min"),
        3_600..86_400 => (seconds / 3_600, "h"),
        86_400..2_592_000 => (seconds / 86_400, "d"),
        2_592_000..31_536_000 => (seconds / 2_592_000, "mo"),
        _ => (seconds / 31_536_000, "y"),
    };
    match distance < TimeDelta::zero() {
        true => format!("in {number} {unit}"),
        false => format!("{number} {unit} ago"),
    }
}

/// Returns a time in UTC, to the second.
pub(super) fn exact(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}
