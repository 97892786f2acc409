//! What a contributor types: `cargo xtask <command>`.
//!
//! Thin: arguments, files, colours and exit codes. The work is done by `opentact-gen`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a terminal program

mod bench;
mod diff;
mod files;
mod generate;
mod git;
mod sides;

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
    /// Derive the code of opentact-api from openapi/*.yaml.
    ///
    /// Writes opentact-api/src/generated.rs, and the spec as one document for the sandbox and
    /// for other tools: opentact-sandbox/src/openapi.json.
    ///
    /// Exits with 1 where --check finds a file stale, and with 2 where the spec cannot be
    /// used: every finding is shown, and no file is touched.
    Generate(generate::Arguments),

    /// Show whom a change to the spec breaks, and which version must follow.
    ///
    /// BASE and HEAD are each a git revision, which stands for openapi/*.yaml as of that commit,
    /// or a path: to an OpenAPI 3.0 document, YAML or JSON, or to a folder of YAML files that are
    /// one together. Where there is a file of that name, or such a folder, it is that;
    /// `refs/heads/NAME` is the branch all the same. The default branch is
    /// origin/HEAD, or else the first of origin/main, origin/master, main and master: on it,
    /// what is not committed is compared with what is.
    ///
    /// The version of a commit and of the working tree is that of opentact-api in its Cargo.toml,
    /// and of any other file its `info.version`.
    ///
    /// Exits with 1 where --fail-on says so, and with 2 where there is nothing to report: a
    /// commit or a file is not there, or is no OpenAPI 3.0, and every finding is shown.
    Diff(diff::Arguments),

    /// Measure, and print the tables of BENCHMARKS.md.
    ///
    /// Installs what it compares with into the target folder, and says where that is not possible.
    /// Exits with 1 where --check says so, and with 2 where nothing can be measured.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Generate(arguments) => exit_code(generate::run(&arguments)),
        Command::Diff(arguments) => exit_code(diff::run(&arguments)),
        Command::Bench(arguments) => exit_code(bench::run(&arguments)),
    }
}

fn exit_code(result: Result<impl Into<ExitCode>, impl std::error::Error>) -> ExitCode {
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
