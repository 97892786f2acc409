//! Secrets that are known, to look for where they must not be.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The token of every test client.
pub(crate) const TOKEN: &str = "7d1f0a52c9be4e66-Canary+90b3d8f1a2/c4e6f8";
/// A digest of a SIP user.
pub(crate) const HA1: &str = "0f7a1c5be2d94830a6b1f3c8d7e92045";
/// Another digest of a SIP user.
pub(crate) const HA1B: &str = "c1e8d2f07b3a4965e0d4b8a7f6c53912";

/// How much of a secret may not be seen, from its start.
const TELLING: usize = 10;

/// The secrets in plain, hexadecimal and Base64, with spaces between them.
pub(crate) fn in_every_writing() -> String {
    let writings = [TOKEN, HA1, HA1B].map(|secret| {
        let hex = hex(secret);
        let credentials = STANDARD.encode(format!("user:{secret}"));
        let safe = URL_SAFE_NO_PAD.encode(secret);
        format!("{secret} {hex} {} {safe} {credentials}", hex.to_uppercase())
    });
    writings.join(" ")
}

/// The start of the first secret that can be seen in a text, in any writing.
pub(crate) fn seen_in(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let starts = [TOKEN, HA1, HA1B].into_iter().flat_map(|secret| {
        // What Base64 makes of a secret depends on how many bytes stand before it.
        let encoded = ["", "r:", "er:"].map(|before| {
            let encoded = STANDARD_NO_PAD.encode(format!("{before}{secret}"));
            encoded[before.len().div_ceil(3) * 4..].to_owned()
        });
        let safe = URL_SAFE_NO_PAD.encode(secret);
        let bytes = format!("{:?}", secret.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']).to_owned();
        [secret.to_owned(), hex(secret), safe, bytes]
            .into_iter()
            .chain(encoded)
            .map(|writing| writing[..TELLING * 2].to_lowercase())
            .chain([secret[..TELLING].to_lowercase()])
    });
    starts.into_iter().find(|start| text.contains(start))
}

fn hex(secret: &str) -> String {
    secret.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// All that can be seen of an error: itself and its causes, for people and for developers.
pub(crate) fn shown(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(|cause| format!("{cause} {cause:?} {cause:#?}\n"))
        .collect()
}
