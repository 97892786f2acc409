//! The tokens of a client: secret values, the schemes that they belong to, the session that renews one, and
//! their redaction from messages.

pub(crate) mod jwt;
pub(crate) mod recording;
pub(crate) mod redact;
pub(crate) mod scheme;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod token;
