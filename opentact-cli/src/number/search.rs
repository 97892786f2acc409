//! The numbers that can be ordered, and those that are leased.

use clap::Args;

use super::assign::{app_uuid, connection_uuid};
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

/// The leases without a filter.
const ALL_LEASES: View = View {
    columns: LEASES.columns,
    empty: "You lease no numbers; `opentact number search` finds some.",
};

#[derive(Args, Debug)]
pub(crate) struct SearchOptions {
    /// Ten digits, where `%` stands for any digit, such as 202555%%%%.
    #[arg(value_parser = pattern)]
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
    /// The SIP connection that uses the numbers: name or UUID.
    #[arg(long)]
    connection: Option<String>,
    /// The SIP control app that uses the numbers: name or UUID.
    #[arg(long)]
    app: Option<String>,
    #[command(flatten)]
    limit: Limit,
}

/// Reads a pattern, with or without the country code 1.
fn pattern(text: &str) -> Result<String, String> {
    let pattern = text.strip_prefix("+1").unwrap_or(text);
    let pattern: String = pattern.chars().filter(|c| !" -().".contains(*c)).collect();
    let count = pattern.chars().count();
    let is_valid = |byte: u8| byte.is_ascii_digit() || byte == b'%';
    match count == 10 && pattern.bytes().all(is_valid) {
        true => Ok(pattern),
        false if count == 10 => Err("ten digits or `%` are expected".to_owned()),
        false => Err(format!(
            "it has {count} characters; ten digits or `%` are expected"
        )),
    }
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
    let connection = match &options.connection {
        Some(connection) => Some(connection_uuid(&client, connection).await?),
        None => None,
    };
    let app = match &options.app {
        Some(app) => Some(app_uuid(&client, app).await?),
        None => None,
    };
    let request = client.search_tn_leases().take(options.limit.page());
    let request = request.body_map(|body| {
        set_given!(
            body,
            tn: options.filter.as_deref(),
            sip_connection: connection,
            sip_control_app: app,
        )
    });
    let leases = options.limit.first(request.stream(), output).await?;
    let is_filtered = options.filter.is_some() || connection.is_some() || app.is_some();
    output.list(if is_filtered { &LEASES } else { &ALL_LEASES }, leases)
}
