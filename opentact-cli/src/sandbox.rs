//! The command `opentact sandbox`.

mod announcement;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use opentact_sandbox::{Sandbox, StartError, User};

use crate::context::Context;
use crate::failure::Failure;
use crate::terminal::print_line;
use crate::text::printable;

/// The time for running requests to finish after a signal to stop.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

#[derive(Args, Debug)]
pub(crate) struct SandboxOptions {
    /// The port to listen on. 0 selects a free port.
    #[arg(long, default_value_t = 4010)]
    pub(crate) port: u16,
    /// A JSON file of SIP users. The default is a small company.
    #[arg(long, value_name = "FILE")]
    pub(crate) users: Option<PathBuf>,
    /// The address to listen on. The default is 127.0.0.1, or 0.0.0.0 with --expose-to-network.
    #[arg(long)]
    pub(crate) address: Option<IpAddr>,
    /// Let other machines and containers reach the sandbox. Nothing is encrypted.
    #[arg(long)]
    pub(crate) expose_to_network: bool,
}

pub(crate) async fn run(options: SandboxOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    let address = options.address.unwrap_or(match options.expose_to_network {
        true => Ipv4Addr::UNSPECIFIED.into(),
        false => Ipv4Addr::LOCALHOST.into(),
    });
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
            error => error.to_string(),
        })
    })?;
    announcement::print(&sandbox, context.options.format(), output)?;
    stop_signal().await?;
    output.note("Stopping.");
    // Requests that take longer are aborted when the process ends.
    let _ = tokio::time::timeout(GRACE_PERIOD, sandbox.stop()).await;
    Ok(())
}

/// Waits for a signal to stop.
async fn stop_signal() -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::general(format!("cannot wait for a signal: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(failed),
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}
