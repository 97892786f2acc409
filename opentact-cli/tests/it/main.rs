//! Tests of the real binary, as a user runs it, against a real sandbox.
#![allow(clippy::unwrap_used)] // helpers of tests

mod certificates;
mod commands;
#[cfg(unix)]
mod gate;
#[cfg(unix)]
mod group_sync;
#[cfg(unix)]
mod group_terminal;
#[cfg(unix)]
mod group_users;
mod identity;
mod output;
mod sandbox_command;
mod service_errors;
#[cfg(unix)]
mod sessions;
mod sources;
mod support;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod terminal_login;
mod users;
mod warnings;
