//! The report for code scanning, in [SARIF 2.1.0][sarif].
//!
//! [sarif]: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

use std::sync::LazyLock;

use openapi_tree::Location;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::entries::entries;
use super::entry::{Entry, Places};
use super::prose::{NAMED, affected, count, headline, one_line, sentence};
use super::section::Section;
use super::value::Report;
use crate::change::{Change, Level, Place};
use crate::change_id::{Audience, ChangeId};
use crate::policy::Ignored;
use crate::semver::Verdict;

/// The limit for results. GitHub refuses a file with more.
const RESULTS: usize = 25_000;
/// The limit for locations of a result. GitHub reads no more.
const LOCATIONS: usize = 1_000;
/// The key of the fingerprint. GitHub's action for uploads computes `primaryLocationLineHash` itself,
/// and warns about each result that brings another one.
const FINGERPRINT: &str = "openapiCompatChange/v1";
/// The characters to escape in a path. A colon would make the start of a path a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Report {
    /// Returns the report for code scanning, such as that of GitHub, in SARIF 2.1.0. Each id of a
    /// change is a rule. Each entry of the report is a result: an error if it is breaking, a
    /// warning if a keyword has no effect, and a note otherwise. Its fingerprint depends on the
    /// change, and not on lines. A change that the caller accepts is a result that is suppressed.
    pub fn to_sarif(&self) -> String {
        let entries = entries(&self.changes);
        let room = RESULTS.saturating_sub(entries.len());
        let ignored = suppressed(self).into_iter().take(room);
        let shown = &entries[..entries.len().min(RESULTS)];
        let mut invocation = json!({ "executionSuccessful": true });
        if entries.len() > shown.len() {
            let more = count(entries.len() - shown.len(), "more change");
            let text = format!("The report is cut: there are {more}.");
            let notification = json!({ "level": "warning", "message": { "text": text } });
            invocation["toolExecutionNotifications"] = json!([notification]);
        }
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": RULES.clone(),
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [invocation],
                "properties": { "verdict": headline(self) },
                "results": (shown.iter().map(|entry| result(self, &self.changes, entry)))
                    .chain(ignored)
                    .collect::<Value>(),
            }],
        });
        format!("{log:#}\n")
    }
}

/// The rules, which are the same in each report.
static RULES: LazyLock<Value> =
    LazyLock::new(|| ChangeId::ALL.iter().map(|&id| rule(id)).collect());

fn rule(id: ChangeId) -> Value {
    let compatibility = id.compatibility();
    let level = match compatibility.request.max(compatibility.response).level() {
        Level::Breaking => "error",
        Level::Additive | Level::Documentation => "note",
    };
    let (short, full) = (id.as_str().replace('-', " "), in_general(id));
    let help = format!(
        "{full}\n\nThe level of a result depends on the direction and on a proof. This type of change \
         has the id {id}."
    );
    json!({
        "id": id.as_str(),
        "name": format!("{id:?}"),
        "shortDescription": { "text": capitalized(&short) },
        "fullDescription": { "text": full },
        "help": { "text": help, "markdown": id.explanation().to_markdown() },
        "defaultConfiguration": { "level": level },
    })
}

/// Returns the sentence about changes of a type, without their names and values.
fn in_general(id: ChangeId) -> String {
    let (fact, audience) = id.sentence();
    let parts = fact.split(['{', '}']).enumerate();
    let parts = parts.map(|(number, part)| match (number % 2, part) {
        (0, words) => words.replace('`', ""),
        (_, "subject") => "an element".to_owned(),
        (_, "changed" | "values" | "schemas") => "changed".to_owned(),
        (_, "ineffective") => "a keyword that has no effect changed".to_owned(),
        (_, "keywords") => "keywords of a schema changed".to_owned(),
        (_, "added or removed") => "added or removed".to_owned(),
        _ => "…".to_owned(),
    });
    let fact = capitalized(&parts.collect::<String>());
    match audience {
        Audience::Fixed(clients) => format!("{fact}: {clients}."),
        _ => format!("{fact}."),
    }
}

fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).collect()
}

/// Returns the results for the changes that the caller accepts.
fn suppressed(report: &Report) -> Vec<Value> {
    let of_ignore = report
        .ignored
        .chunk_by(|one, other| one.place == other.place);
    let results = of_ignore.flat_map(|ignored| {
        let changes: Vec<Change> = ignored.iter().map(|known| known.change.clone()).collect();
        let suppression = suppression(&ignored[0]);
        let entries = entries(&changes).into_iter();
        let results = entries.map(|entry| {
            let mut result = result(report, &changes, &entry);
            result["suppressions"] = json!([suppression]);
            result
        });
        results.collect::<Vec<_>>()
    });
    results.collect()
}

fn suppression(ignored: &Ignored) -> Value {
    let Location { path, line, column } = &ignored.place;
    json!({
        "kind": "external",
        "status": "accepted",
        "justification": ignored.reason,
        "location": { "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": { "startLine": line, "startColumn": column },
        } },
    })
}

fn result(report: &Report, changes: &[Change], entry: &Entry<'_>) -> Value {
    let mut lines = vec![sentence(entry)];
    let unproven = entry.unproven.iter();
    lines.extend(unproven.map(|schema| format!("no proof was found at {schema}")));
    lines.extend(affected(entry, NAMED, str::to_owned));
    let lines: Vec<String> = lines.iter().map(|line| message(line)).collect();
    let places = entry.places.iter().filter_map(Places::main);
    let older = entry.places.first().and_then(|places| places.older);
    json!({
        "ruleId": entry.id.as_str(),
        "ruleIndex": ChangeId::ALL.iter().position(|id| *id == entry.id),
        "level": level(report, entry),
        "message": { "text": lines.join("\n") },
        "locations": places.take(LOCATIONS).map(location).collect::<Value>(),
        "relatedLocations": older.map(location).into_iter().collect::<Value>(),
        "partialFingerprints": { FINGERPRINT: fingerprint(changes, entry) },
    })
}

fn level(report: &Report, entry: &Entry<'_>) -> &'static str {
    match (entry.section, report.verdict) {
        (Section::Warning, _) => "warning",
        (section, Verdict::Undeclared) if section.is_breaking() => "error",
        (section, _) if section.is_breaking() => "warning",
        _ => "note",
    }
}

fn location(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.path) },
            "region": { "startLine": place.line },
        },
        "logicalLocations": [{ "fullyQualifiedName": place.pointer.as_str() }],
    })
}

/// Returns a path as a reference relative to the root of the repository.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    utf8_percent_encode(path, PATH).to_string()
}

/// Returns a message on one line, in which nothing is a link or a placeholder. The standard wants
/// every brace doubled (3.11.5).
fn message(text: &str) -> String {
    let text = one_line(text).replace("](", "]\u{200b}(");
    text.replace('{', "{{").replace('}', "}}")
}

/// Returns a hash of the change and its place in the document, which is not that in a file. It is
/// FNV-1a, because a fingerprint must be the same in each version of this crate.
fn fingerprint(changes: &[Change], entry: &Entry<'_>) -> String {
    let first = entry.changes.first().map(|&change| &changes[change]);
    let pointer = first.map_or("", |change| change.pointer().as_str());
    let parts = [entry.id.as_str(), pointer, &entry.fact];
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
