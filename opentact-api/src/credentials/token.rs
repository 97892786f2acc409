//! The tokens of a client and the headers that carry them.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::credentials::scheme::Scheme;
use crate::credentials::secret::Secret;

/// The tokens of a call, and the further secrets of it that are redacted.
#[derive(Clone)]
pub(crate) struct Tokens {
    /// Those of the call itself come first, then those of its client.
    tokens: Arc<[Token]>,
    /// The number of tokens of the call itself. If there are any, no other token is sent.
    of_call: usize,
    further: Arc<[Secret]>,
}

#[derive(Clone)]
pub(crate) struct Token {
    scheme: &'static Scheme,
    header: HeaderName,
    value: HeaderValue,
}

/// The error for a token that cannot be sent.
#[derive(Debug)]
pub(crate) struct InvalidToken {
    pub(crate) scheme: &'static Scheme,
    pub(crate) reason: &'static str,
}

impl Token {
    /// Creates the header of a token.
    pub(crate) fn new(scheme: &'static Scheme, token: Secret) -> Result<Self, InvalidToken> {
        Ok(Self {
            scheme,
            header: HeaderName::from_static(scheme.header),
            value: header_value(scheme.prefix, token)
                .map_err(|reason| InvalidToken { scheme, reason })?,
        })
    }

    /// Adds the header to a request. It replaces another one of the same name.
    pub(crate) fn add_to(&self, request: &mut Request) {
        let headers = request.headers_mut();
        headers.insert(self.header.clone(), self.value.clone());
    }

    /// Returns the token in plain text, without the prefix of its header.
    pub(crate) fn expose_secret(&self) -> &str {
        let value = self.value.to_str().unwrap_or_default();
        value.get(self.scheme.prefix.len()..).unwrap_or_default()
    }
}

impl Tokens {
    /// Creates the header of each token of a client.
    pub(crate) fn new(tokens: &[(&'static Scheme, Secret)]) -> Result<Self, InvalidToken> {
        let none = Self {
            tokens: Arc::default(),
            of_call: 0,
            further: Arc::default(),
        };
        Ok(Self {
            of_call: 0,
            ..none.of_call(tokens)?
        })
    }

    /// Returns these tokens with those of a call, which are sent in place of all others. The others are
    /// still redacted.
    pub(crate) fn of_call(
        &self,
        tokens: &[(&'static Scheme, Secret)],
    ) -> Result<Self, InvalidToken> {
        let mut all = Vec::with_capacity(tokens.len() + self.tokens.len());
        for (scheme, token) in tokens {
            all.push(Token::new(scheme, token.clone())?);
        }
        all.extend_from_slice(&self.tokens);
        Ok(Self {
            tokens: all.into(),
            of_call: tokens.len(),
            further: Arc::clone(&self.further),
        })
    }

    /// Returns these tokens with further secrets that are redacted but not sent as tokens.
    pub(crate) fn with_secrets(&self, secrets: &[Secret]) -> Self {
        let mut tokens = self.clone();
        if !secrets.is_empty() {
            tokens.further = [&*self.further, secrets].concat().into();
        }
        tokens
    }

    /// Returns the token of a scheme, or `None` if there is none.
    pub(crate) fn of(&self, scheme: &'static Scheme) -> Option<&Token> {
        let end = match self.of_call {
            0 => self.tokens.len(),
            of_call => of_call,
        };
        let mut tokens = self.tokens.get(..end)?.iter();
        tokens.find(|token| std::ptr::eq(token.scheme, scheme))
    }

    /// Returns `true` if the call has tokens of its own.
    pub(crate) fn are_of_call(&self) -> bool {
        self.of_call > 0
    }

    /// Returns the secrets in plain text, so that they can be redacted from messages.
    pub(crate) fn expose_secrets(&self) -> impl Iterator<Item = &str> {
        let tokens = self.tokens.iter().map(Token::expose_secret);
        tokens.chain(self.further.iter().map(Secret::expose_secret))
    }
}

/// Returns the header value of a token. `Debug` does not show it, and its memory is overwritten when
/// the last clone is dropped.
fn header_value(prefix: &str, token: Secret) -> Result<HeaderValue, &'static str> {
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
    let start = text.get(..prefix.len()).unwrap_or_default();
    if !prefix.is_empty() && start.eq_ignore_ascii_case(prefix) {
        return Err("it starts with the name of its scheme, which the client adds");
    }
    let value = match prefix {
        "" => token,
        _ => {
            // The text must not move while it grows: a copy would stay behind.
            let mut value = Zeroizing::new(String::with_capacity(prefix.len() + text.len()));
            value.push_str(prefix);
            value.push_str(text);
            Secret::from(value)
        }
    };
    let value = Bytes::from_owner(Owner(value));
    let mut value = HeaderValue::from_maybe_shared(value).map_err(|_| unfit)?;
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
        name: "Main",
        header: "x-main",
        prefix: "",
        setter: "ClientBuilder::main",
    };
    static ONE: Scheme = Scheme {
        name: "One",
        header: "authorization",
        prefix: "Bearer ",
        setter: "ClientBuilder::one",
    };
    /// Equal to [`ONE`], but not identical.
    static OTHER: Scheme = Scheme {
        name: "One",
        header: "authorization",
        prefix: "Bearer ",
        setter: "ClientBuilder::one",
    };

    fn tokens(given: &[(&'static Scheme, Secret)]) -> Tokens {
        match Tokens::new(given) {
            Ok(tokens) => tokens,
            Err(error) => unreachable!("{error:?}"),
        }
    }

    /// Returns the header of a scheme.
    fn sent(tokens: &Tokens, scheme: &'static Scheme) -> Option<String> {
        let Token { header, value, .. } = tokens.of(scheme)?;
        Some(format!("{header}: {}", value.to_str().ok()?))
    }

    #[test]
    fn header_value_in_debug_is_hidden() {
        for prefix in ["", "Bearer "] {
            let value = header_value(prefix, Secret::from("token"));
            assert!(value.as_ref().is_ok_and(HeaderValue::is_sensitive));
            assert_eq!(format!("{value:?}"), "Ok(Sensitive)");
        }
    }

    #[test]
    fn header_value_that_repeats_its_prefix_is_refused() {
        let refused = |prefix, token| header_value(prefix, Secret::from(token)).err();
        let reason = "it starts with the name of its scheme, which the client adds";
        assert_eq!(refused("Bearer ", "bearer abc"), Some(reason));
        assert_eq!(refused("Bearer ", "bearer"), None);
        assert_eq!(refused("", "Bearer abc"), None);
    }

    #[test]
    fn header_of_each_scheme_carries_its_own_token() {
        let tokens = tokens(&[(&MAIN, Secret::from("a")), (&ONE, Secret::from("b"))]);
        assert_eq!(sent(&tokens, &MAIN).as_deref(), Some("x-main: a"));
        assert_eq!(
            sent(&tokens, &ONE).as_deref(),
            Some("authorization: Bearer b")
        );
        assert_eq!(sent(&tokens, &OTHER), None);
        assert!(tokens.expose_secrets().eq(["a", "b"]));
    }

    /// Otherwise a server that acts for a user would act as itself, because an operation prefers another
    /// scheme.
    #[test]
    fn token_of_a_call_is_sent_in_place_of_all_others() {
        let tokens = tokens(&[(&MAIN, Secret::from("a")), (&ONE, Secret::from("b"))]);
        let Ok(tokens) = tokens.of_call(&[(&ONE, Secret::from("c"))]) else {
            unreachable!("it can be sent");
        };
        assert_eq!(sent(&tokens, &MAIN), None);
        assert_eq!(
            sent(&tokens, &ONE).as_deref(),
            Some("authorization: Bearer c")
        );
        let tokens = tokens.with_secrets(&[Secret::from("d")]);
        assert_eq!(sent(&tokens, &MAIN), None);
        assert!(tokens.expose_secrets().eq(["c", "a", "b", "d"]));
    }
}
