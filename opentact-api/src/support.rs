//! The functions that generated code calls.

pub(crate) mod debug;
pub(crate) mod null;
pub(crate) mod options;
pub(crate) mod request;
