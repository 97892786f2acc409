//! The command `opentact whoami`.

use opentact_api::{Client, Error, ErrorKind};
use serde_json::{Map, Value, json};

use crate::client;
use crate::context::Context;
use crate::failure::Failure;
use crate::identity::kind::{Source, TokenKind};
use crate::identity::sources::HOW_TO_GET_A_TOKEN;
use crate::output::{Column, Kind, Section, View, to_json};
use crate::response;
use crate::terminal::{print_warning, waiting};

const VIEW: View = View {
    columns: &[
        Column::new("UUID", "/sip_user/uuid|/account_user/uuid", Kind::Uuid, 0),
        Column::new("SIP user", "/sip_user/login", Kind::Text, 0),
        Column::new("Account user", "/account_user/email", Kind::Text, 0),
        Column::new(
            "Name",
            "/sip_user/first_name+/sip_user/last_name|/account_user/first_name+/account_user/last_name",
            Kind::Text,
            0,
        ),
        Column::new(
            "E-mail",
            "/sip_user/email|/account_user/email",
            Kind::Text,
            0,
        ),
        Column::new(
            "Phone",
            "/sip_user/phone_number|/account_user/phone_number",
            Kind::Text,
            0,
        ),
        Column::new("Domain", "/sip_user/sip_domain/domain", Kind::Text, 0),
        Column::new("Account", "/account_user/account/name", Kind::Text, 0),
        Column::new("Base URL", "/base_url", Kind::Text, 0),
    ],
    empty: "",
};

const TOKENS: Section<'_> = Section {
    title: "Tokens",
    pointer: "/tokens",
    view: &View {
        columns: &[
            Column::new("KIND", "/kind", Kind::Text, 0),
            Column::new("SOURCE", "/source", Kind::Text, 0),
        ],
        empty: "",
    },
};

/// The users of the tokens, and the tokens that the service accepted.
#[derive(Default)]
struct Users {
    users: Map<String, Value>,
    accepted: Vec<Value>,
}

pub(crate) async fn run(context: &Context) -> Result<(), Failure> {
    let Context { output, options } = context;
    output.check(&VIEW)?;
    let (client, sources) = client::with_sources(options)?;
    let Users { users, accepted } =
        waiting(output, "Asking who you are", users(&client, &sources)).await?;
    let mut item = Value::Object(users);
    item["base_url"] = client.base_url().into();
    item["tokens"] = accepted.into();
    let sections: &[_] = match options.verbose {
        true => &[TOKENS],
        false => &[],
    };
    output.details(&VIEW, item, sections)
}

/// Asks for the SIP user and the account user whose tokens the client has.
///
/// # Errors
/// Fails if the service accepts none of the tokens. Prints a warning for each other one that it does not
/// accept.
async fn users(client: &Client, sources: &[(TokenKind, Source)]) -> Result<Users, Failure> {
    let mut users = Users::default();
    let mut refused = Vec::new();
    for (name, kinds) in [
        ("sip_user", &[TokenKind::Ha1b][..]),
        ("account_user", &[TokenKind::Jwt, TokenKind::Bearer]),
    ] {
        let Some((kind, source)) = sources.iter().find(|(kind, _)| kinds.contains(kind)) else {
            continue;
        };
        if is_of_any_kind(source) && !users.users.is_empty() {
            continue;
        }
        let user = match kind {
            TokenKind::Ha1b => sip_user(client).await?,
            TokenKind::Bearer | TokenKind::Jwt => account_user(client).await?,
        };
        match user {
            Ok(user) => {
                users.users.insert(name.to_owned(), user);
                let token = json!({ "kind": kind.as_str(), "source": source.to_string() });
                users.accepted.push(token);
            }
            Err(failure) => refused.push((kind, source, failure)),
        }
    }
    if users.users.is_empty() {
        return Err(match refused.into_iter().next() {
            Some((kind, source, failure)) => {
                let message = not_accepted(*kind, source, &failure);
                failure.with_message(message)
            }
            None => Failure::usage("there is no token").with_hint(HOW_TO_GET_A_TOKEN),
        });
    }
    for (kind, source, failure) in refused {
        if !is_of_any_kind(source) {
            print_warning(&not_accepted(*kind, source, &failure));
        }
    }
    Ok(users)
}

fn not_accepted(kind: TokenKind, source: &Source, failure: &Failure) -> String {
    let reason = failure.reason();
    match is_of_any_kind(source) {
        true => format!("{} is not accepted: {reason}", source.of("token")),
        false => format!("the {kind} of {source} is not accepted: {reason}"),
    }
}

/// Returns `true` if the kind of the token is not known: it is given to the client as several kinds.
fn is_of_any_kind(source: &Source) -> bool {
    matches!(
        source,
        Source::File(_) | Source::StandardInput | Source::Typed
    )
}

async fn sip_user(client: &Client) -> Result<Result<Value, Failure>, Failure> {
    match client.get_current_sip_user().send().await {
        Ok(user) => Ok(Ok(to_json(&response::payload(user, &[])?)?)),
        Err(error) => refused(error),
    }
}

async fn account_user(client: &Client) -> Result<Result<Value, Failure>, Failure> {
    match client.get_current_user().send().await {
        Ok(user) => Ok(Ok(to_json(&response::payload(user, &[])?)?)),
        Err(error) => refused(error),
    }
}

/// Returns the failure of a token that the service does not accept as a value. Any other error ends the
/// command.
fn refused(error: Error) -> Result<Result<Value, Failure>, Failure> {
    match error.kind() {
        ErrorKind::Unauthorized | ErrorKind::Forbidden => Ok(Err(error.into())),
        _ => Err(error.into()),
    }
}
