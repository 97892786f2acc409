//! `opentact api`: any operation of the spec.

pub(crate) mod field;
pub(crate) mod request;
pub(crate) mod schema;
pub(crate) mod select;
pub(crate) mod spec;
pub(crate) mod suggestion;
