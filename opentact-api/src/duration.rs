//! Durations for people.

use std::fmt;
use std::time::Duration;

/// A duration as people write it: `300 ms`, `1.5 s`, `30 s`, `2 min`, `1 h 30 min`.
pub(crate) struct ForPeople(pub(crate) Duration);

impl fmt::Display for ForPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let duration = self.0;
        let seconds = duration.as_secs();
        match seconds {
            0 if duration < Duration::from_millis(1) && !duration.is_zero() => {
                f.write_str("less than 1 ms")
            }
            0 if !duration.is_zero() => write!(f, "{} ms", duration.as_millis()),
            0..120 => {
                let tenths = duration.subsec_millis() / 100;
                match tenths {
                    0 => write!(f, "{seconds} s"),
                    _ => write!(f, "{seconds}.{tenths} s"),
                }
            }
            120..3600 => units(f, seconds, "min", "s"),
            3600..172_800 => units(f, seconds / 60, "h", "min"),
            _ => write!(f, "{} days", seconds / 86_400),
        }
    }
}

/// Writes an amount in a unit and in sixtieths of it. The latter are omitted if there are none.
fn units(f: &mut fmt::Formatter<'_>, amount: u64, unit: &str, sixtieth: &str) -> fmt::Result {
    write!(f, "{} {unit}", amount / 60)?;
    match amount % 60 {
        0 => Ok(()),
        rest => write!(f, " {rest} {sixtieth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_shown_for_people() {
        for (milliseconds, shown) in [
            (0, "0 s"),
            (1, "1 ms"),
            (300, "300 ms"),
            (1000, "1 s"),
            (1049, "1 s"),
            (1500, "1.5 s"),
            (30_000, "30 s"),
            (90_000, "90 s"),
            (120_000, "2 min"),
            (150_000, "2 min 30 s"),
            (3_600_000, "1 h"),
            (5_400_000, "1 h 30 min"),
            (172_800_000, "2 days"),
        ] {
            let duration = Duration::from_millis(milliseconds);
            assert_eq!(ForPeople(duration).to_string(), shown);
        }
        assert_eq!(
            ForPeople(Duration::from_nanos(1)).to_string(),
            "less than 1 ms"
        );
        assert_eq!(ForPeople(Duration::MAX).to_string(), "213503982334601 days");
    }
}
