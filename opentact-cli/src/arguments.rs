//! What can be typed.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// SIP user groups of the OpenTACT telephony API: ring groups and teams.
///
/// The token is read from OPENTACT_HA1B_TOKEN, from --token-file, or asked for on a terminal.
///
/// Exit codes: 0 done, 1 the service or the network said no, 2 usage, 3 not found,
/// 4 not allowed.
#[derive(Debug, Parser)]
#[command(name = "opentact", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// How results are written.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) output: Format,
    /// Write UUIDs only, and no notes.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Show ha1 and ha1b, which are as good as passwords, and the sandbox's tokens.
    #[arg(long, global = true)]
    pub(crate) show_secrets: bool,
    /// Show each request on stderr: method, path, status and time.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where requests go, and as whom.
#[derive(Args, Debug)]
pub(crate) struct Connection {
    /// A file with the token, whitespace around it not counted.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// The base URL, where it is not the service's own.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "OPENTACT_BASE_URL",
        hide_env_values = true
    )]
    pub(crate) base_url: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people.
    #[default]
    Table,
    /// One JSON document for programs.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See and change SIP user groups.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Group {
        #[command(subcommand)]
        command: GroupCommand,
    },
    /// Run a stand-in for the service on this machine, until Ctrl-C.
    Sandbox(SandboxOptions),
    /// Write completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// A `<GROUP>` is a UUID or an exact name. A `<USER>` is a UUID, or the login of a SIP user
/// in one of one's groups.
#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    /// List your groups.
    List,
    /// Show a group and the users in it.
    Show {
        /// UUID or exact name.
        group: String,
    },
    /// Create a group.
    Create {
        /// 3 to 80 characters.
        name: String,
        /// A SIP user to put into it: UUID, or login if in one of your groups.
        #[arg(long = "user", value_name = "USER")]
        users: Vec<String>,
    },
    /// Rename a group.
    Rename {
        /// UUID or exact name.
        group: String,
        /// The new name, 3 to 80 characters.
        name: String,
    },
    /// Replace the users of a group; with none, empty it.
    SetUsers {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if in one of your groups.
        users: Vec<String>,
    },
    /// Delete a group. The users in it stay as they are.
    Delete {
        /// UUID or exact name.
        group: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// List the users of a group.
    Users {
        /// UUID or exact name.
        group: String,
    },
    /// Add users to a group. Those who are there already stay.
    Add {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
    /// Remove users from a group. Those who are not there are passed over.
    Remove {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct SandboxOptions {
    /// The port to listen on; 0 is any that is free.
    #[arg(long, default_value_t = 4010)]
    pub(crate) port: u16,
    /// A JSON file of SIP users; a small company where there is none.
    #[arg(long, value_name = "FILE")]
    pub(crate) users: Option<PathBuf>,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// Allow an address that other machines can reach. Nothing is encrypted.
    #[arg(long)]
    pub(crate) expose_to_network: bool,
}
