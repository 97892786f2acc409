//! The order of numbers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use opentact_api::numbers::{CreateTnOrderItem, TnFeature, TnOrderError};

use super::leases::distinct;
use super::outcomes::{Outcomes, counted};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, View, to_json};
use crate::response;
use crate::telephone_number::TelephoneNumber;
use crate::terminal::{change, confirm, needs_yes, waiting};

const ORDERS: View = View {
    columns: &[
        Column::new("UUID", "/uuid", Kind::Uuid, 1),
        Column::new("STATE", "/state", Kind::Text, 0),
        Column::new("TOTAL", "/total", Kind::Number, 2),
        Column::new("SUCCESS", "/success", Kind::Number, 0),
        Column::new("PROCESSING", "/processing", Kind::Number, 3),
        Column::new("FAILED", "/failed", Kind::Number, 0),
    ],
    empty: "",
};

#[derive(Args, Debug)]
pub(crate) struct OrderOptions {
    /// Telephone numbers with their country code, as `opentact number search` shows them.
    #[arg(value_name = "NUMBER")]
    numbers: Vec<TelephoneNumber>,
    /// A file of numbers, one in each line. `-` is standard input.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The features of the numbers. The default is all.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FEATURE,...")]
    features: Vec<Feature>,
    /// Release the numbers after a month. Otherwise, they are renewed each month.
    #[arg(long)]
    no_renewal: bool,
    /// Do not ask for confirmation.
    #[arg(long)]
    yes: bool,
    /// Show the changes and make none.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Feature {
    Voice,
    Sms,
}

pub(crate) async fn run(options: OrderOptions, context: &Context) -> Result<(), Failure> {
    let output = &context.output;
    match options.dry_run {
        true => Outcomes::check(output)?,
        false => output.check(&ORDERS)?,
    }
    let numbers = distinct(options.numbers, options.from.as_deref(), context)?;
    check_country_code(&numbers)?;
    if options.dry_run {
        let mut plan = Outcomes::default();
        for number in &numbers {
            plan.add(number, None, "would be ordered");
        }
        return plan.print(output);
    }
    let renewal = match options.no_renewal {
        true => "for a month",
        false => "renewed each month",
    };
    needs_yes(options.yes)?;
    let client = context.client()?;
    let count = counted(numbers.len());
    confirm(
        &format!("Order {count}, {renewal}? This costs money."),
        options.yes,
    )?;
    let features = match options.features.as_slice() {
        [] => vec![TnFeature::Voice, TnFeature::Sms],
        features => features
            .iter()
            .map(|feature| feature.of_service())
            .collect(),
    };
    let items = numbers.iter().map(|number| {
        let item = CreateTnOrderItem::builder()
            .tn(number.0)
            .features(features.clone());
        let item = item.autorenew(!options.no_renewal);
        CreateTnOrderItem::try_from(item).map_err(|error| Failure::usage(error.to_string()))
    });
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let request = client.create_tn_order().body_map(|body| body.items(items));
    let order = change(
        waiting(output, "Ordering", request.send()),
        "opentact number list",
    )
    .await??;
    let order = response::payload(order, &[])?;
    output.item(&ORDERS, to_json(&order)?)?;
    for error in &order.errors {
        output.warn(&reason(error));
    }
    match order.failed {
        Some(failed) if failed > 0 => {
            let message = format!("{failed} of {count} could not be ordered");
            let hint = "`opentact number search` shows the numbers that can be ordered";
            Err(Failure::general(message).with_hint(hint))
        }
        _ => Ok(()),
    }
}

/// Returns the number that could not be ordered, and the reason of the service.
fn reason(error: &TnOrderError) -> String {
    let number = error.item.as_ref().and_then(|item| item.tn);
    let number = number.map_or_else(|| "a number".to_owned(), |number| number.to_string());
    let texts = [&error.reason, &error.description].into_iter().flatten();
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    match texts.is_empty() {
        true => format!("{number} could not be ordered"),
        false => format!("{number} could not be ordered: {}", texts.join(", ")),
    }
}

/// Fails for a number that seems to lack the country code.
fn check_country_code(numbers: &[TelephoneNumber]) -> Result<(), Failure> {
    let starts = 2_000_000_000..10_000_000_000;
    match numbers.iter().find(|number| starts.contains(&number.0)) {
        Some(number) => {
            let message = format!("{number} has no country code");
            Err(Failure::usage(message).with_hint(format!("did you mean 1{number}?")))
        }
        None => Ok(()),
    }
}

impl Feature {
    fn of_service(self) -> TnFeature {
        match self {
            Self::Voice => TnFeature::Voice,
            Self::Sms => TnFeature::Sms,
        }
    }
}
