//! The versions that documents declare.
//!
//! OpenAPI allows any text as `info.version`. Many documents have a SemVer in a shorter form.

use semver::Version;

/// Returns the SemVer that a text means, or `None` if it means none.
///
/// A `v` may stand before it. Numbers that are missing are 0, as in Cargo's requirements. A
/// pre-release needs two numbers before it, so that a date is no version.
///
/// ```
/// use openapi_compat::parse_version;
///
/// let parsed = |text| parse_version(text).map(|version| version.to_string());
/// assert_eq!(parsed("v1.11.8").as_deref(), Some("1.11.8"));
/// assert_eq!(parsed("2.0").as_deref(), Some("2.0.0"));
/// assert_eq!(parsed("65").as_deref(), Some("65.0.0"));
/// assert_eq!(parsed("2.0-beta.1").as_deref(), Some("2.0.0-beta.1"));
/// assert_eq!(parsed("2024-06-01"), None);
/// ```
pub fn parse_version(text: &str) -> Option<Version> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(end);
    let missing = match (numbers.split('.').count(), suffix.is_empty()) {
        (1, true) => ".0.0",
        (2, _) => ".0",
        (3, _) => "",
        _ => return None,
    };
    format!("{numbers}{missing}{suffix}").parse().ok()
}
