//! The arguments of the command line. Doc comments are the texts of `--help`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Manage SIP user groups of the OpenTACT telephony API: ring groups and teams.
///
/// The token is read from OPENTACT_HA1B_TOKEN or from --token-file. On a terminal, it can be typed.
///
/// Exit codes: 0 success, 1 error of the service or the network, 2 usage error, 3 not found,
/// 4 not allowed.
#[derive(Debug, Parser)]
#[command(name = "opentact", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) client: ClientOptions,
    /// The format of results.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) output: Format,
    /// Print UUIDs only, and no notes.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Show ha1 and ha1b, which work like passwords, and the tokens of a sandbox.
    #[arg(long, global = true)]
    pub(crate) show_secrets: bool,
    /// Log each request to stderr: method, path, status and duration.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The options of the client: its token, its base URL and its certificates.
#[derive(Args, Debug)]
pub(crate) struct ClientOptions {
    /// A file that contains the token. Whitespace around the token is ignored.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// The base URL, if it is not the default one of the service.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "OPENTACT_BASE_URL",
        hide_env_values = true
    )]
    pub(crate) base_url: Option<String>,
    /// A PEM file of certificates to trust beside those of this machine, such as the authority of a
    /// proxy that inspects TLS.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "OPENTACT_CA_FILE",
        hide_env_values = true
    )]
    pub(crate) ca_file: Option<PathBuf>,
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
    /// List and change SIP user groups.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Group {
        #[command(subcommand)]
        command: GroupCommand,
    },
    /// Run a stand-in for the service on this machine, until Ctrl-C.
    Sandbox(SandboxOptions),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    /// List your groups.
    List,
    /// Show a group and its users.
    Show {
        /// UUID or exact name.
        group: String,
    },
    /// Create a group.
    Create {
        /// 3 to 80 characters.
        name: String,
        /// A SIP user of the new group: UUID, or login if the user is in one of your groups.
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
    /// Replace the users of a group. Without users, the group becomes empty.
    SetUsers {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        users: Vec<String>,
    },
    /// Delete a group. Its users stay as they are.
    Delete {
        /// UUID or exact name.
        group: String,
        /// Do not ask for confirmation.
        #[arg(long)]
        yes: bool,
    },
    /// List the users of a group.
    Users {
        /// UUID or exact name.
        group: String,
    },
    /// Add users to a group. Users already in the group are skipped.
    Add {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
    /// Remove users from a group. Users not in the group are skipped.
    Remove {
        /// UUID or exact name.
        group: String,
        /// SIP users: UUID, or login if the user is in one of your groups.
        #[arg(required = true)]
        users: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct SandboxOptions {
    /// The port to listen on. 0 selects a free port.
    #[arg(long, default_value_t = 4010)]
    pub(crate) port: u16,
    /// A JSON file of SIP users. The default is a small company.
    #[arg(long, value_name = "FILE")]
    pub(crate) users: Option<PathBuf>,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// Allow an address that other machines can reach. Nothing is encrypted.
    #[arg(long)]
    pub(crate) expose_to_network: bool,
}
