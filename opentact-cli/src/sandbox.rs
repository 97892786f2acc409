//! `opentact sandbox`

use std::time::Duration;

use opentact_sandbox::{Sandbox, StartError, User};
use serde_json::json;

use crate::arguments::SandboxOptions;
use crate::failure::Failure;
use crate::output::{Output, table};

/// How long requests that are under way may take when the sandbox is to stop.
const GRACE: Duration = Duration::from_secs(5);

pub(crate) async fn run(options: SandboxOptions, output: &Output) -> Result<(), Failure> {
    let mut builder = Sandbox::builder().address((options.address, options.port));
    if options.expose_to_network {
        builder = builder.expose_to_network();
    }
    if let Some(file) = &options.users {
        let shown = file.display();
        let failed = |what: String| Failure::usage(format!("{shown}: {what}"));
        let json = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
        let users = User::list_from_json(&json).map_err(|error| failed(error.to_string()))?;
        if users.is_empty() {
            return Err(failed("there are no users in it".to_owned()));
        }
        builder = builder.users(users);
    }
    let sandbox = builder.start().await.map_err(|error| {
        Failure::usage(match error {
            StartError::NotLoopback(address) => format!(
                "other machines can reach {address}, and do what the users of the sandbox can; \
                 say --expose-to-network if that is wanted"
            ),
            StartError::Listen { address, source } => {
                format!("cannot listen on {address}: {source}; choose another port with --port")
            }
            error => error.to_string(),
        })
    })?;
    tell(&sandbox, output)?;
    stopped().await?;
    output.note("Stopping.");
    // What is still under way after that is given up.
    let _ = tokio::time::timeout(GRACE, sandbox.stop()).await;
    Ok(())
}

fn tell(sandbox: &Sandbox, output: &Output) -> Result<(), Failure> {
    let url = sandbox.url();
    let docs = format!("http://{}/docs", sandbox.address());
    let users = sandbox.logins().map(|login| {
        let token = output.show_secrets.then(|| sandbox.token(login));
        let uuid = sandbox.uuid(login);
        (login.to_owned(), uuid.unwrap_or_default(), token)
    });
    let users: Vec<_> = users.collect();
    let json = json!({
        "base_url": url,
        "docs": docs,
        "users": users.iter().map(|(login, uuid, token)| match token {
            Some(token) => json!({ "login": login, "uuid": uuid, "token": token }),
            None => json!({ "login": login, "uuid": uuid }),
        }).collect::<Vec<_>>(),
    });
    output.result(json, [], || {
        let rows = users.iter().map(|(login, uuid, token)| {
            let mut row = vec![login.clone(), uuid.to_string()];
            row.extend(token.clone());
            row
        });
        let headings: &[_] = match output.show_secrets {
            true => &["USER", "UUID", "TOKEN"],
            false => &["USER", "UUID"],
        };
        format!(
            "Base URL   {url}\nReference  {docs}\n\n{}",
            table(headings, rows)
        )
    })?;
    if !output.show_secrets {
        output.note("Their tokens: --show-secrets, or opentact-sandbox/README.md.");
    }
    output.note("Ctrl-C stops it.");
    Ok(())
}

/// Waits until somebody wants it to stop.
async fn stopped() -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::refused(format!("cannot wait: {error}"));
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
