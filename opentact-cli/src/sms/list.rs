//! The SMS that were sent and received.

use std::fmt::Display;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use opentact_api::messaging::{InboundSmsState, SmsState};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, View};
use crate::pages::Limit;
use crate::set_given::set_given;
use crate::telephone_number::TelephoneNumber;

pub(crate) const SMS: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 4),
        Column::new("FROM", "/from|/tn/tn", Kind::Text, 0),
        Column::new("TO", "/to", Kind::Text, 0),
        Column::new("STATE", "/state", Kind::Text, 2),
        Column::new("DELIVERED", "/delivered", Kind::Text, 5),
        Column::new("MESSAGE", "/message", Kind::Text, 1),
        Column::new("CREATED", "/created_on", Kind::Time, 3),
        Column::on_demand("THREAD", "/thread", Kind::Text),
        Column::on_demand("TYPE", "/type", Kind::Text),
    ],
    empty: "No SMS fits.",
};

#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// Only SMS that were sent, or only those that were received.
    #[arg(long, value_enum)]
    direction: Option<Direction>,
    /// The sender.
    #[arg(long, value_name = "NUMBER")]
    sender: Option<TelephoneNumber>,
    /// The recipient.
    #[arg(long, value_name = "NUMBER")]
    to: Option<TelephoneNumber>,
    /// The state, such as created, sending, sent, failed or success.
    #[arg(long)]
    state: Option<String>,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    Outbound,
    Inbound,
}

pub(crate) async fn run(options: &ListOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&SMS)?;
    let limit = options.limit;
    let (from, to) = (options.sender, options.to.map(|to| to.to_string()));
    let sms = match options.direction {
        None => {
            let state = options.state::<SmsState>()?;
            let client = context.client()?;
            let request = client.search_sms().take(limit.page());
            let from = from.map(|from| from.to_string());
            let request =
                request.body_map(|body| set_given!(body, from: from, to: to, state: state));
            limit.first(request.stream(), output).await?
        }
        Some(Direction::Outbound) => {
            let state = options.state::<SmsState>()?;
            let client = context.client()?;
            let request = client.search_outbound_sms().take(limit.page());
            let from = from.map(|from| from.0);
            let request = request.body_map(|body| set_given!(body, tn: from, to: to, state: state));
            limit.first(request.stream(), output).await?
        }
        Some(Direction::Inbound) => {
            let state = options.state::<InboundSmsState>()?;
            let client = context.client()?;
            let request = client.search_inbound_sms().take(limit.page());
            let from = from.map(|from| from.to_string());
            let request =
                request.body_map(|body| set_given!(body, from: from, to: to, state: state));
            limit.first(request.stream(), output).await?
        }
    };
    output.list(&SMS, sms)
}

impl ListOptions {
    /// Returns the state, which is checked before anything is sent.
    fn state<T>(&self) -> Result<Option<T>, Failure>
    where
        T: FromStr,
        T::Err: Display,
    {
        let state = self.state.as_deref().map(str::parse).transpose();
        state.map_err(|error| Failure::usage(format!("--state: {error}")))
    }
}
