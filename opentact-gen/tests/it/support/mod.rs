//! Specs, edits of them and views of the generated code for several tests.

#[macro_use]
pub(crate) mod findings;

pub(crate) mod drawing;
pub(crate) mod hostile;
pub(crate) mod large;
pub(crate) mod mutations;
pub(crate) mod public_api;
pub(crate) mod single_file;
pub(crate) mod spec;
pub(crate) mod vendor;
