//! Sets of operations by number.

use std::iter;
use std::sync::Arc;

/// The number of operations of a word.
const WORD: usize = u64::BITS as usize;

/// A set of numbers of operations, a bit for each. The numbers of a set are near to each other, or
/// there are many.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(crate) struct OperationSet {
    /// The number of empty words before the first one.
    before: u32,
    /// The bits, of which neither the first nor the last word is empty.
    words: Box<[u64]>,
}

impl OperationSet {
    /// Returns the numbers in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = (self.before as usize..).zip(&self.words);
        words.flat_map(|(at, word)| {
            let rest = |bits: &u64| Some(bits & (bits - 1)).filter(|bits| *bits != 0);
            let bits = iter::successors(Some(*word).filter(|word| *word != 0), rest);
            bits.map(move |bits| at * WORD + bits.trailing_zeros() as usize)
        })
    }

    pub(crate) fn len(&self) -> usize {
        let counts = self.words.iter().map(|word| word.count_ones() as usize);
        counts.sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns `true` if each number of another set is in this one.
    pub(crate) fn contains(&self, other: &Self) -> bool {
        let mut words = (other.before..).zip(&other.words);
        words.all(|(at, word)| self.word(at) & word == *word)
    }

    /// Returns the numbers of this set and of another one.
    pub(crate) fn union(&self, other: &Self) -> Self {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => return other.clone(),
            (_, true) => return self.clone(),
            _ => {}
        }
        let before = self.before.min(other.before);
        let words = before..self.end().max(other.end());
        Self {
            before,
            words: words.map(|at| self.word(at) | other.word(at)).collect(),
        }
    }

    fn end(&self) -> u32 {
        self.before + self.words.len() as u32
    }

    fn word(&self, at: u32) -> u64 {
        let word = at.checked_sub(self.before);
        let word = word.and_then(|at| self.words.get(at as usize));
        word.copied().unwrap_or_default()
    }
}

/// The numbers are in order.
impl FromIterator<usize> for OperationSet {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut numbers = numbers.into_iter().peekable();
        let before = numbers.peek().map_or(0, |first| first / WORD);
        let mut words = Vec::new();
        for number in numbers {
            let at = number / WORD - before;
            words.resize(words.len().max(at + 1), 0);
            words[at] |= 1 << (number % WORD);
        }
        Self {
            before: before as u32,
            words: words.into(),
        }
    }
}

/// Adds a set to another one.
pub(crate) fn add(set: &mut Option<Arc<OperationSet>>, more: &Arc<OperationSet>) {
    match set {
        Some(known) if Arc::ptr_eq(known, more) || known.contains(more) => {}
        Some(known) if !more.contains(known) => *known = Arc::new(known.union(more)),
        _ => *set = Some(Arc::clone(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[usize]) -> OperationSet {
        numbers.iter().copied().collect()
    }

    #[test]
    fn set_has_the_numbers_that_were_put_in() {
        for numbers in [&[][..], &[0], &[63, 64], &[70, 4_999], &[4_999]] {
            assert_eq!(set(numbers).iter().collect::<Vec<_>>(), numbers);
            assert_eq!(set(numbers).len(), numbers.len());
            assert_eq!(set(numbers).is_empty(), numbers.is_empty());
        }
    }

    #[test]
    fn union_of_equal_numbers_is_the_same_set() {
        let union = set(&[130]).union(&set(&[1, 64]));
        assert_eq!(union, set(&[1, 64, 130]));
        assert_eq!(set(&[1, 64]).union(&set(&[130])), union);
        assert_eq!(set(&[]).union(&union), union);
        assert_eq!(union.union(&set(&[])), union);
        assert_eq!(union.union(&union), union);
    }

    #[test]
    fn contains_compares_all_numbers() {
        let wide = set(&[1, 64, 130]);
        assert!(wide.contains(&set(&[1, 130])));
        assert!(wide.contains(&set(&[])));
        assert!(!wide.contains(&set(&[1, 200])));
        assert!(!set(&[130]).contains(&wide));
        assert!(!set(&[]).contains(&set(&[0])));
    }
}
