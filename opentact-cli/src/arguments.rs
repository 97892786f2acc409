//! The arguments of the command line. Doc comments are the texts of `--help`.

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args as _, Command as Clap, CommandFactory as _, FromArgMatches as _};
use clap::{Parser, Subcommand};

use crate::api::ApiOptions;
use crate::completions::{CompletionsOptions, ManOptions};
use crate::domain::DomainCommand;
use crate::group::GroupCommand;
use crate::identity::login::LoginArguments;
use crate::identity::profile::ProfileCommand;
use crate::number::NumberCommand;
use crate::options::GlobalOptions;
use crate::sandbox::SandboxOptions;
use crate::sms::SmsCommand;
use crate::usage;
use crate::user::UserCommand;

/// The OpenTACT telephony API at the terminal: SIP user groups, numbers, SMS and everything else.
///
/// The token comes from --token-file, from OPENTACT_HA1B_TOKEN, OPENTACT_BEARER_TOKEN or OPENTACT_JWT, or
/// from `opentact login`, in this order.
///
/// Exit codes: 0 success, 1 error of the service or the network, 2 usage error, 3 not found,
/// 4 not allowed, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "opentact", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: GlobalOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in, and keep a token for later commands.
    ///
    /// Signs in as an account user with e-mail address and password, and creates a bearer token for this
    /// machine. With --sip, signs in as a SIP user. With --token, keeps a token that you have. The profile
    /// has one token of each kind, so that you can sign in both ways.
    Login(LoginArguments),
    /// Delete a profile and its tokens, also at the service if `opentact login` created them.
    Logout,
    /// Show who you are at the service. With -v, show where each token comes from.
    Whoami,
    /// List your profiles.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Profile {
        #[command(subcommand)]
        command: ProfileCommand,
    },
    /// Find the SIP users of your domain.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// List and change SIP user groups.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Group {
        #[command(subcommand)]
        command: GroupCommand,
    },
    /// Search, order, release and assign telephone numbers.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Number {
        #[command(subcommand)]
        command: NumberCommand,
    },
    /// Send and list SMS.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Sms {
        #[command(subcommand)]
        command: SmsCommand,
    },
    /// List SIP domains, and change their users.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Domain {
        #[command(subcommand)]
        command: DomainCommand,
    },
    /// Call any operation of the API by its name, or by its method and path.
    Api(ApiOptions),
    /// Run a stand-in for the service on this machine, until Ctrl-C.
    Sandbox(SandboxOptions),
    /// Print or install completions for a shell.
    Completions(CompletionsOptions),
    /// Print or write the manual pages.
    Man(ManOptions),
    /// Print the version and the commit of this program.
    Version,
}

/// The options that mean something to every command.
const ALWAYS: &[&str] = &["no_color"];
/// The options of results.
const RESULTS: &[&str] = &["output", "json", "columns", "wide", "quiet", "show_secrets"];
/// The options of the client.
const CLIENT: &[&str] = &[
    "profile",
    "token_file",
    "base_url",
    "allow_http",
    "ca_file",
    "timeout",
    "verbose",
];
/// The option of lists.
const LISTS: &[&str] = &["sort"];

/// Returns the global options that mean something to a command, such as `["group", "list"]`.
fn meaningful(path: &[&str]) -> Vec<&'static str> {
    let sets: &[&[&str]] = match path {
        ["completions" | "man", ..] => &[ALWAYS],
        ["version"] => &[ALWAYS, &["output", "json"]],
        ["sandbox", ..] => &[
            ALWAYS,
            &["output", "json", "quiet", "verbose"],
            // With --record only.
            &["base_url", "allow_http", "ca_file"],
        ],
        ["api"] => &[ALWAYS, RESULTS, LISTS, CLIENT],
        ["logout"] => &[
            ALWAYS,
            RESULTS,
            &["profile", "allow_http", "ca_file", "timeout", "verbose"],
        ],
        ["profile", ..] => &[ALWAYS, RESULTS, LISTS, &["profile"]],
        ["group", "export"] => &[ALWAYS, CLIENT],
        [.., "list" | "users" | "search"] => &[ALWAYS, RESULTS, LISTS, CLIENT],
        _ => &[ALWAYS, RESULTS, CLIENT],
    };
    sets.concat()
}

/// Parses the arguments of the process. Prints help, and ends the process, if they ask for it or are
/// wrong.
pub(crate) fn parse() -> Arguments {
    let matches = usage::with_colors(command()).try_get_matches();
    let parsed = matches.and_then(|matches| {
        check(&matches)?;
        Arguments::from_arg_matches(&matches)
    });
    parsed.unwrap_or_else(|error| usage::exit(&error))
}

/// Returns the command line. Global options come after a command's own, and help hides those that
/// mean nothing to it.
pub(crate) fn command() -> Clap {
    // Lines of help that are longer are hard to read.
    let mut command = Arguments::command().max_term_width(100);
    let mut globals = Vec::new();
    for (position, argument) in global_options().into_iter().enumerate() {
        let id = argument.get_id().clone();
        let order = |argument: Arg| argument.display_order(1000 + position);
        command = command.mut_arg(id, |argument| {
            order(argument).help_heading("Global options")
        });
        globals.push(order(argument).help_heading("Global options"));
    }
    let names: Vec<_> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| restricted(sub, &[&name], &globals));
    }
    command
}

fn restricted(mut command: Clap, path: &[&str], globals: &[Arg]) -> Clap {
    let names: Vec<_> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut shown = match names.is_empty() {
        true => meaningful(path),
        false => Vec::new(),
    };
    for name in names {
        let path = [path, &[&name]].concat();
        shown.extend(meaningful(&path));
        command = command.mut_subcommand(&name, |sub| restricted(sub, &path, globals));
    }
    // Clap propagates no global option to a command that has one of this name.
    command.args(
        globals
            .iter()
            .filter_map(|global| match global.get_id().as_str() {
                id if !shown.contains(&id) => Some(global.clone().hide(true)),
                "quiet" if path == ["sandbox"] => Some(global.clone().help("Print only the URL")),
                _ => None,
            }),
    )
}

fn global_options() -> Vec<Arg> {
    let options = GlobalOptions::augment_args(Clap::new("options"));
    options.get_arguments().cloned().collect()
}

/// Refuses a global option that means nothing to the command.
fn check(matches: &ArgMatches) -> Result<(), clap::Error> {
    let mut path = Vec::new();
    let mut leaf = matches;
    while let Some((name, matches)) = leaf.subcommand() {
        path.push(name);
        leaf = matches;
    }
    let meaningful = meaningful(&path);
    for option in global_options() {
        let id = option.get_id().as_str();
        let is_typed = leaf.value_source(id) == Some(ValueSource::CommandLine);
        if is_typed && !meaningful.contains(&id) {
            let name = option.get_long().unwrap_or(id);
            let message = format!("`--{name}` means nothing to `opentact {}`", path.join(" "));
            return Err(usage_error(&path, &message));
        }
    }
    Ok(())
}

/// Returns a usage error of a command, with its usage line.
fn usage_error(path: &[&str], message: &str) -> clap::Error {
    let mut command = command();
    command.build();
    for name in path {
        if let Some(sub) = command.find_subcommand(name).cloned() {
            command = sub;
        }
    }
    command.error(ErrorKind::UnknownArgument, message)
}
