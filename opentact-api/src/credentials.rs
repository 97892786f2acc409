//! The tokens of a client: secret values, the schemes that they belong to, the session that renews one, and
//! their redaction from messages.

#[cfg(feature = "sign-in")]
pub(crate) mod jwt;
pub(crate) mod recording;
pub(crate) mod redact;
pub(crate) mod scheme;
pub(crate) mod secret;
#[cfg(feature = "sign-in")]
pub(crate) mod session;
#[cfg(not(feature = "sign-in"))]
#[path = "credentials/no_session.rs"]
pub(crate) mod session;
pub(crate) mod token;
