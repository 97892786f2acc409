//! Inclusion of schemas: the proof that every value of one schema is valid against another one.
//!
//! [`prover::Prover`] is the interface, [`jsoncompat`] its implementation, and [`prover_thread`]
//! runs it with a large stack. [`provable`] turns schemas of OpenAPI into the JSON Schema that is
//! proved.

pub(crate) mod jsoncompat;
pub(crate) mod provable;
pub(crate) mod prover;
pub(crate) mod prover_thread;
mod witnesses;
