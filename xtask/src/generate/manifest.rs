//! The features of the pages in the manifest of the SDK.

use anyhow::{Context, Result};

/// The manifest of the SDK, from the root of the workspace.
pub(super) const MANIFEST: &str = "opentact-api/Cargo.toml";
/// The line before the features of the pages.
const START: &str =
    "# The pages of the API: `cargo xtask generate` writes the features from here on.\n";
/// The line after them.
const END: &str = "# The end of the pages of the API.\n";

/// Returns the text of a manifest with these features of the pages.
pub(super) fn with_features(manifest: &str, features: &str) -> Result<String> {
    let parts = manifest.split_once(START).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = parts.with_context(|| {
        let (start, end) = (START.trim_end(), END.trim_end());
        format!("{MANIFEST} lacks the line `{start}` in `[features]`, and after it `{end}`")
    })?;
    Ok(format!("{before}{START}{features}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_features_replaces_those_between_the_two_lines() {
        let manifest =
            |features: &str| format!("[features]\nown = []\n{START}{features}{END}\n[lints]\n");
        let replaced = with_features(&manifest("former = []\n"), "new = []\n").unwrap();
        assert_eq!(replaced, manifest("new = []\n"));
    }

    #[test]
    fn with_features_without_the_lines_is_an_error_that_shows_them() {
        let error = with_features("[features]\n", "").unwrap_err().to_string();
        assert!(
            error.contains(START.trim_end()) && error.contains(END.trim_end()),
            "{error}"
        );
    }
}
