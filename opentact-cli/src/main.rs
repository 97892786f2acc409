//! `opentact`: SIP user groups of the OpenTACT telephony API at the terminal.
//!
//! Results go to stdout and everything else to stderr. A command that fails ends with a
//! [`Failure`]: a message and an exit code.

#[allow(dead_code)]
mod api;
mod arguments;
mod change_users;
mod client;
mod failure;
mod group;
mod output;
mod request_log;
mod resolve;
mod response;
mod sandbox;
mod show;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Command};
use failure::Failure;
use output::Output;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::print_error(failure.message());
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    if arguments.verbose {
        request_log::enable();
    }
    let output = Output::new(&arguments);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::general(format!("cannot start: {error}")))?;
    match arguments.command {
        Command::Group { command } => {
            let client = client::build(&arguments.client)?;
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
