//! The arguments that a shell completes with names, by the ids of the arguments.

use clap::{Arg, Command};
use clap_complete::ArgValueCompleter;

use super::candidates::{domains, groups, keys, operations, profiles, users};

/// Adds completion of names to a command and the commands below it.
pub(crate) fn attach(command: Command) -> Command {
    attach_below(command, &[])
}

fn attach_below(command: Command, path: &[&str]) -> Command {
    let names = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned());
    let names: Vec<String> = names.collect();
    let command = command.mut_args(|argument| with_names(argument, path));
    names.iter().fold(command, |command, name| {
        let path = [path, &[name.as_str()]].concat();
        command.mut_subcommand(name, |sub| attach_below(sub, &path))
    })
}

fn with_names(argument: Arg, path: &[&str]) -> Arg {
    let completer = match (path, argument.get_id().as_str()) {
        (_, "profile") => ArgValueCompleter::new(profiles),
        (["api"], "operation") => ArgValueCompleter::new(operations),
        (["api"], "fields" | "raw_fields") => ArgValueCompleter::new(keys),
        (["group", ..], "group") => ArgValueCompleter::new(groups),
        (["group" | "user", ..], "user" | "users") => ArgValueCompleter::new(users),
        (["domain", ..], "domain") => ArgValueCompleter::new(domains),
        _ => return argument,
    };
    argument.add(completer)
}
