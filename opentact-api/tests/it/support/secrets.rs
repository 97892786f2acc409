//! Known secrets, and the search for them in all encodings.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The token of every client whose output is searched.
pub(crate) const TOKEN: &str = "7d1f0a52c9be4e66-Canary+90b3d8f1a2/c4e6f8";
/// The `ha1` of a SIP user.
pub(crate) const HA1: &str = "0f7a1c5be2d94830a6b1f3c8d7e92045";
/// The `ha1b` of a SIP user.
pub(crate) const HA1B: &str = "c1e8d2f07b3a4965e0d4b8a7f6c53912";

/// The number of characters from the start of a secret that already reveal it.
const REVEALING: usize = 10;

/// Returns the secrets in plain text, hexadecimal and Base64, with spaces between them.
pub(crate) fn in_all_encodings() -> String {
    let encodings = [TOKEN, HA1, HA1B].map(|secret| {
        let hex = hex(secret);
        let credentials = STANDARD.encode(format!("user:{secret}"));
        let url_safe = URL_SAFE_NO_PAD.encode(secret);
        format!(
            "{secret} {hex} {} {url_safe} {credentials}",
            hex.to_uppercase()
        )
    });
    encodings.join(" ")
}

/// Returns the start of the first secret in the text, in any encoding.
pub(crate) fn find_in(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let starts = [TOKEN, HA1, HA1B].into_iter().flat_map(|secret| {
        // The Base64 of a secret depends on the number of bytes before it.
        let encoded = ["", "r:", "er:"].map(|before| {
            let encoded = STANDARD_NO_PAD.encode(format!("{before}{secret}"));
            encoded[before.len().div_ceil(3) * 4..].to_owned()
        });
        let url_safe = URL_SAFE_NO_PAD.encode(secret);
        let bytes = format!("{:?}", secret.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']).to_owned();
        [secret.to_owned(), hex(secret), url_safe, bytes]
            .into_iter()
            .chain(encoded)
            .map(|encoding| encoding[..REVEALING * 2].to_lowercase())
            .chain([secret[..REVEALING].to_lowercase()])
    });
    starts.into_iter().find(|start| text.contains(start))
}

fn hex(secret: &str) -> String {
    secret.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns everything that an error and its sources show in `Display` and `Debug`.
pub(crate) fn shown_by(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(Some(error), |error| error.source());
    sources
        .map(|source| format!("{source} {source:?} {source:#?}\n"))
        .collect()
}
