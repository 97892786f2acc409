//! `openapi-compat`: compares two OpenAPI documents and prints a report.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cli::run::run(cli::arguments::Arguments::parse())
}
