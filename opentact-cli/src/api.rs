//! `opentact api`: any operation of the spec, in the way of `gh api`. Nothing here knows an operation.

mod describe;
mod field;
mod files;
mod list;
mod request;
mod schema;
mod select;
mod send;
mod spec;

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use crate::client;
use crate::context::Context;
use crate::failure::Failure;
use crate::options::Format;
use crate::output::Output;
use spec::Spec;

#[derive(Args, Debug)]
#[command(
    group = ArgGroup::new("mode").args(["list", "describe", "dry_run"]),
    after_help = "\
Examples:
  opentact api --list numbers
  opentact api update_group --describe
  opentact api update_group -F uuid=0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 -F name=Sales
  opentact api DELETE /app/group/0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41
  opentact api create_tn_order -F 'items[][tn]=12025550143' -F 'items[][features][]=sms' -F 'items[][autorenew]=false'
  opentact api search_sms --paginate --output jsonl"
)]
pub(crate) struct ApiOptions {
    /// The name of an operation, such as `list_groups`; or a method and a path, such as
    /// `GET /app/group`. With --list, a text to search for.
    #[arg(
        value_name = "OPERATION",
        num_args = 1..=2,
        required_unless_present = "list"
    )]
    operation: Vec<String>,
    /// A parameter or a property of the body, with the type that the spec gives it: key=value,
    /// `key[property]=value`, `key[]=value`, or `key[]` for an empty list. The value @FILE is read from a
    /// file, and @- from standard input.
    #[arg(short = 'F', long = "field", value_name = "KEY=VALUE")]
    fields: Vec<String>,
    /// The same, but the value stays a string.
    #[arg(short = 'f', long = "raw-field", value_name = "KEY=VALUE")]
    raw_fields: Vec<String>,
    /// A header, for gateways and tracing.
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// A file with the body in JSON. `-` is standard input. Fields complete it.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Request all pages, and print their items as one list.
    #[arg(long)]
    paginate: bool,
    /// Print the status and the headers of the response first.
    #[arg(short, long)]
    include: bool,
    /// Print the request and do not send it.
    #[arg(long)]
    dry_run: bool,
    /// Describe the operation: its parameters, body, response, tokens and source.
    #[arg(long)]
    describe: bool,
    /// List the operations, page by page.
    #[arg(long)]
    list: bool,
}

/// Returns the names of all operations, with their summaries.
pub(crate) fn operations() -> Result<Vec<(String, String)>, String> {
    let spec = Spec::embedded()?;
    let operations = spec.operations();
    let named = operations.map(|it| (it.name().to_owned(), it.summary().to_owned()));
    Ok(named.collect())
}

/// Returns the keys of the fields of an operation, each with `=`, and their types.
pub(crate) fn keys(operation: &[String]) -> Result<Vec<(String, String)>, String> {
    let spec = Spec::embedded()?;
    let operation = select::select(&spec, operation)?.operation;
    let parameters = operation.parameters().into_iter();
    let parameters = parameters.map(|it| (format!("{}=", it.name), it.schema.kind()));
    let properties = operation.body().map(|body| body.properties());
    let properties = properties.into_iter().flatten();
    let properties = properties.map(|it| (format!("{}=", it.name), it.schema.kind()));
    Ok(parameters.chain(properties).collect())
}

pub(crate) async fn run(options: ApiOptions, context: &Context) -> Result<(), Failure> {
    let spec = Spec::embedded().map_err(Failure::general)?;
    if options.list {
        return list::run(&spec, &options.operation.join(" "), &context.output);
    }
    let selected = select::select(&spec, &options.operation).map_err(|reason| {
        Failure::usage(reason).with_hint("`opentact api --list` lists the operations")
    })?;
    if options.describe {
        return describe::run(selected.operation, &context.output);
    }
    let operation = selected.operation;
    let fields = files::fields(&options.fields, &options.raw_fields, context)?;
    let input = options.input.as_deref();
    let input = input.map(|file| files::json(file, context)).transpose()?;
    let headers = options.headers.iter().map(|header| header_of(header));
    let headers = headers.collect::<Result<Vec<_>, _>>()?;
    let request = request::prepare(selected, &fields, input).map_err(|reason| {
        let name = operation.name();
        let hint = format!("`opentact api {name} --describe` describes the operation");
        Failure::usage(format!("{name}: {reason}")).with_hint(hint)
    })?;
    let output = &output(context);
    if options.dry_run {
        return send::show(&request, output);
    }
    // A public operation needs no token.
    let client = match operation.schemes().is_empty() {
        true => client::without_questions(&context.options)?,
        false => context.client()?,
    };
    let sender = send::Sender {
        client,
        headers,
        output,
        includes_headers: options.include,
    };
    match options.paginate {
        true => sender.all_pages(request).await,
        false => sender.one(&request).await,
    }
}

/// Returns the output: JSON, unless the user chose a format.
fn output(context: &Context) -> Output {
    let mut options = context.options.clone();
    options.output = options.output.or((!options.json).then_some(Format::Json));
    Output::new(&options)
}

fn header_of(header: &str) -> Result<(String, String), Failure> {
    match header.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Failure::usage(format!(
            "`{header}` is not of the form `name: value`"
        ))),
    }
}
