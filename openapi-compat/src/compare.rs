//! The comparison of two documents, element by element.

mod content;
pub(crate) mod document;
mod operation;
mod parameters;
mod security;
