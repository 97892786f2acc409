//! Generates the code of the `opentact-api` crate from its spec.
//!
//! [`generate()`] lists the stages: load, rules, lower, progenitor, rewrite, render. The library is pure:
//! it turns text into text or [`Findings`](openapi_tree::Findings). It reads no files, prints nothing and
//! never ends the process; `xtask` does that. While progenitor runs, the panic hook of the process is
//! silent on that thread, because progenitor's panics become findings.

mod bisect;
mod features;
mod generate;
mod ir;
mod lower;
mod names;
mod progenitor;
pub mod public_api;
mod reach;
mod render;
mod rewrite;
mod rules;
mod setter;
mod spec;
mod test_calls;

pub use generate::{Generated, Pages, generate, generate_from, generate_public_api};
pub use render::Module;
pub use rules::{check, rules};

/// The single stages of [`generate()`], for benchmarks.
pub mod stages {
    pub use crate::ir::Ir;
    pub use crate::lower::{Lowered, lower};
    pub use crate::progenitor::progenitor;
    pub use crate::render::render;
    pub use crate::rewrite::{CodeFiles, rewrite};
}
