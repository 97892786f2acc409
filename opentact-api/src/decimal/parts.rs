//! The parts of a JSON number, for comparison by value.

/// The parts of a JSON number.
#[derive(Default)]
pub(super) struct Parts<'a> {
    is_negative: bool,
    /// The digits before the point.
    whole: &'a str,
    /// The digits after the point.
    fraction: &'a str,
    exponent: i64,
}

impl<'a> Parts<'a> {
    /// Returns the parts of a text, or `None` if it is not a JSON number.
    #[inline]
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent_of(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, is_digits(fraction).then_some(fraction)?),
            None => (number, ""),
        };
        let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
        (is_digits(whole) && !has_leading_zero).then_some(Self {
            is_negative,
            whole,
            fraction,
            exponent,
        })
    }

    #[inline]
    fn all_digits(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    #[inline]
    fn leading_zeros(&self) -> usize {
        self.all_digits().take_while(|digit| *digit == b'0').count()
    }

    /// Returns the digits between the first and the last that are not zero.
    #[inline]
    pub(super) fn digits(&self) -> impl Iterator<Item = u8> {
        let leading = self.leading_zeros();
        let digits = self.all_digits().rev();
        let trailing = digits.take_while(|digit| *digit == b'0').count();
        let len = self.whole.len() + self.fraction.len();
        let significant = len.saturating_sub(leading + trailing);
        self.all_digits().skip(leading).take(significant)
    }

    /// Returns -1, 0 or 1.
    #[inline]
    pub(super) fn sign(&self) -> i8 {
        match self.digits().next() {
            None => 0,
            Some(_) if self.is_negative => -1,
            Some(_) => 1,
        }
    }

    /// Returns the power of ten of the first digit that is not zero.
    #[inline]
    pub(super) fn magnitude(&self) -> i128 {
        // The length of a text fits.
        let place = |len: usize| i128::try_from(len).unwrap_or(i128::MAX >> 1);
        i128::from(self.exponent) + place(self.whole.len()) - place(self.leading_zeros())
    }
}

#[inline]
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[inline]
fn exponent_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    is_digits(digits).then(|| text.parse().ok())?
}
