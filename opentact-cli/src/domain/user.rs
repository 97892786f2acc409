//! The command `opentact domain user`: the SIP users of a domain, as the account sees them.

mod change;
mod named;

use clap::Subcommand;
use serde_json::Value;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{View, to_json};
use crate::user::{GROUPS, LIST, USER};
use named::Named;

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// List the SIP users of a domain.
    List {
        /// The name of the domain, as `opentact domain list` shows it.
        domain: String,
    },
    /// Show a SIP user of a domain, with the groups.
    Show(Named),
    /// Create a SIP user in a domain.
    Create(change::CreateOptions),
    /// Change a SIP user of a domain. Properties that are not named stay as they are.
    Update(change::UpdateOptions),
    /// Delete a SIP user of a domain.
    Delete(change::DeleteOptions),
}

const USERS: View = View {
    columns: LIST.columns,
    empty: "This domain has no SIP users.",
};

pub(crate) async fn run(command: UserCommand, context: &Context) -> Result<(), Failure> {
    match command {
        UserCommand::List { domain } => list(&domain, context).await,
        UserCommand::Show(named) => {
            context.output.check(&USER)?;
            let user = named.find(&context.client()?, &context.output).await?;
            let mut item: Value = to_json(&user)?;
            item["groups"] = to_json(&user.groups)?;
            context.output.details(&USER, item, &[GROUPS])
        }
        UserCommand::Create(options) => change::create(options, context).await,
        UserCommand::Update(options) => change::update(options, context).await,
        UserCommand::Delete(options) => change::delete(options, context).await,
    }
}

async fn list(domain: &str, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&USERS)?;
    let users = named::load(&context.client()?, domain, &[], output).await?;
    let items = users.iter().map(to_json).collect::<Result<_, _>>()?;
    output.list(&USERS, items)
}
