//! Tests of the generator: rules, generated code, and the path between them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // helpers of tests

#[macro_use]
mod support;

mod checked_in;
mod docs;
mod examples;
mod files;
mod generated_code;
mod hostile;
mod large;
mod limits;
mod mutations;
mod progenitor;
mod provenance;
mod public_api;
mod registry;
mod robustness;
mod rules;
mod types;
mod vendor;
