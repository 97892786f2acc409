//! The command `opentact sandbox`.

mod announcement;
mod record;
mod stop;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;
use opentact_sandbox::{Sandbox, StartError, User};

use crate::context::Context;
use crate::failure::Failure;
use crate::terminal::print_line;
use crate::text::printable;

#[derive(Args, Debug)]
pub(crate) struct SandboxOptions {
    /// The port to listen on. 0 selects a free port.
    #[arg(long, default_value_t = 4010)]
    pub(crate) port: u16,
    /// A JSON file of SIP users. The default is a small company.
    #[arg(long, value_name = "FILE")]
    pub(crate) users: Option<PathBuf>,
    /// A YAML or JSON file of resources: users, groups, numbers, domains, messages and others.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,
    /// A JSON file that keeps the state over restarts. If it exists, --seed and --users are ignored.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// The address to listen on. The default is 127.0.0.1, or 0.0.0.0 with --expose-to-network.
    #[arg(long)]
    pub(crate) address: Option<IpAddr>,
    /// Let other machines and containers reach the sandbox. Nothing is encrypted.
    #[arg(long)]
    pub(crate) expose_to_network: bool,
    /// Record instead: send each request to the service of --base-url, and write it with its response to
    /// this folder, without tokens and passwords.
    #[arg(
        long,
        value_name = "FOLDER",
        num_args = 0..=1,
        default_missing_value = "opentact-recording",
        conflicts_with_all = ["users", "seed", "state", "expose_to_network"]
    )]
    pub(crate) record: Option<PathBuf>,
}

pub(crate) async fn run(options: SandboxOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    let address = options.address.unwrap_or(match options.expose_to_network {
        true => Ipv4Addr::UNSPECIFIED.into(),
        false => Ipv4Addr::LOCALHOST.into(),
    });
    if let Some(folder) = options.record {
        return record::run(folder, (address, options.port).into(), context).await;
    }
    refuse_options_of_the_recorder(context)?;
    let mut builder = Sandbox::builder().address((address, options.port));
    if context.options.verbose {
        builder = builder.on_request(|request| print_line(&printable(&request.to_string())));
    }
    if options.expose_to_network {
        builder = builder.expose_to_network();
    }
    if let Some(file) = &options.users {
        let shown = file.display();
        let failed = |reason: String| Failure::usage(format!("{shown}: {reason}"));
        let json = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
        let users = User::list_from_json(&json).map_err(|error| failed(error.to_string()))?;
        if users.is_empty() {
            return Err(failed("the file lists no users".to_owned()));
        }
        builder = builder.users(users);
    }
    if let Some(file) = &options.seed {
        builder = builder.seed_file(file);
    }
    if let Some(file) = &options.state {
        if file.exists() && (options.seed.is_some() || options.users.is_some()) {
            let file = file.display();
            output.warn(&format!(
                "{file} has a state; --seed and --users are ignored"
            ));
        }
        builder = builder.state_file(file);
    }
    let sandbox = builder.start().await.map_err(|error| {
        Failure::usage(match error {
            StartError::NotLoopback(address) => format!(
                "other machines could reach {address} and act as the users of the sandbox; \
                 pass --expose-to-network to allow this"
            ),
            StartError::Listen { address, source } => {
                format!("cannot listen on {address}: {source}; choose another port with --port")
            }
            StartError::Users(reason) => match &options.users {
                Some(file) => format!("{}: {reason}", file.display()),
                None => reason,
            },
            StartError::File(findings) if output.is_for_people() => {
                for line in findings.trim_end().lines() {
                    print_line(&printable(line));
                }
                "the file has mistakes, and the sandbox was not started".to_owned()
            }
            error => error.to_string(),
        })
    })?;
    let signals = stop::Signals::listen()?;
    announcement::print(&sandbox, context.options.format(), output)?;
    signals.stop(sandbox.stop(), output).await
}

/// Refuses the options that mean something to `--record` only.
fn refuse_options_of_the_recorder(context: &Context) -> Result<(), Failure> {
    let options = &context.options;
    for (name, is_given) in [
        ("--base-url", options.base_url.is_some()),
        ("--allow-http", options.allow_http.is_some()),
        ("--ca-file", options.ca_file.is_some()),
    ] {
        if is_given {
            let message = format!("`{name}` means nothing to `opentact sandbox` without --record");
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}
