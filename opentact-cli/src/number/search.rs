//! The numbers that can be ordered, and those that are leased.

use clap::Args;
use opentact_api::Uuid;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, View};
use crate::pages::Limit;
use crate::set_given::set_given;

const NUMBERS: View = View {
    columns: &[
        Column::new("NUMBER", "/tn", Kind::Text, 0),
        Column::new("PROFILE", "/profile/name", Kind::Text, 2),
        Column::new("REGISTERED", "/registered", Kind::Text, 1),
    ],
    empty: "No number fits.",
};

const LEASES: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 2),
        Column::new("NUMBER", "/tn/tn", Kind::Text, 0),
        Column::new("EXPIRES", "/expired_on", Kind::Time, 1),
        Column::new("RENEWED", "/autorenew", Kind::Text, 3),
        Column::new(
            "ASSIGNED",
            "/sip_connection/name|/sip_connection/uuid|/sip_control_app/name|/sip_control_app/uuid",
            Kind::Text,
            4,
        ),
        Column::on_demand("CREATED", "/created_on", Kind::Time),
    ],
    empty: "You lease no such numbers; `opentact number search` finds some.",
};

#[derive(Args, Debug)]
pub(crate) struct SearchOptions {
    /// Ten digits, where `%` stands for any digit, such as 202555%%%%.
    pattern: Option<String>,
    /// The city of the numbers.
    #[arg(long)]
    city: Option<String>,
    /// The state or province of the numbers.
    #[arg(long)]
    province: Option<String>,
    /// The postal code of the numbers.
    #[arg(long, value_name = "CODE")]
    postal_code: Option<String>,
    /// The rate centre of the numbers.
    #[arg(long, value_name = "NAME")]
    rate_centre: Option<String>,
    /// The number profile, such as US. This option has another name than the global `--profile`.
    #[arg(long, value_name = "NAME")]
    number_profile: Option<String>,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// The start or another part of the numbers, where the service allows wildcards.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// The UUID of the SIP connection that uses the numbers.
    #[arg(long, value_name = "UUID")]
    connection: Option<Uuid>,
    /// The UUID of the SIP control app that uses the numbers.
    #[arg(long, value_name = "UUID")]
    app: Option<Uuid>,
    #[command(flatten)]
    limit: Limit,
}

/// Lists numbers that can be ordered.
pub(crate) async fn run(options: &SearchOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&NUMBERS)?;
    let client = context.client()?;
    let request = client.search_telephone_numbers().size(options.limit.page());
    let request = request.body_map(|body| {
        set_given!(
            body,
            pattern: options.pattern.as_deref(),
            city: options.city.as_deref(),
            province: options.province.as_deref(),
            postal_code: options.postal_code.as_deref(),
            rate_center: options.rate_centre.as_deref(),
            profile: options.number_profile.as_deref(),
        )
    });
    let numbers = options.limit.first(request.stream(), output).await?;
    output.list(&NUMBERS, numbers)
}

/// Lists the leases.
pub(crate) async fn list(options: &ListOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    output.check(&LEASES)?;
    let client = context.client()?;
    let request = client.search_tn_leases().take(options.limit.page());
    let request = request.body_map(|body| {
        set_given!(
            body,
            tn: options.filter.as_deref(),
            sip_connection: options.connection,
            sip_control_app: options.app,
        )
    });
    let leases = options.limit.first(request.stream(), output).await?;
    output.list(&LEASES, leases)
}
