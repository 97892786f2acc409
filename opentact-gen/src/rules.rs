//! The rules: the demands on a spec, each with an id, a summary and its functions. All of them run,
//! so that one look shows every mistake.

mod bodies;
mod composition;
mod context;
mod envelope;
mod examples;
mod limits;
mod links;
mod names;
mod operations;
mod pages;
mod paging;
mod parameters;
mod references;
mod report;
mod schemas;
mod security;
mod sign_in;
mod type_names;
mod verbs;

use openapi_tree::{Document, Finding, Findings, validate};

use self::context::Context;
use self::report::Report;

/// A rule: its id, the mistakes that it reports, and the functions that look for them.
type Rule = (&'static str, &'static str, &'static [Check]);

type Check = fn(&Context<'_>, &mut Report<'_>);

/// The rules of this crate. Those of OpenAPI itself are in [`openapi_tree::RULES`].
#[rustfmt::skip] // a table
const RULES: [Rule; 33] = [
    ("ref-target", "a `$ref` to a schema, parameter, request body or response that is not `#/components/…/Name`, with the name unescaped",
        &[references::targets]),
    ("ref-sibling", "a keyword beside a `$ref`, which OpenAPI 3.0 ignores",
        &[references::siblings]),
    ("unused-component", "a component that no operation uses",
        &[references::unused]),
    ("missing-name", "an operation without `operationId` or `x-rust-name`",
        &[names::missing]),
    ("duplicate-name", "two operations, security schemes or different schemas with the same name in the spec or in Rust; a schema with the name of a request builder; inline schemas are named by their `title` or their place",
        &[names::duplicates, type_names::duplicates]),
    ("rust-name", "an `x-rust-name` that is not in snake case, is a keyword, or is a method of `Client` or, for a security scheme, of `ClientBuilder`; a request builder with a name that generated code uses, such as `Option`",
        &[names::methods, names::setters]),
    ("page-name", "a file whose name is that of a module or feature of `opentact-api`, or of another file",
        &[pages::names]),
    ("verb", "an `x-rust-name` that does not start with a known verb, or with one that does not fit the HTTP method or the payload",
        &[verbs::verbs]),
    ("schema-name", "a name or `title` of a schema that is not an identifier in Rust, or that Rust's prelude has, such as `Option`",
        &[names::schemas, type_names::titles]),
    ("idempotent", "an operation without `x-idempotent: true` or `false`",
        &[operations::idempotent]),
    ("source", "an operation without `x-source: page`, `page+2021` or `2021`",
        &[operations::source]),
    ("paging", "an `x-paging` that does not name two integers among the query parameters, and a list and an integer among the properties of the payload",
        &[paging::paging]),
    ("link", "a link that leads to no operation, or sets a parameter that the operation lacks",
        &[links::links]),
    ("no-operation", "a spec without an operation",
        &[operations::none]),
    ("extension", "the extensions `x-dropshot-pagination` and `x-dropshot-websocket`, which are instructions to progenitor",
        &[operations::extensions]),
    ("path-parameters", "a path template that is malformed, or does not match the `path` parameters",
        &[parameters::templates]),
    ("parameter-name", "a parameter with a name that request builders use, such as `send`, or `jwt` for the token of a scheme",
        &[parameters::names]),
    ("parameter", "a parameter in a cookie, with `content`, or with another style than the default",
        &[parameters::forms]),
    ("parameter-value", "a path or header parameter that is not a plain string, number or boolean; a password in a header",
        &[parameters::values]),
    ("path-item-ref", "a `$ref` instead of a path item",
        &[parameters::path_items]),
    ("security", "an operation without `security`, or with several schemes at once; a scheme that is undefined, unused, or no secret in a header; two schemes that use a header alike; a header parameter that a token would overwrite",
        &[security::requirements, security::definitions, security::headers, security::parameters]),
    ("sign-in", "an `x-sign-in` that does not lead to an operation that accepts a `basic` scheme and returns a token",
        &[sign_in::sign_in]),
    ("server", "a first server that is not an `https` address",
        &[security::server]),
    ("status", "a response that is neither a success, such as `200`, nor an error, such as `404` or `4XX`; a `default` response; success responses with different schemas",
        &[bodies::statuses]),
    ("media-type", "a request body or response that is not JSON with a schema",
        &[bodies::media_types]),
    ("request-body", "a request body without `required: true`, or for `GET`, `HEAD`, `DELETE` or `TRACE`",
        &[bodies::requests]),
    ("envelope", "a success response other than `{success, payload}`, both required, or an error response other than `{success, message, status}`, all required, with `meta` and `fields` optional",
        &[envelope::envelopes]),
    ("schema", "a keyword without the `type` that it is about; a `number` without a `format`; `not`; a `pattern` other than that of a UUID; a length of more than 32 bits; a list that always has more than 32 items; `allOf`, `anyOf` or `oneOf` without schemas",
        &[schemas::keywords, schemas::lengths]),
    ("limit", "a limit of a number or password in a request that the client cannot check: in a list or an inline object, beside `enum`, of a floating-point number, or other than an integer of 64 bits; `multipleOf`",
        &[limits::limits]),
    ("enum", "a value of an `enum` that does not fit the schema beside it",
        &[schemas::enumerations]),
    ("nullable", "`nullable` without a `type`",
        &[schemas::nullable]),
    ("composition", "a schema that consists of itself, or schemas that take progenitor too long to merge",
        &[composition::composition]),
    ("example", "an example that does not fit its schema",
        &[examples::examples]),
];

/// The rules that a misspelt keyword or reference would mislead. They wait until the document is valid.
const LATE: [&str; 3] = ["unused-component", "enum", "example"];

/// Returns the id and the summary of every rule, those of OpenAPI itself first.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = RULES.iter().map(|(id, summary, _)| (*id, *summary));
    openapi_tree::RULES.into_iter().chain(own)
}

/// Checks a document against all rules.
///
/// # Errors
/// Returns the findings of every rule, in the order of the files. For a document of another version
/// of OpenAPI, that is the only finding.
pub fn check(document: &Document) -> Result<(), Findings> {
    let mut findings = validate(document);
    let is_valid = findings.is_empty();
    let is_other_version = |finding: &Finding| finding.rule == "openapi-version";
    if !findings.iter().any(is_other_version) {
        let context = Context::new(document);
        let applies = |id: &str| is_valid || !LATE.contains(&id);
        for (id, _, checks) in RULES.iter().filter(|(id, ..)| applies(id)) {
            let mut report = Report::new(id, &mut findings);
            checks.iter().for_each(|check| check(&context, &mut report));
        }
    }
    match findings.is_empty() {
        true => Ok(()),
        false => Err(Findings::new(document.sources.clone(), findings)),
    }
}
