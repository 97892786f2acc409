//! `openapi-compat`: compares two OpenAPI documents and prints a report.

mod cli;
mod input;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cli::run::run(cli::arguments::Arguments::parse())
}
