//! The tokens of a client: secret values, the schemes that they belong to, and their redaction from
//! messages.

pub(crate) mod redact;
pub(crate) mod scheme;
pub(crate) mod secret;
pub(crate) mod token;
