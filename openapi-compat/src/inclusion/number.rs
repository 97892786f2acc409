//! Numbers of limits, compared exactly if they are whole.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

/// A number: whole, if it can be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decimal {
    Whole(i128),
    Fraction(f64),
}

impl Decimal {
    pub(super) fn new(number: &Number) -> Self {
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), _, _) => Self::Whole(whole.into()),
            (_, Some(whole), _) => Self::Whole(whole.into()),
            (_, _, value) => Self::from(value.unwrap_or(f64::NAN)),
        }
    }

    #[allow(clippy::cast_precision_loss)] // only for comparisons with fractions
    pub(super) fn as_f64(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Fraction(value) => value,
        }
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a.cmp(&b),
            (a, b) => a.as_f64().total_cmp(&b.as_f64()),
        }
    }

    /// Returns `true` if this number is a multiple of another one.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        match (self, step) {
            (_, Self::Whole(0)) => false,
            (Self::Whole(value), Self::Whole(step)) => value % step == 0,
            (value, step) => (value.as_f64() / step.as_f64()).fract() == 0.0,
        }
    }

    /// Returns the least whole number that is not less.
    pub(super) fn ceil(self) -> Option<i128> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Fraction(value) => whole(value.ceil()),
        }
    }

    /// Returns the greatest whole number that is not greater.
    pub(super) fn floor(self) -> Option<i128> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Fraction(value) => whole(value.floor()),
        }
    }

    /// Returns the number as a value of JSON, or `None` if JSON's integers end before it.
    pub(super) fn to_json(self) -> Option<Value> {
        match self {
            Self::Whole(whole) => match (i64::try_from(whole), u64::try_from(whole)) {
                (Ok(whole), _) => Some(json!(whole)),
                (_, Ok(whole)) => Some(json!(whole)),
                _ => None,
            },
            Self::Fraction(value) => value.is_finite().then(|| json!(value)),
        }
    }
}

impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        match value.fract() == 0.0 {
            true => whole(value).map_or(Self::Fraction(value), Self::Whole),
            false => Self::Fraction(value),
        }
    }
}

/// Returns a whole number if it is small enough to be exact.
fn whole(value: f64) -> Option<i128> {
    const MOST: f64 = 1e30;
    #[allow(clippy::cast_possible_truncation)] // it is small enough
    (value.abs() < MOST).then_some(value as i128)
}

/// A range of numbers. Each end is a number and `true` if the number itself is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) least: Option<(Decimal, bool)>,
    pub(super) most: Option<(Decimal, bool)>,
}

impl Range {
    pub(super) fn between(least: i128, most: i128) -> Self {
        Self {
            least: Some((Decimal::Whole(least), false)),
            most: Some((Decimal::Whole(most), false)),
        }
    }

    /// Returns the numbers in both ranges.
    pub(super) fn and(self, other: Self) -> Self {
        let stricter = |a: Option<(Decimal, bool)>, b: Option<(Decimal, bool)>, wins| match (a, b) {
            (Some(a), Some(b)) => match a.0.compare(b.0) {
                Ordering::Equal => Some((a.0, a.1 || b.1)),
                order if order == wins => Some(a),
                _ => Some(b),
            },
            (a, b) => a.or(b),
        };
        Self {
            least: stricter(self.least, other.least, Ordering::Greater),
            most: stricter(self.most, other.most, Ordering::Less),
        }
    }

    /// Returns `true` if no number is in the range.
    pub(super) fn is_empty(self) -> bool {
        let (Some(least), Some(most)) = (self.least, self.most) else {
            return false;
        };
        match least.0.compare(most.0) {
            Ordering::Less => false,
            Ordering::Equal => least.1 || most.1,
            Ordering::Greater => true,
        }
    }

    pub(super) fn contains(self, number: Decimal) -> bool {
        let above = self
            .least
            .is_none_or(|(least, open)| match number.compare(least) {
                Ordering::Less => false,
                Ordering::Equal => !open,
                Ordering::Greater => true,
            });
        let below = self
            .most
            .is_none_or(|(most, open)| match number.compare(most) {
                Ordering::Less => true,
                Ordering::Equal => !open,
                Ordering::Greater => false,
            });
        above && below
    }

    /// Returns the range of its whole numbers, with both ends in it.
    pub(super) fn whole(self) -> Self {
        let least = self.least.map(|(least, open)| match least.ceil() {
            Some(whole) => (
                Decimal::Whole(whole + i128::from(open && is(least, whole))),
                false,
            ),
            None => (least, open),
        });
        let most = self.most.map(|(most, open)| match most.floor() {
            Some(whole) => (
                Decimal::Whole(whole - i128::from(open && is(most, whole))),
                false,
            ),
            None => (most, open),
        });
        Self { least, most }
    }

    /// Returns `true` if all numbers of this range are in another one.
    pub(super) fn is_within(self, other: Self) -> bool {
        let least = other.least.is_none_or(|(limit, open)| {
            self.least
                .is_some_and(|(own, left_out)| match own.compare(limit) {
                    Ordering::Less => false,
                    Ordering::Equal => left_out || !open,
                    Ordering::Greater => true,
                })
        });
        let most = other.most.is_none_or(|(limit, open)| {
            self.most
                .is_some_and(|(own, left_out)| match own.compare(limit) {
                    Ordering::Less => true,
                    Ordering::Equal => left_out || !open,
                    Ordering::Greater => false,
                })
        });
        least && most
    }
}

fn is(number: Decimal, whole: i128) -> bool {
    number.compare(Decimal::Whole(whole)) == Ordering::Equal
}

/// A range of lengths or counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

impl Count {
    pub(super) fn at_least(&mut self, limit: u64) {
        self.least = self.least.max(limit);
    }

    pub(super) fn at_most(&mut self, limit: u64) {
        self.most = Some(self.most.map_or(limit, |most| most.min(limit)));
    }

    pub(super) fn is_empty(self) -> bool {
        self.most.is_some_and(|most| most < self.least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(least: Option<(f64, bool)>, most: Option<(f64, bool)>) -> Range {
        let end = |(limit, open)| (Decimal::from(limit), open);
        Range {
            least: least.map(end),
            most: most.map(end),
        }
    }

    #[test]
    fn range_with_open_ends_is_within_the_closed_one_only() {
        let (open, closed) = (
            range(Some((0.0, true)), Some((1.0, true))),
            range(Some((0.0, false)), Some((1.0, false))),
        );
        assert!(open.is_within(closed) && !closed.is_within(open));
        assert!(open.whole().is_empty() && !closed.whole().is_empty());
    }

    #[test]
    fn great_integers_are_compared_exactly() {
        let most = |most: i128| Range::between(0, most);
        let (signed, unsigned) = (most(i64::MAX.into()), most(i128::from(i64::MAX) + 1));
        assert!(signed.is_within(unsigned) && !unsigned.is_within(signed));
    }
}
