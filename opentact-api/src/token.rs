//! The header that carries the token.

use bytes::Bytes;
use reqwest::header::HeaderValue;

use crate::build_error::BuildError;
use crate::secret::Secret;

/// The value of the token's header: marked as sensitive, so that `Debug` does not show it, and
/// overwritten in memory when the last copy of it is dropped.
pub(crate) fn header_value(token: Secret) -> Result<HeaderValue, BuildError> {
    let text = token.expose_secret();
    if text.trim().is_empty() {
        return Err(BuildError::InvalidToken("it is empty"));
    }
    if text.trim() != text {
        return Err(BuildError::InvalidToken(
            "it starts or ends with white space",
        ));
    }
    let unfit = BuildError::InvalidToken("it has characters that a header cannot carry");
    let is_visible = |byte: u8| (0x20..0x7f).contains(&byte);
    if !text.bytes().all(is_visible) {
        return Err(unfit);
    }
    let mut value =
        HeaderValue::from_maybe_shared(Bytes::from_owner(Owner(token))).map_err(|_| unfit)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Owns the memory of a header value, so that dropping the value overwrites it.
struct Owner(Secret);

impl AsRef<[u8]> for Owner {
    fn as_ref(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_sensitive() {
        let value = header_value(Secret::from("token")).map_err(|error| error.to_string());
        assert!(value.as_ref().is_ok_and(HeaderValue::is_sensitive));
        assert_eq!(format!("{value:?}"), "Ok(Sensitive)");
    }
}
