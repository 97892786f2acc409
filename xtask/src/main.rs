//! The commands of a contributor: `cargo xtask <command>`.
//!
//! Handles arguments, files, git, colours and exit codes. `opentact-gen` generates, and
//! `openapi-compat` compares.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a terminal program

mod bench;
mod diff;
mod exit;
mod generate;
mod git;
mod pluralize;
mod print;
mod replace;
mod revisions;
mod spec_files;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::exit::Exit;

/// Tasks of the opentact workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the code of opentact-api from openapi/*.yaml.
    ///
    /// Writes the code to opentact-api/src/generated/, a module for each page, and the features of the
    /// pages to opentact-api/Cargo.toml. Writes the spec as one document to
    /// opentact-sandbox/src/openapi.json, for the sandbox and for other tools.
    ///
    /// Exits with 1 if --check finds a stale file, and with 2 if the spec has errors. All errors
    /// are reported at once, and nothing is written.
    Generate(generate::Arguments),

    /// Report the changes between two revisions of the spec, and the version bump they require.
    ///
    /// BASE and HEAD are each a commit, such as HEAD~1 or origin/main, or a path. A commit stands
    /// for its openapi/*.yaml. A path names an OpenAPI 3.0 document in YAML or JSON, or a folder
    /// of YAML files that form one document. The folder openapi/, or a file in it, stands for the
    /// whole spec of the working tree. If a name fits both, the path wins; `refs/heads/NAME` always
    /// names the branch.
    ///
    /// The default branch is origin/HEAD, or else the first of origin/main, origin/master, main
    /// and master that exists. On the default branch, uncommitted changes are compared with the
    /// last commit.
    ///
    /// The version of a commit or of the working tree is the version of opentact-api in
    /// Cargo.toml. The version of any other file is its `info.version`.
    ///
    /// A revision whose code cannot be generated is compared on the wire only, and the report names
    /// the reason.
    ///
    /// Exits with 1 if --fail-on rejects the report. Exits with 2 without a report if a commit or
    /// file does not exist, or if a document is not OpenAPI 3.0; all errors are reported at once.
    Diff(diff::Arguments),

    /// Measure the performance, and print the tables of BENCHMARKS.md.
    ///
    /// Installs the competitors into the target folder. A competitor that cannot be installed
    /// gets a row with the reason.
    ///
    /// Exits with 1 if --check finds a missed goal, and with 2 if a measurement fails.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    let exit = result.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error:#}");
        Exit::Failure
    });
    exit.into()
}
