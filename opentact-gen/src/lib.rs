//! Derives the `opentact-api` crate from its OpenAPI description.
//!
//! [`generate()`] reads as the list of the stages: load, check, prepare, generate, harden,
//! render. The library is pure: text in, text or [`Findings`] out. It reads no files, prints
//! nothing and never ends the process; that is what `xtask` does. While progenitor runs, the
//! panic hook of the process keeps silent on that thread, for its panics become findings.

mod blame;
mod check;
pub mod diff;
mod facts;
mod finding;
mod generate;
mod harden;
mod json_schema;
mod load;
mod merge;
mod node;
mod prepare;
mod progenitor;
mod render;
mod scheme;
mod source;
mod spec;

pub use check::check;
pub use facts::{Facts, Operation, Property, Schema, Scheme};
pub use finding::{Finding, Findings, Style};
pub use generate::{Generated, generate};
pub use harden::{UnexpectedShape, harden};
pub use json_schema::Schemas;
pub use load::{Document, load};
pub use node::{Entry, Mapping, Node, Value};
pub use prepare::{Prepared, prepare};
pub use progenitor::{Refused, generate as generate_tokens};
pub use render::render;
pub use source::{LineColumn, Source, Sources, Span};
