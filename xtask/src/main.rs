//! What a contributor types: `cargo xtask <command>`.
//!
//! Thin: arguments, files, colours and exit codes. The work is done by `opentact-gen`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a terminal program

mod files;
mod generate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the opentact workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Derive opentact-api/src/generated.rs from openapi/groups.yaml.
    ///
    /// Exits with 1 where --check finds the file stale, and with 2 where the spec cannot be
    /// used: every finding is shown, and no file is touched.
    Generate {
        /// Write nothing; show what would change and exit with 1 if anything would.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate { check } => generate::run(check),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
