//! The functions that generated code calls.

pub(crate) mod debug;
pub(crate) mod object;
pub(crate) mod open_enum;
pub(crate) mod optional;
pub(crate) mod options;
pub(crate) mod property;
pub(crate) mod request;
pub(crate) mod secrets;
pub(crate) mod url;
