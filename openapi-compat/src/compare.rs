//! The comparison of two documents, element by element. Schemas are compared in [`crate::schema`].

mod annotations;
pub(crate) mod document;
mod endpoint;
mod headers;
mod media_type;
mod operation;
mod parameters;
mod request_body;
mod responses;
mod security;
mod security_scheme;
mod serialized_value;
mod servers;
