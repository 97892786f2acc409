//! The comparison of two documents, element by element. Schemas are compared in [`crate::schema`].

mod annotations;
mod base_path;
mod content;
pub(crate) mod document;
mod encoding;
mod endpoint;
mod exploded;
mod headers;
mod operation;
mod parameters;
mod request_body;
mod responses;
mod security;
mod serialization;
mod serialized_value;
mod servers;
mod webhooks;
