//! Suggestions for names that are nearly right.

/// The most names in one suggestion.
const MOST: usize = 3;

/// Returns a question that names the candidates nearest to what was typed: "did you mean `a` or `b`?".
/// Returns `None` if there are none.
pub(crate) fn question<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let near: Vec<_> = near(typed, candidates)
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let (last, others) = near.split_last()?;
    Some(match others {
        [] => format!("did you mean {last}?"),
        others => format!("did you mean {} or {last}?", others.join(", ")),
    })
}

/// Returns the question in parentheses, for the end of a message, or an empty text if there are no
/// candidates.
pub(crate) fn suggestion<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let question = question(typed, candidates);
    question.map_or_else(String::new, |question| format!(" ({question})"))
}

/// Returns the candidates that are nearest to what was typed, in alphabetical order.
fn near<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&typed, &candidate.to_lowercase())?, candidate)))
        .collect();
    near.sort_unstable();
    near.dedup();
    let nearest = near.first().map(|(distance, _)| *distance);
    near.into_iter()
        .take_while(|(distance, _)| Some(*distance) == nearest)
        .take(MOST)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// Returns the number of edits between two names, or `None` if they are not near each other.
fn distance(typed: &str, candidate: &str) -> Option<usize> {
    let length = typed.chars().count();
    let edits = strsim::damerau_levenshtein(typed, candidate);
    if edits <= (length / 3).max(1) && edits < length {
        return Some(edits);
    }
    // The start of a longer name, such as `reception` of `reception-2`.
    (length >= 3 && candidate.starts_with(typed)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGINS: [&str; 5] = ["alice", "alicia", "bob", "reception-2", "x"];

    #[test]
    fn question_names_the_nearest_candidates() {
        for (typed, expected) in [
            ("alicee", Some("did you mean `alice`?")),
            ("ALICE", Some("did you mean `alice`?")),
            ("alcie", Some("did you mean `alice`?")),
            ("recep", Some("did you mean `reception-2`?")),
            ("bo", Some("did you mean `bob`?")),
            ("zoltan", None),
            ("y", None),
            ("", None),
        ] {
            assert_eq!(question(typed, LOGINS).as_deref(), expected, "{typed}");
        }
        let several = question("alici", LOGINS);
        assert_eq!(
            several.as_deref(),
            Some("did you mean `alice` or `alicia`?")
        );
    }

    #[test]
    fn question_names_three_candidates_at_most() {
        let names = ["u001", "u002", "u003", "u004"];
        let question = question("u005", names);
        assert_eq!(
            question.as_deref(),
            Some("did you mean `u001`, `u002` or `u003`?")
        );
    }
}
