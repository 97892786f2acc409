//! Tests of the real binary, as a user runs it, against a real sandbox.
#![allow(clippy::unwrap_used)] // helpers of tests

mod api;
mod certificates;
mod commands;
mod completions;
mod domains;
#[cfg(unix)]
mod gate;
#[cfg(unix)]
mod group_changes;
#[cfg(unix)]
mod group_sync;
#[cfg(unix)]
mod group_terminal;
#[cfg(unix)]
mod group_users;
mod identity;
mod numbers;
mod output;
mod sandbox_command;
#[cfg(unix)]
mod sandbox_record;
#[cfg(unix)]
mod sandbox_state;
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
