//! Alternatives as cases of a conjunction, each of which is proved alone.

use super::choice::Choice;
use super::part::{Part, Parts, with};

/// The greatest number of cases that a conjunction is split into at a time.
pub(super) const MOST_CASES: usize = 128;

/// The greatest number of cases if a glance tells most of them apart.
const MOST_APART: usize = 2_000;

/// Returns the conjunction with each alternative of a choice, or `None` if there are too many.
/// `similar` has for each alternative the others that the same value may match; the rest need not be
/// excluded.
pub(super) fn cases<'a, 's>(
    narrow: &'s Parts<'a>,
    choice: &'s Choice<'a>,
    similar: Option<&'s Vec<Vec<usize>>>,
) -> Option<impl Iterator<Item = Parts<'a>> + use<'a, 's>> {
    let most = match similar {
        Some(_) => MOST_APART,
        None => MOST_CASES,
    };
    let case = move |(index, alternative): (usize, &Parts<'a>)| {
        let others = choice.exactly.iter().enumerate();
        let others = others.filter(move |(other, _)| match similar {
            Some(similar) => similar[index].contains(other),
            None => *other != index,
        });
        let excluded = others.map(|(_, other)| Part::Not(*other));
        let more = [Part::Chosen(choice.place)].into_iter();
        with(
            narrow,
            more.chain(alternative.iter().cloned()).chain(excluded),
        )
    };
    let alternatives = &choice.alternatives;
    (alternatives.len() <= most).then(|| alternatives.iter().enumerate().map(case))
}
