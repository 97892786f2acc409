//! The tokens of a client, and the headers that carry them.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};

use crate::auth::scheme::Scheme;
use crate::auth::secret::Secret;
use crate::build_error::BuildError;
use crate::generated::service::MAIN_SCHEME;

/// The tokens that a client was given, at most one for each scheme.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<[Token]>);

struct Token {
    scheme: &'static Scheme,
    header: HeaderName,
    value: HeaderValue,
}

impl Tokens {
    /// Makes headers of what a builder was given.
    pub(crate) fn new(given: Vec<(&'static Scheme, Secret)>) -> Result<Self, BuildError> {
        let tokens = given.into_iter().map(|(scheme, token)| {
            Ok(Token {
                scheme,
                header: HeaderName::from_static(scheme.header),
                value: header_value(token).map_err(|reason| refused(scheme, reason))?,
            })
        });
        tokens.collect::<Result<_, _>>().map(Self)
    }

    /// The header that a scheme asks for, where there is a token for it.
    pub(crate) fn header(&self, scheme: &'static Scheme) -> Option<(HeaderName, HeaderValue)> {
        let mut tokens = self.0.iter();
        let token = tokens.find(|token| std::ptr::eq(token.scheme, scheme))?;
        Some((token.header.clone(), token.value.clone()))
    }

    /// The tokens themselves, to be taken out of what is shown.
    pub(crate) fn expose_secrets(&self) -> impl Iterator<Item = &str> {
        let tokens = self.0.iter();
        tokens.map(|token| token.value.to_str().unwrap_or_default())
    }
}

fn refused(scheme: &'static Scheme, reason: &'static str) -> BuildError {
    if std::ptr::eq(scheme, MAIN_SCHEME) {
        return BuildError::InvalidToken(reason);
    }
    BuildError::InvalidTokenOf {
        setter: scheme.setter,
        reason,
    }
}

/// The value of a token's header: marked as sensitive, so that `Debug` does not show it, and
/// overwritten in memory when the last copy of it is dropped.
fn header_value(token: Secret) -> Result<HeaderValue, &'static str> {
    let text = token.expose_secret();
    if text.trim().is_empty() {
        return Err("it is empty");
    }
    if text.trim() != text {
        return Err("it starts or ends with white space");
    }
    let unfit = "it has characters that a header cannot carry";
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

    /// Alike, and not the same.
    static ONE: Scheme = Scheme {
        header: "x-one",
        setter: "ClientBuilder::one",
    };
    static OTHER: Scheme = Scheme {
        header: "x-one",
        setter: "ClientBuilder::one",
    };

    #[test]
    fn the_value_is_sensitive() {
        let value = header_value(Secret::from("token"));
        assert!(value.as_ref().is_ok_and(HeaderValue::is_sensitive));
        assert_eq!(format!("{value:?}"), "Ok(Sensitive)");
    }

    #[test]
    fn each_scheme_has_its_own_token() {
        let given = vec![(MAIN_SCHEME, Secret::from("a")), (&ONE, Secret::from("b"))];
        let Ok(tokens) = Tokens::new(given) else {
            unreachable!("both can be sent");
        };
        let sent = |scheme| {
            let (header, value) = tokens.header(scheme)?;
            Some(format!("{header}: {}", value.to_str().ok()?))
        };
        assert_eq!(
            sent(MAIN_SCHEME),
            Some(format!("{}: a", MAIN_SCHEME.header))
        );
        assert_eq!(sent(&ONE).as_deref(), Some("x-one: b"));
        assert_eq!(sent(&OTHER), None);
        assert!(tokens.expose_secrets().eq(["a", "b"]));
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_named() {
        let shown = |scheme| match Tokens::new(vec![(scheme, Secret::from("b\n"))]) {
            Ok(_) => "it can be sent".to_owned(),
            Err(error) => error.to_string(),
        };
        let reason = "cannot be used: it starts or ends with white space";
        assert_eq!(shown(MAIN_SCHEME), format!("the token {reason}"));
        let named = format!("the token of `ClientBuilder::one` {reason}");
        assert_eq!(shown(&ONE), named);
    }
}
