//! Tests of the sandbox over real HTTP, with the SDK and without it.
#![allow(clippy::unwrap_used)] // helpers of tests

mod account;
mod browsers;
mod control;
#[cfg(unix)] // python3, sh and curl
mod control_examples;
mod credentials;
#[cfg(feature = "docs")]
mod docs;
mod every_operation;
mod faults;
mod groups;
mod invalid_requests;
mod numbers;
#[cfg(feature = "record")]
mod recorder;
mod resources;
mod start;
mod state;
mod support;
mod tour;
mod whole_day;
