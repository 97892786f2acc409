//! The commands of `cargo xtask` as a contributor runs them: the real binary, in workspaces of
//! their own.
#![allow(clippy::unwrap_used, clippy::print_stderr)] // tests

mod bench;
mod diff;
mod diff_errors;
mod diff_levels;
mod generate;
#[cfg(unix)] // bash
mod spec_review;
mod support;
mod watch;
