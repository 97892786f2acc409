//! The first lines of a sandbox: its URLs and its credentials, which open nothing else.

use opentact_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::escape::json_line;
use crate::failure::Failure;
use crate::options::Format;
use crate::output::{Column, Kind, Output, View};

/// Prints the URLs, the account user and the SIP users of the sandbox.
pub(super) fn print(sandbox: &Sandbox, format: Format, output: &Output) -> Result<(), Failure> {
    let network_url = sandbox.network_url();
    let url = network_url.as_deref().unwrap_or(sandbox.url());
    match format {
        Format::Table if output.is_quiet() => output.raw(format!("{url}\n").as_bytes()),
        Format::Table => print_for_people(sandbox, network_url.as_deref(), output),
        Format::Csv => output.item(&ANNOUNCEMENT, json!({ "url": url, "port": port(sandbox) })),
        // One line of JSON is YAML too.
        Format::Json | Format::Jsonl | Format::Yaml => {
            let line = json_line(&as_json(sandbox, url));
            output.raw(format!("{line}\n").as_bytes())
        }
    }
}

fn as_json(sandbox: &Sandbox, url: &str) -> Value {
    let users = sandbox.logins().map(|login| {
        let (uuid, token) = (sandbox.uuid(login), sandbox.token(login));
        json!({ "login": login, "uuid": uuid, "token": token })
    });
    json!({
        "url": url,
        "port": port(sandbox),
        "local_url": sandbox.url(),
        "docs": sandbox.docs_url(),
        "control": sandbox.control_url(),
        "account_user": {
            "email": sandbox.email(),
            "password": sandbox.password(),
            "bearer_token": sandbox.bearer_token(),
        },
        "users": users.collect::<Vec<_>>(),
    })
}

fn print_for_people(
    sandbox: &Sandbox,
    network_url: Option<&str>,
    output: &Output,
) -> Result<(), Failure> {
    let local = sandbox.url();
    let mut text = match network_url {
        Some(url) => format!("Base URL   {url}\nLocally    {local}\n"),
        None => format!("Base URL   {local}\n"),
    };
    text += &format!(
        "Reference  {}\nControl    {}\nAccount    {}, password {}, bearer token {}\n\n",
        sandbox.docs_url(),
        sandbox.control_url(),
        sandbox.email(),
        sandbox.password(),
        sandbox.bearer_token(),
    );
    output.raw(text.as_bytes())?;
    let users = sandbox.logins().map(|login| {
        let (uuid, token) = (sandbox.uuid(login), sandbox.token(login));
        // Not `token`, which the output masks.
        json!({ "login": login, "uuid": uuid, "sandbox_token": token })
    });
    output.list(&USERS, users.collect())?;
    if let Some(host) = network_url.and_then(host) {
        output.note(&format!(
            "Nothing is encrypted. On other machines, set OPENTACT_ALLOW_HTTP={host}."
        ));
    } else if !sandbox.address().ip().is_loopback() {
        output.note("This machine has no address that others could reach.");
    }
    output.note("Press Ctrl-C to stop.");
    Ok(())
}

fn port(sandbox: &Sandbox) -> u16 {
    sandbox.address().port()
}

/// Returns the host of a URL: `192.168.1.20`.
fn host(url: &str) -> Option<&str> {
    let (host, _) = url.strip_prefix("http://")?.split_once('/')?;
    host.rsplit_once(':').map(|(host, _)| host)
}

/// The start of a sandbox.
const ANNOUNCEMENT: View = View {
    columns: &[
        Column::new("URL", "/url", Kind::Text, 0),
        Column::new("PORT", "/port", Kind::Number, 0),
    ],
    empty: "",
};

/// The users of a sandbox.
const USERS: View = View {
    columns: &[
        Column::new("USER", "/login", Kind::Text, 0),
        Column::new("UUID", "/uuid", Kind::Uuid, 1),
        Column::new("TOKEN", "/sandbox_token", Kind::Text, 0),
    ],
    empty: "",
};
