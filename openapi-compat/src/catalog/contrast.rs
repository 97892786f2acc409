//! Two values, cut to the parts in which they differ.

use serde_json::Value;

use super::shown::{LONGEST, code, in_code, list_by, text};

/// The number of characters that are shown before and after a difference.
const AROUND: usize = 16;

/// Returns the words about the change of a value that follow its name.
pub(super) fn transition(old: Option<&Value>, new: Option<&Value>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => changed(old, new),
        (None, Some(new)) => format!("is now {} (was unset)", code(new)),
        (Some(old), None) => format!("is now unset (was {})", code(old)),
        (None, None) => "changed".to_owned(),
    }
}

/// Returns the words about the change of a value, each value in a form of its own.
pub(super) fn transition_by(
    show: fn(&Value) -> String,
    old: Option<&Value>,
    new: Option<&Value>,
) -> String {
    match (old.map(show), new.map(show)) {
        (Some(old), Some(new)) => format!("changed from {old} to {new}"),
        (None, Some(new)) => format!("is now {new} (was unset)"),
        (Some(old), None) => format!("is now unset (was {old})"),
        (None, None) => "changed".to_owned(),
    }
}

/// Returns the words about a value that became another one.
fn changed(old: &Value, new: &Value) -> String {
    let (older, newer) = (text(old), text(new));
    if older == newer {
        return format!("changed in white space only (now {})", code(new));
    }
    if (is_long(&older) || is_long(&newer))
        && let (Value::Array(older), Value::Array(newer)) = (old, new)
    {
        return list_changed(older, newer);
    }
    let [older, newer] = codes(old, new);
    format!("changed from {older} to {newer}")
}

/// Returns two values as code. If they are long, the parts in which they differ are shown.
pub(super) fn codes(old: &Value, new: &Value) -> [String; 2] {
    let (older, newer) = (text(old), text(new));
    let (older, newer) = match older != newer && (is_long(&older) || is_long(&newer)) {
        true => differing(&older, &newer),
        false => return [code(old), code(new)],
    };
    [in_code(&older), in_code(&newer)]
}

/// Returns the values of a list as code. Values that would be cut to the same text as one of the
/// list or of another list are cut to the part in which they differ.
pub(super) fn list(values: Option<&Value>, others: Option<&Value>) -> String {
    let known = [values, others].into_iter().flatten();
    let known = known.filter_map(Value::as_array).flatten();
    let known: Vec<&Value> = known.filter(|value| is_long(&text(value))).collect();
    list_by(values, |value| {
        let is_confusable = |other: &&&Value| **other != value && code(other) == code(value);
        match known.iter().find(is_confusable) {
            Some(other) if is_long(&text(value)) => {
                let [_, shown] = codes(other, value);
                shown
            }
            _ => code(value),
        }
    })
}

fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST).is_some()
}

/// Returns the items that a list lost, and those that it gained.
fn list_changed(old: &[Value], new: &[Value]) -> String {
    let missing = |items: &[Value], others: &[Value]| {
        let missing = items.iter().filter(|item| !others.contains(item));
        missing.cloned().collect::<Vec<_>>()
    };
    let (removed, added) = (missing(old, new), missing(new, old));
    let (removed, added) = (Value::Array(removed), Value::Array(added));
    let clause = |verb, items: &Value, others: &Value| {
        let has_items = items.as_array().is_some_and(|items| !items.is_empty());
        has_items.then(|| format!("{verb} {}", list(Some(items), Some(others))))
    };
    let (removed, added) = (
        clause("no longer has", &removed, &added),
        clause("now has", &added, &removed),
    );
    let clauses: Vec<String> = removed.into_iter().chain(added).collect();
    match clauses.is_empty() {
        true => "has its items in another order".to_owned(),
        false => clauses.join(" and "),
    }
}

/// Returns two texts without the beginning and the end that they have in common.
fn differing(old: &str, new: &str) -> (String, String) {
    let [old, new]: [Vec<char>; 2] = [old, new].map(|text| text.chars().collect());
    let common = |pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        pairs.take_while(|(old, new)| old == new).count()
    };
    let prefix = common(&mut old.iter().zip(&new));
    let suffix = common(&mut old[prefix..].iter().rev().zip(new[prefix..].iter().rev()));
    let start = beginning(&old[..prefix]);
    let after = old[old.len() - suffix..].iter().rev().copied();
    let kept = suffix - beginning(&after.collect::<Vec<_>>());
    let shown = |text: &[char]| {
        let end = text.len() - suffix + kept;
        let mut shown: String = text[start..end].iter().take(LONGEST).collect();
        if end < text.len() || end - start > LONGEST {
            shown.push('…');
        }
        match start {
            0 => shown,
            _ => format!("…{shown}"),
        }
    };
    (shown(&old), shown(&new))
}

/// Returns the position from which the text before a difference is shown, if possible that of a
/// word.
fn beginning(before: &[char]) -> usize {
    let start = match before.len().saturating_sub(AROUND) {
        // The cut would save nothing.
        ..=2 => return 0,
        start => start,
    };
    let space = before[start..].iter().position(|c| c.is_whitespace());
    space.map_or(start, |space| start + space + 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn changed_value_of_another_type_is_quoted() {
        let sentence = changed(&json!(true), &json!("true"));
        assert_eq!(sentence, r#"changed from `true` to `"true"`"#);
    }

    #[test]
    fn changed_long_value_is_cut_to_the_difference() {
        let text = |word| {
            let end = "and another twenty words that nobody changed";
            format!("The first of many words that are the same, then {word} {end}")
        };
        let sentence = changed(&json!(text("one")), &json!(text("three")));
        assert_eq!(
            sentence,
            "changed from `…the same, then one and another…` to `…the same, then three and another…`"
        );
    }

    #[test]
    fn changed_long_value_that_lost_its_end_is_cut_to_the_difference() {
        let long = "0123456789".repeat(9);
        let sentence = changed(&json!(long), &json!(&long[..80]));
        assert_eq!(
            sentence,
            "changed from `…45678901234567890123456789` to `…4567890123456789`"
        );
    }

    #[test]
    fn changed_long_list_shows_what_it_lost_and_gained() {
        let list = |last: &str| {
            let mut items: Vec<String> = (0..30).map(|number| format!("item {number}")).collect();
            items.push(last.to_owned());
            json!(items)
        };
        let sentence = changed(&list("old"), &list("new"));
        assert_eq!(sentence, "no longer has `old` and now has `new`");
    }

    #[test]
    fn long_items_of_lists_are_cut_to_the_difference() {
        let long = |end: &str| format!("{}{end}", "0123456789".repeat(9));
        let (old, new) = (json!([long("a")]), json!([long("b"), long("c")]));
        assert_eq!(list(Some(&old), Some(&new)), "`…4567890123456789a`");
        assert_eq!(
            list(Some(&new), Some(&old)),
            "`…4567890123456789b`, `…4567890123456789c`"
        );
    }

    #[test]
    fn changed_white_space_is_named() {
        let sentence = changed(&json!("a  b"), &json!("a b"));
        assert_eq!(sentence, "changed in white space only (now `a b`)");
    }
}
