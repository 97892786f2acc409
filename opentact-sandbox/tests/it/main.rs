//! Tests of the sandbox over real HTTP, with the SDK and without it.
#![allow(clippy::unwrap_used)] // helpers of tests

#[cfg(feature = "docs")]
mod credentials;
mod docs;
mod faults;
mod groups;
mod invalid_requests;
mod numbers;
mod start;
mod support;
mod tour;
mod whole_day;
