//! `opentact`: SIP user groups of the OpenTACT telephony API at the terminal.
//!
//! Results go to stdout and everything else to stderr. The exit code says what happened: see
//! [`failure::Failure`].

mod arguments;
mod change_users;
mod client;
mod failure;
mod find;
mod group;
mod output;
mod sandbox;
mod show;
mod verbose;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Command};
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    if arguments.verbose {
        verbose::show_requests();
    }
    let output = Output::new(&arguments);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::refused(format!("cannot start: {error}")))?;
    match arguments.command {
        Command::Group { command } => {
            let client = client::connect(&arguments.connection)?;
            runtime.block_on(group::run(&client, command, &output))
        }
        Command::Sandbox(options) => runtime.block_on(sandbox::run(options, &output)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "opentact", &mut script);
            output.write(&script)
        }
    }
}
