//! The tokens of a client and the headers that carry them.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};

use crate::auth::scheme::Scheme;
use crate::auth::secret::Secret;

/// The tokens of a client. The first one of a scheme is sent.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<[Token]>);

#[derive(Clone)]
struct Token {
    scheme: &'static Scheme,
    header: HeaderName,
    value: HeaderValue,
}

/// The error for a token that cannot be sent.
pub(crate) struct InvalidToken {
    pub(crate) scheme: &'static Scheme,
    pub(crate) reason: &'static str,
}

impl Token {
    fn new(scheme: &'static Scheme, token: Secret) -> Result<Self, InvalidToken> {
        Ok(Self {
            scheme,
            header: HeaderName::from_static(scheme.header),
            value: header_value(token).map_err(|reason| InvalidToken { scheme, reason })?,
        })
    }
}

impl Tokens {
    /// Creates the header of each token.
    pub(crate) fn new(tokens: Vec<(&'static Scheme, Secret)>) -> Result<Self, InvalidToken> {
        let tokens = tokens.into_iter();
        let tokens = tokens.map(|(scheme, token)| Token::new(scheme, token));
        tokens.collect::<Result<_, _>>().map(Self)
    }

    /// Returns these tokens with another one for a scheme. Those of the same scheme are no longer sent,
    /// but still redacted.
    pub(crate) fn with(
        &self,
        scheme: &'static Scheme,
        token: Secret,
    ) -> Result<Self, InvalidToken> {
        let first = Token::new(scheme, token)?;
        let further = self.0.iter().cloned();
        Ok(Self(std::iter::once(first).chain(further).collect()))
    }

    /// Returns the header of a scheme, or `None` if the client has no token for it.
    pub(crate) fn header(&self, scheme: &'static Scheme) -> Option<(HeaderName, HeaderValue)> {
        let mut tokens = self.0.iter();
        let token = tokens.find(|token| std::ptr::eq(token.scheme, scheme))?;
        Some((token.header.clone(), token.value.clone()))
    }

    /// Returns the tokens in plain text, so that they can be redacted from messages.
    pub(crate) fn expose_secrets(&self) -> impl Iterator<Item = &str> {
        let tokens = self.0.iter();
        tokens.map(|token| token.value.to_str().unwrap_or_default())
    }
}

/// Returns the header value of a token. `Debug` does not show it, and its memory is overwritten when
/// the last clone is dropped.
fn header_value(token: Secret) -> Result<HeaderValue, &'static str> {
    let text = token.expose_secret();
    if text.trim().is_empty() {
        return Err("it is empty");
    }
    if text.trim() != text {
        return Err("it starts or ends with white space");
    }
    let unfit = "it contains characters that a header cannot carry";
    let is_visible = |byte: u8| (0x20..0x7f).contains(&byte);
    if !text.bytes().all(is_visible) {
        return Err(unfit);
    }
    let mut value =
        HeaderValue::from_maybe_shared(Bytes::from_owner(Owner(token))).map_err(|_| unfit)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The owner of a header value's memory. Dropping it overwrites the memory.
struct Owner(Secret);

impl AsRef<[u8]> for Owner {
    fn as_ref(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static MAIN: Scheme = Scheme {
        header: "x-main",
        setter: "Client::builder",
    };
    static ONE: Scheme = Scheme {
        header: "x-one",
        setter: "ClientBuilder::one",
    };
    /// Equal to [`ONE`], but not identical.
    static OTHER: Scheme = Scheme {
        header: "x-one",
        setter: "ClientBuilder::one",
    };

    #[test]
    fn header_value_in_debug_is_hidden() {
        let value = header_value(Secret::from("token"));
        assert!(value.as_ref().is_ok_and(HeaderValue::is_sensitive));
        assert_eq!(format!("{value:?}"), "Ok(Sensitive)");
    }

    #[test]
    fn header_of_each_scheme_carries_its_own_token() {
        let given = vec![(&MAIN, Secret::from("a")), (&ONE, Secret::from("b"))];
        let Ok(tokens) = Tokens::new(given) else {
            unreachable!("both can be sent");
        };
        let sent = |scheme| {
            let (header, value) = tokens.header(scheme)?;
            Some(format!("{header}: {}", value.to_str().ok()?))
        };
        assert_eq!(sent(&MAIN).as_deref(), Some("x-main: a"));
        assert_eq!(sent(&ONE).as_deref(), Some("x-one: b"));
        assert_eq!(sent(&OTHER), None);
        assert!(tokens.expose_secrets().eq(["a", "b"]));
    }

    #[test]
    fn with_a_token_of_the_same_scheme_sends_it_and_redacts_both() {
        let Ok(tokens) = Tokens::new(vec![(&MAIN, Secret::from("a"))]) else {
            unreachable!("it can be sent");
        };
        let Ok(tokens) = tokens.with(&MAIN, Secret::from("b")) else {
            unreachable!("it can be sent");
        };
        let sent = tokens.header(&MAIN).map(|(_, value)| value);
        assert!(sent.is_some_and(|value| value == "b"));
        assert!(tokens.expose_secrets().eq(["b", "a"]));
    }
}
