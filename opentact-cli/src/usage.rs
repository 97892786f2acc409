//! Wrong arguments, and the help that arguments ask for.

use std::ffi::OsString;

use clap::Command;
use clap::error::{Error, ErrorKind};

use crate::failure::Failure;
use crate::terminal;

/// Ends the process: prints help for people, or a failure for programs.
pub(crate) fn exit(error: &Error) -> ! {
    if error.use_stderr() && asks_for_a_machine_format(std::env::args_os()) {
        let failure = failure(error);
        terminal::write_for_programs();
        terminal::print_failure(&failure);
        std::process::exit(failure.exit_code().into());
    }
    error.exit()
}

/// Turns the colours of help and of usage errors off, if the arguments ask for it.
pub(crate) fn with_colors(command: Command) -> Command {
    let mut arguments = options(std::env::args_os());
    match arguments.any(|argument| argument == "--no-color") {
        true => command.color(clap::ColorChoice::Never),
        false => command,
    }
}

/// Returns `true` if the arguments, which may be wrong, choose a format for programs.
fn asks_for_a_machine_format(arguments: impl Iterator<Item = OsString>) -> bool {
    let mut is_output = false;
    for argument in options(arguments) {
        let Some(argument) = argument.to_str() else {
            is_output = false;
            continue;
        };
        let format = match argument.strip_prefix("--output=") {
            Some(format) => format,
            None if is_output => argument,
            None => "",
        };
        if argument == "--json" || ["json", "jsonl", "csv", "yaml"].contains(&format) {
            return true;
        }
        is_output = argument == "--output";
    }
    false
}

/// Returns the arguments before `--`, which ends options.
fn options(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    arguments.skip(1).take_while(|argument| argument != "--")
}

/// Returns the first paragraph of a usage error as the message, and its tip as the hint.
fn failure(error: &Error) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::usage("an argument or a subcommand is missing")
            .with_hint("--help shows them");
    }
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n");
    let message = paragraphs.next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let message = crate::text::one_line(message);
    let tip = paragraphs.find_map(|paragraph| paragraph.trim().strip_prefix("tip: "));
    match tip {
        Some(tip) => Failure::usage(message).with_hint(crate::text::one_line(tip)),
        None => Failure::usage(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_format_is_found_in_wrong_arguments() {
        for (line, expected) in [
            ("group lst --json", true),
            ("--output json group", true),
            ("--output=yaml group", true),
            ("group --output table", false),
            ("group create json", false),
            ("group create -- --json", false),
        ] {
            let arguments = ["opentact"].into_iter().chain(line.split(' '));
            let found = asks_for_a_machine_format(arguments.map(OsString::from));
            assert_eq!(found, expected, "{line}");
        }
    }
}
