//! The command `opentact domain`.

mod user;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, View, to_json};
use crate::response;
use crate::terminal::waiting;

const DOMAINS: View = View {
    columns: &[
        Column::new("DOMAIN", "/domain", Kind::Text, 0),
        Column::new("USERS", "/sip_users", Kind::Count, 1),
        Column::new("INVITES", "/sip_user_invites", Kind::Count, 3),
        Column::new(
            "ROUTE",
            "/sip_connection/name|/sip_connection/uuid|/sip_control_app/name|/sip_control_app/uuid",
            Kind::Text,
            4,
        ),
        Column::new("MODIFIED", "/modified_on", Kind::Time, 2),
        Column::on_demand("CREATED", "/created_on", Kind::Time),
    ],
    empty: "Your account has no SIP domains.",
};

#[derive(Debug, Subcommand)]
pub(crate) enum DomainCommand {
    /// List the SIP domains of your account.
    List,
    /// List and change the SIP users of a domain.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    User {
        #[command(subcommand)]
        command: Box<user::UserCommand>,
    },
}

pub(crate) async fn run(command: DomainCommand, context: &Context) -> Result<(), Failure> {
    match command {
        DomainCommand::List => list(context).await,
        DomainCommand::User { command } => user::run(*command, context).await,
    }
}

async fn list(context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&DOMAINS)?;
    let client = context.client()?;
    let domains = waiting(
        output,
        "Loading the domains",
        client.list_sip_domains().send(),
    )
    .await?;
    let domains = response::payload(domains, &[])?;
    let domains = domains.iter().map(to_json).collect::<Result<_, _>>()?;
    output.list(&DOMAINS, domains)
}
