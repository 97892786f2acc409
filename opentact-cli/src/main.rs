//! `opentact`: the OpenTACT telephony API at the terminal.
//!
//! Results go to stdout and everything else to stderr. A command that fails ends with a
//! [`Failure`]: a message and an exit code.

mod api;
mod arguments;
mod client;
mod completions;
mod context;
mod domain;
mod escape;
mod failure;
mod group;
mod identity;
mod input;
mod number;
mod options;
mod output;
mod pages;
mod request_log;
mod resolve;
mod response;
mod sandbox;
mod service_error;
mod set_given;
mod sms;
mod telephone_number;
mod terminal;
mod text;
mod usage;
mod user;
mod version;
mod views;

use std::process::ExitCode;

use clap_complete::CompleteEnv;

use arguments::{Arguments, Command};
use context::Context;
use failure::Failure;
use options::Format;

fn main() -> ExitCode {
    // A shell that completes runs the program with this variable, and reads nothing but candidates.
    CompleteEnv::with_factory(|| completions::attach(arguments::command())).complete();
    match run(arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::print_failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { options, command } = arguments;
    if options.format() != Format::Table {
        terminal::write_for_programs();
    }
    if options.no_color {
        anstream::ColorChoice::Never.write_global();
    }
    if options.verbose {
        request_log::enable();
    }
    let context = Context::new(options);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::general(format!("cannot start: {error}")))?;
    runtime.block_on(dispatch(command, &context))
}

/// Runs a command.
async fn dispatch(command: Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Login(arguments) => identity::login::run(arguments, context).await,
        Command::Logout => identity::logout::run(context).await,
        Command::Whoami => identity::whoami::run(context).await,
        Command::Profile { command } => identity::profile::run(&command, context),
        Command::User { command } => user::run(command, context).await,
        Command::Group { command } => group::run(command, context).await,
        Command::Sandbox(options) => sandbox::run(options, context).await,
        Command::Number { command } => number::run(command, context).await,
        Command::Sms { command } => sms::run(command, context).await,
        Command::Domain { command } => domain::run(command, context).await,
        Command::Api(options) => api::run(options, context).await,
        Command::Completions(options) => completions::run(&options, &context.output),
        Command::Man(options) => {
            completions::run_man(&options, arguments::command(), &context.output)
        }
        Command::Version => version::run(&context.output),
    }
}
