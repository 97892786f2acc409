//! The comparison of two documents, element by element. Schemas are compared in [`crate::schema`].

mod annotations;
pub(crate) mod document;
mod endpoint;
mod messages;
mod operation;
mod parameters;
mod security;
mod serialized_value;
mod servers;
