//! The command `opentact sandbox`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use opentact_sandbox::{Sandbox, StartError, User};
use serde_json::json;

use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};

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
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// Allow an address that other machines can reach. Nothing is encrypted.
    #[arg(long)]
    pub(crate) expose_to_network: bool,
}

pub(crate) async fn run(options: SandboxOptions, output: &Output) -> Result<(), Failure> {
    let mut builder = Sandbox::builder().address((options.address, options.port));
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
    announce(&sandbox, output)?;
    stop_signal().await?;
    output.note("Stopping.");
    // Requests that take longer are aborted when the process ends.
    let _ = tokio::time::timeout(GRACE_PERIOD, sandbox.stop()).await;
    Ok(())
}

/// Prints the URLs, the account user and the SIP users of the sandbox.
fn announce(sandbox: &Sandbox, output: &Output) -> Result<(), Failure> {
    let url = sandbox.url();
    let docs = format!("http://{}/docs", sandbox.address());
    let users = sandbox.logins().map(|login| {
        let token = output.show_secrets.then(|| sandbox.token(login));
        let uuid = sandbox.uuid(login);
        (login.to_owned(), uuid.unwrap_or_default(), token)
    });
    let users: Vec<_> = users.collect();
    let mut account_user = json!({ "email": sandbox.email() });
    if output.show_secrets {
        account_user["password"] = sandbox.password().into();
        account_user["bearer_token"] = sandbox.bearer_token().into();
    }
    let json = json!({
        "base_url": url,
        "docs": docs,
        "account_user": account_user,
        "users": users.iter().map(|(login, uuid, token)| match token {
            Some(token) => json!({ "login": login, "uuid": uuid, "token": token }),
            None => json!({ "login": login, "uuid": uuid }),
        }).collect::<Vec<_>>(),
    });
    if !output.is_for_people() {
        return output.item(&ANNOUNCEMENT, json);
    }
    let (email, password) = (sandbox.email(), sandbox.password());
    let secrets = match output.show_secrets {
        true => format!(
            ", password {password}, bearer token {}",
            sandbox.bearer_token()
        ),
        false => String::new(),
    };
    let text = format!("Base URL   {url}\nReference  {docs}\nAccount    {email}{secrets}\n\n");
    output.raw(text.as_bytes())?;
    let users = json["users"].as_array().cloned();
    output.list(&SANDBOX_USERS, users.unwrap_or_default())?;
    if !output.show_secrets {
        output.note(
            "For passwords and tokens, pass --show-secrets or see opentact-sandbox/README.md.",
        );
    }
    output.note("Press Ctrl-C to stop.");
    Ok(())
}

/// The start of a sandbox.
const ANNOUNCEMENT: View = View {
    columns: &[
        Column::new("URL", "/base_url", Kind::Text, 0),
        Column::new("DOCS", "/docs", Kind::Text, 0),
    ],
    empty: "",
};

/// The users of a sandbox.
const SANDBOX_USERS: View = View {
    columns: &[
        Column::new("USER", "/login", Kind::Text, 0),
        Column::new("UUID", "/uuid", Kind::Uuid, 1),
        Column::new("TOKEN", "/token", Kind::Secret, 0),
    ],
    empty: "",
};

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
