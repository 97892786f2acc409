//! Derives the `opentact-api` crate from its spec.
//!
//! [`generate()`] reads as the list of the stages: load, rules, lower, generate, rewrite, render.
//! The library is pure: text in, text or [`Findings`](openapi_tree::Findings) out. It reads no files,
//! prints nothing and never ends the process; `xtask` does that. While progenitor runs, the panic
//! hook of the process is silent on that thread, because progenitor's panics become findings.

mod bisect;
mod generate;
mod ir;
mod lower;
mod progenitor;
pub mod public_api;
mod render;
mod rewrite;
mod rules;
mod scheme;

pub use generate::{Generated, generate, generate_from};
pub use ir::{Facts, Operation, Property, Schema, Scheme};
pub use lower::{Prepared, prepare};
pub use progenitor::{Refused, generate as generate_tokens};
pub use render::{Module, render};
pub use rewrite::{CodeFile, UnexpectedShape, harden};
pub use rules::{check, rules};
