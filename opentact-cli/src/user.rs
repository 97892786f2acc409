//! The command `opentact user`: the SIP users of the domain.

use clap::Subcommand;
use opentact_api::sip_domains::SipUserDetails;
use serde_json::Value;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Section, View, to_json};
use crate::resolve::Directory;
use crate::response;
use crate::terminal::waiting;

/// The commands below `opentact user`.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// List the SIP users of your domain.
    List {
        /// Show only users with this text in the login, the name, the e-mail address, the telephone number or
        /// at the start of the UUID. Upper and lower case are the same.
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
    },
    /// Show a SIP user of your domain, with the groups.
    Show {
        /// UUID or its start (8 characters or more), login or e-mail address.
        user: String,
    },
}

pub(crate) const LIST: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 1),
        Column::new("LOGIN", "/login", Kind::Text, 0),
        Column::new("NAME", "/first_name+/last_name", Kind::Text, 2),
        Column::new("PHONE", "/phone_number", Kind::Text, 4),
        Column::new("EMAIL", "/email", Kind::Text, 3),
        Column::new("HA1", "/ha1", Kind::Secret, 5),
        Column::new("HA1B", "/ha1b", Kind::Secret, 6),
        Column::on_demand("STATE", "/state", Kind::Text),
        Column::on_demand("ACTIVE", "/is_active", Kind::Text),
        Column::on_demand("DOMAIN", "/sip_domain/domain", Kind::Text),
        Column::on_demand("CREATED", "/created_on", Kind::Time),
        Column::on_demand("MODIFIED", "/modified_on", Kind::Time),
    ],
    empty: "No SIP user of your domain fits.",
};

pub(crate) const USER: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 0),
        Column::new("Login", "/login", Kind::Text, 0),
        Column::new("Name", "/first_name+/last_name", Kind::Text, 0),
        Column::new("E-mail", "/email", Kind::Text, 0),
        Column::new("Phone", "/phone_number", Kind::Text, 0),
        Column::new("Domain", "/sip_domain/domain", Kind::Text, 0),
        Column::new("State", "/state", Kind::Text, 0),
        Column::new("Active", "/is_active", Kind::Text, 0),
        Column::new("Created", "/created_on", Kind::Time, 0),
        Column::new("Modified", "/modified_on", Kind::Time, 0),
        Column::new("HA1", "/ha1", Kind::Secret, 0),
        Column::new("HA1B", "/ha1b", Kind::Secret, 0),
    ],
    empty: "",
};

pub(crate) const GROUPS: Section<'_> = Section {
    title: "Groups",
    pointer: "/groups",
    view: &View {
        columns: &[
            Column::new("UUID", "/uuid", Kind::Uuid, 1),
            Column::new("GROUP", "/name", Kind::Text, 0),
        ],
        empty: "",
    },
};

pub(crate) async fn run(command: UserCommand, context: &Context) -> Result<(), Failure> {
    match command {
        UserCommand::List { filter } => list(filter.as_deref(), context).await,
        UserCommand::Show { user } => show(&user, context).await,
    }
}

async fn list(filter: Option<&str>, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&LIST)?;
    let users = load(context, &[]).await?;
    let filter = filter.map(str::to_lowercase);
    let wanted = users.iter().filter(|user| match &filter {
        Some(filter) => contains(user, filter),
        None => true,
    });
    let items = wanted.map(to_json).collect::<Result<_, _>>()?;
    output.list(&LIST, items)
}

async fn show(typed: &str, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&USER)?;
    let users = load(context, &["login", "email"]).await?;
    let wanted = Directory::of(&users).user(typed)?;
    let Some(user) = users.iter().find(|user| user.uuid == wanted.uuid) else {
        let message = format!("there is no SIP user `{typed}` in your domain");
        return Err(Failure::not_found(message)
            .with_hint("`opentact user list` shows the users of your domain"));
    };
    let mut item: Value = to_json(user)?;
    item["groups"] = to_json(&user.groups)?;
    output.details(&USER, item, &[GROUPS])
}

async fn load(context: &Context, needed: &[&str]) -> Result<Vec<SipUserDetails>, Failure> {
    let client = context.client()?;
    let request = client.list_same_domain_users().send();
    let users = waiting(&context.output, "Loading the users", request).await?;
    response::payload(users, needed)
}

/// Returns `true` if the user has the text, in lower case, in a property that people search for.
fn contains(user: &SipUserDetails, text: &str) -> bool {
    let name = [&user.first_name, &user.last_name].map(Option::as_deref);
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let texts = [&user.login, &user.email, &user.phone_number].map(Option::as_deref);
    let mut texts = texts.into_iter().flatten().chain([name.as_str()]);
    texts.any(|value| value.to_lowercase().contains(text))
        || user.uuid.to_string().starts_with(text)
}
