//! Ranges of numbers and of counts.

use std::cmp::Ordering;

use super::number::Decimal;

/// A range of numbers. Each end is a number and `true` if the number itself is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) least: Option<(Decimal, bool)>,
    pub(super) most: Option<(Decimal, bool)>,
}

impl Range {
    pub(super) fn between(least: i128, most: i128) -> Self {
        Self {
            least: Some((Decimal::whole(least), false)),
            most: Some((Decimal::whole(most), false)),
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
                Decimal::whole(whole + i128::from(open && least.is_whole())),
                false,
            ),
            None => (least, open),
        });
        let most = self.most.map(|(most, open)| match most.floor() {
            Some(whole) => (
                Decimal::whole(whole - i128::from(open && most.is_whole())),
                false,
            ),
            None => (most, open),
        });
        Self { least, most }
    }

    /// Returns the only number of the range, if there is only one.
    pub(super) fn only(self) -> Option<Decimal> {
        match (self.least, self.most) {
            (Some((least, false)), Some((most, false))) if least == most => Some(least),
            _ => None,
        }
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
