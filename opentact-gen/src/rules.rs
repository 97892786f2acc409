//! Stage 2, check: rules with names, each a small function. All of them run, so that one
//! look shows everything that is wrong.

mod alternatives;
mod composition;
mod enumerations;
mod envelope;
mod examples;
mod given;
mod idempotency;
mod limits;
mod links;
mod names;
mod parameters;
mod references;
mod schemes;
mod security;
mod structure;
mod targets;
mod type_names;
mod unsupported;
mod values;

use crate::finding::{Finding, Findings};
use crate::load::Document;
use crate::node::Node;

/// A rule: looks at the root of a document and adds what it finds.
type Rule = fn(&Node, &mut Vec<Finding>);

/// A rule about the files of a document: adds what it finds in each, or between them.
type FileRule = fn(&Document, &mut Vec<Finding>);

/// Whether the files are of the version of OpenAPI that the other rules are about.
const VERSION: &[FileRule] = &[structure::version];

/// Whether the files are OpenAPI 3.0 whose references lead somewhere, and one document together.
const FOUNDATIONS: &[FileRule] = &[structure::openapi, references::unknown, conflicts];

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
    targets::targets,
    values::parameters,
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
    let mut findings = run(VERSION, document);
    if findings.is_empty() {
        findings = run(FOUNDATIONS, document);
        let rules = match findings.is_empty() {
            true => &[RULES, FOUNDED][..],
            false => &[RULES],
        };
        for rule in rules.iter().copied().flatten() {
            rule(&document.root, &mut findings);
        }
    }
    outcome(document, findings)
}

/// Looks for what keeps a document from being understood: whether it is OpenAPI 3.0 whose
/// references lead somewhere, and nothing that is asked beyond that.
pub(crate) fn foundations(document: &Document) -> Result<(), Findings> {
    let mut findings = run(VERSION, document);
    if findings.is_empty() {
        findings = run(FOUNDATIONS, document);
    }
    outcome(document, findings)
}

fn run(rules: &[FileRule], document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules {
        rule(document, &mut findings);
    }
    findings
}

/// What kept the files from being put together.
fn conflicts(document: &Document, findings: &mut Vec<Finding>) {
    findings.extend(document.conflicts.iter().cloned());
}

fn outcome(document: &Document, findings: Vec<Finding>) -> Result<(), Findings> {
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Findings::new(document.sources.clone(), findings))
    }
}
