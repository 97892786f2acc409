//! Inclusion of schemas: the proof that every value of one schema is valid against another one.
//!
//! [`Proof`] is the result. [`Prover`] is the interface, [`jsoncompat`] its implementation, and
//! [`prover_thread`] runs it with a large stack. [`provable`] turns schemas of OpenAPI into the JSON
//! Schema that is proved.

pub(crate) mod jsoncompat;
pub(crate) mod proof;
pub(crate) mod provable;
pub(crate) mod prover_thread;

use serde_json::Value;

/// The result of an attempt to prove that one schema includes another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Inclusion {
    /// Every value of the narrow schema is valid against the wide one.
    Proved,
    /// There is a value that only the narrow schema allows.
    Refuted,
    /// Neither a proof nor a counterexample was found.
    Unknown,
}

/// A prover of inclusion.
pub(crate) trait Prover {
    /// Tries to prove that every value of the schema `narrow` is valid against the schema `wide`.
    /// Both are JSON Schema, draft 2020-12.
    fn includes(&self, wide: &Value, narrow: &Value) -> Inclusion;
}
