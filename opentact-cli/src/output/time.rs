//! Times for people.

use chrono::{DateTime, TimeDelta, Utc};

/// Returns a time as relative to another: `5 min ago`, `in 3 d`.
pub(super) fn relative(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = now - time;
    let seconds = distance.abs().num_seconds();
    let (number, unit) = match seconds {
        0..45 => return "now".to_owned(),
        45..3_600 => ((seconds / 60).max(1), "min"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_time_has_one_unit() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(40_000);
        for (seconds, expected) in [
            (0, "now"),
            (-44, "now"),
            (60, "1 min ago"),
            (3_599, "59 min ago"),
            (3_600, "1 h ago"),
            (86_399, "23 h ago"),
            (86_400, "1 d ago"),
            (5_184_000, "2 mo ago"),
            (63_072_000, "2 y ago"),
            (-7_200, "in 2 h"),
        ] {
            let time = now - TimeDelta::seconds(seconds);
            assert_eq!(relative(time, now), expected, "{seconds}");
        }
    }
}
