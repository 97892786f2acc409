//! Resources that are created, read, updated, deleted and listed. One table has all kinds of
//! them; the code is the same for all.

mod collections;
mod operations;
mod render;
mod search;
pub(crate) mod table;

pub(crate) use collections::{Collections, Object, text};
pub(crate) use render::{Shapes, is_known};
pub(crate) use search::{digits, fits, fits_mask, sort};
