//! Counts in messages.

/// Returns a count with its noun, such as `1 error` or `2 errors`.
pub(crate) fn pluralize(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
