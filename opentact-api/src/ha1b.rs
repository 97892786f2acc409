//! The digest from which a SIP user's token is made.

use std::fmt::Write as _;

use zeroize::Zeroizing;

use crate::credentials::secret::Secret;

/// Returns the HA1B digest of a SIP user: the MD5 of `username@domain:domain:password`, in lower-case
/// hexadecimal. It can be used as the token of [`ClientBuilder::ha1b_token`](crate::ClientBuilder::ha1b_token).
///
/// The formula is that of the [FAQ of OpenSIPS](https://www.opensips.org/Documentation/TipsFAQ), to which the
/// vendor's documentation refers, for a realm that is the domain. The vendor does not confirm the formula
/// or the realm for this service: compare the result with the `ha1b` of a SIP user first. The service
/// has the right value in any case.
///
/// The digest is a secret like the password.
///
/// ```
/// use opentact_api::{Client, ha1b};
///
/// let token = ha1b("alice", "sip.example.org", "secret");
/// let client = Client::builder().ha1b_token(token).build()?;
/// # Ok::<_, opentact_api::BuildError>(())
/// ```
pub fn ha1b(username: &str, domain: &str, password: impl Into<Secret>) -> Secret {
    let password = password.into();
    let mut digest = md5::Context::new();
    for part in [
        username,
        "@",
        domain,
        ":",
        domain,
        ":",
        password.expose_secret(),
    ] {
        digest.consume(part);
    }
    let digest = Zeroizing::new(digest.finalize().0);
    // The text must not move while it grows: a copy would stay behind.
    let mut hex = Zeroizing::new(String::with_capacity(2 * digest.len()));
    for byte in digest.iter() {
        let _ = write!(hex, "{byte:02x}"); // a string takes everything
    }
    Secret::from(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests are those of `printf '%s' 'alice@sip.example.org:sip.example.org:secret' | md5sum`.
    #[test]
    fn ha1b_is_the_md5_of_the_formula() {
        for (username, domain, password, digest) in [
            (
                "alice",
                "sip.example.org",
                "secret",
                "1449ffec34dd8807eda2eff679d014ee",
            ),
            (
                "j\u{fc}rgen",
                "sip.example.org",
                "pass:w\u{f6}rd",
                "8db8f4c513ee10196b1cf4b52c2a9c8d",
            ),
            ("bob", "a", "", "ae91281bb8b226dc1a209e0c6340fcd4"),
        ] {
            assert_eq!(ha1b(username, domain, password).expose_secret(), digest);
        }
    }
}
