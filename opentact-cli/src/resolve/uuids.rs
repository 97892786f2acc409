//! UUIDs as they are typed: whole, or their start.

use uuid::Uuid;

/// The fewest characters of the start of a UUID: those before its first hyphen.
const SHORTEST_PREFIX: usize = 8;

/// Parses a UUID with hyphens. Other notations count as names.
pub(crate) fn parse(text: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(text).ok()?;
    (text.len() == 36).then_some(uuid)
}

/// Returns `true` if the text can be the start of a UUID, in upper or lower case.
pub(crate) fn is_prefix(text: &str) -> bool {
    let is_hyphen = |position| matches!(position, 8 | 13 | 18 | 23);
    let mut characters = text.chars().enumerate();
    (SHORTEST_PREFIX..36).contains(&text.len())
        && characters.all(|(position, character)| match is_hyphen(position) {
            true => character == '-',
            false => character.is_ascii_hexdigit(),
        })
}

/// Returns `true` if the UUID starts with the prefix.
pub(crate) fn starts_with(uuid: Uuid, prefix: &str) -> bool {
    uuid.to_string().starts_with(&prefix.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_prefix_accepts_eight_characters_or_more() {
        for text in [
            "5f0c9b1e",
            "5F0C9B1E-",
            "5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b81",
        ] {
            assert!(is_prefix(text), "{text}");
        }
        for text in [
            "",
            "5f0c9b1",
            "5f0c9b1e2",
            "5f0c9b1g",
            "5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812",
            "5f0c9b1\u{e9}",
        ] {
            assert!(!is_prefix(text), "{text}");
        }
    }

    #[test]
    fn parse_accepts_hyphens_only() {
        let uuid = "5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812";
        assert_eq!(
            parse(uuid).map(|uuid| uuid.to_string()).as_deref(),
            Some(uuid)
        );
        assert_eq!(parse("5f0c9b1e2d474c1a8f6b93c7e0a4b812"), None);
        assert_eq!(parse("{5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812}"), None);
    }
}
