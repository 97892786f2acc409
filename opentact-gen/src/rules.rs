//! Stage 2, check: rules with names, each a small function. All of them run, so that one
//! look shows everything that is wrong.

mod alternatives;
mod composition;
mod enumerations;
mod envelope;
mod examples;
mod idempotency;
mod limits;
mod links;
mod names;
mod parameter_schemas;
mod parameters;
mod reachable;
mod ref_targets;
mod references;
mod schemes;
mod security;
mod type_names;
mod unsupported;

use openapi_tree::{Document, Finding, Findings, Node, validate};

/// A rule: looks at the root of a document and adds what it finds.
type Rule = fn(&Node, &mut Vec<Finding>);

/// What is asked of a document that is, for a misspelt keyword or reference would hide what
/// uses a component and what an example is to fit.
const FOUNDED: &[Rule] = &[references::unused, examples::examples];

/// What is asked of a spec beyond that.
const RULES: &[Rule] = &[
    references::siblings,
    names::operation_ids,
    names::rust_names,
    names::builder_names,
    names::schema_names,
    idempotency::operations,
    links::links,
    parameters::path_parameters,
    parameters::parameter_names,
    security::requirements,
    schemes::headers,
    schemes::parameters,
    schemes::rust_names,
    security::server,
    envelope::envelopes,
    unsupported::responses,
    unsupported::request_bodies,
    unsupported::parameters,
    unsupported::schemas,
    ref_targets::targets,
    parameter_schemas::parameters,
    enumerations::enumerations,
    limits::limits,
    limits::extensions,
    limits::operations,
    alternatives::lists,
    composition::circles,
    composition::merging,
    type_names::properties,
    type_names::types,
];

/// Looks for everything that keeps a document from becoming a client.
///
/// # Errors
/// Every finding of every rule, in the order in which it stands in the files. Of a document
/// of another version of OpenAPI, only that it is one.
pub fn check(document: &Document) -> Result<(), Findings> {
    let mut findings = validate(document);
    let is_valid = findings.is_empty();
    if findings
        .iter()
        .all(|finding| finding.rule != "openapi-version")
    {
        let rules = match is_valid {
            true => &[RULES, FOUNDED][..],
            false => &[RULES],
        };
        for rule in rules.iter().copied().flatten() {
            rule(&document.root, &mut findings);
        }
    }
    match findings.is_empty() {
        true => Ok(()),
        false => Err(Findings::new(document.sources.clone(), findings)),
    }
}
