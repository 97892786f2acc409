//! Suggestions for names that are nearly right.

/// Returns the candidate that is nearest to what was typed, or `None` if all of them are far from it.
pub(crate) fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let distances = candidates.into_iter().map(|candidate| {
        let distance = strsim::damerau_levenshtein(&typed.to_lowercase(), candidate);
        // The start or the end of a longer name is near to it.
        let is_part = typed.len() > 3 && candidate.contains(typed);
        (if is_part { 1 } else { distance }, candidate)
    });
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    let is_near = distance <= (typed.chars().count() / 3).max(1);
    is_near.then_some(nearest)
}

/// Returns `; did you mean ...?` for the end of a message, or an empty text if all candidates are far
/// from what was typed.
pub(crate) fn suggestion<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = nearest(typed, candidates);
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
