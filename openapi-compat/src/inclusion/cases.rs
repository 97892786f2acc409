//! Alternatives as cases of a conjunction, each of which is proved alone.

use super::cube::Choice;
use super::part::{Part, Parts, with};

/// The greatest number of cases that a conjunction is split into at a time.
pub(super) const MOST_CASES: usize = 128;

/// Returns the conjunction with each alternative of a choice.
pub(super) fn cases<'a>(
    narrow: &Parts<'a>,
    choice: &Choice<'a>,
) -> impl Iterator<Item = Parts<'a>> {
    let case = move |(index, alternative): (usize, &Parts<'a>)| {
        let others = choice.exactly.iter().enumerate();
        let others = others.filter(|(other, _)| *other != index);
        let excluded = others.map(|(_, other)| Part::Not(*other));
        let more = [Part::Chosen(choice.place)].into_iter();
        with(
            narrow,
            more.chain(alternative.iter().cloned()).chain(excluded),
        )
    };
    choice.alternatives.iter().enumerate().map(case)
}
