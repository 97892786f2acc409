//! Suggestions of names that are near to what was typed.

/// Returns ` (did you mean ...?)` with the nearest name, or nothing if none is near.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let typed = typed.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&typed, &name.to_lowercase());
    let known = known.into_iter().map(|name| (distance(name), name));
    let near = known.min_by_key(|(distance, _)| *distance);
    match near {
        Some((distance, name)) if distance <= typed.len().div_ceil(3).min(5) => {
            format!(" (did you mean `{name}`?)")
        }
        _ => String::new(),
    }
}
