//! The cells of tables in Markdown, with links to lines.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::entry::{Entry, Places};
use super::escape::{code_in_comment, comment};
use super::prose::{
    affected, count, one_line, outcome, sentence, shortened, shortened_sentence, some_of,
};
use super::value::{Report, Revision};
use crate::change::Place;
use crate::client::ClientChange;

/// The limit for a message or name, in characters.
const LENGTH: usize = 300;
/// The limit for the facts that follow from another one.
const FOLLOWING: usize = 5;

/// The characters to escape in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');
/// The characters to escape in the rest of an address, in a Markdown table.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'`')
    .add(b'|');

/// Returns the row of an entry: the change, the operations and the places. At most `named` operations
/// are named.
pub(super) fn of_entry(report: &Report, entry: &Entry<'_>, named: usize) -> String {
    let mut change = vec![text(&sentence(entry))];
    let following = entry.following.iter().take(FOLLOWING);
    change.extend(following.map(|fact| format!("with it, {}", text(fact))));
    if entry.following.len() > FOLLOWING {
        let more = count(entry.following.len() - FOLLOWING, "more change");
        change.push(format!("and {more}"));
    }
    if let Some(example) = entry.example() {
        change.push(format!("for example, {}", code(&example.to_string())));
    }
    if !entry.unproven.is_empty() {
        let schemas: Vec<&str> = entry.unproven.iter().copied().collect();
        let schemas = some_of(&schemas, named, |name| code(name));
        change.push(format!("no proof was found at {schemas}"));
    }
    let sharing: Vec<&str> = entry.sharing.iter().copied().skip(1).collect();
    if !sharing.is_empty() {
        let sharing = some_of(&sharing, named, |name| text(name));
        change.push(format!("also in {sharing}"));
    }
    let (change, affected) = (
        change.join("<br>"),
        affected(entry, named, code).join("<br>"),
    );
    let places = entry.places.first().map(|first| places(report, first));
    let mut places = places.unwrap_or_default();
    if entry.places.len() > 1 {
        let more = count(entry.places.len() - 1, "more place");
        places += &format!(", and {more}");
    }
    format!("| {change} | {affected} | {places} |\n")
}

fn places(report: &Report, places: &Places<'_>) -> String {
    let older =
        |place: &Place, name: &str| format!("[was {name}]({})", address(&report.base, place));
    let newer = |place| format!("[{}]({})", name(place), address(&report.head, place));
    match (places.newer, places.older) {
        (Some(new), Some(old)) if new.path == old.path => {
            format!("{}, {}", newer(new), older(old, &old.line.to_string()))
        }
        (Some(new), Some(old)) => format!("{}, {}", newer(new), older(old, &name(old))),
        (Some(new), None) => newer(new),
        (None, Some(old)) => older(old, &name(old)),
        (None, None) => String::new(),
    }
}

/// Returns the row of a change of the client.
pub(super) fn of_client_change(change: &ClientChange) -> String {
    format!("| {} | {} |\n", code(&change.item), text(&outcome(change)))
}

/// Returns the row of a table of numbers.
pub(super) fn of_numbers(name: &str, numbers: [usize; 3]) -> String {
    let [breaking, additive, documentation] = numbers;
    format!("| {name} | {breaking} | {additive} | {documentation} |\n")
}

/// Returns the language of the client.
pub(super) fn language(report: &Report) -> String {
    let language = report.client.as_ref().map(|client| &client.language);
    comment(&one_line(language.map_or("", String::as_str)))
}

fn name(place: &Place) -> String {
    let path = text(&place.path);
    format!("{path}:{}", place.line)
}

/// Returns a text of limited length.
pub(super) fn text(text: &str) -> String {
    comment(&shortened_sentence(text, LENGTH))
}

/// Returns code of limited length.
pub(super) fn code(code: &str) -> String {
    code_in_comment(&shortened(code, LENGTH))
}

/// Returns the address of a line.
fn address(revision: &Revision, place: &Place) -> String {
    let path = utf8_percent_encode(&place.path, PATH);
    let line = place.line;
    match &revision.link {
        Some(link) => format!("{}/{path}#L{line}", utf8_percent_encode(link, ADDRESS)),
        None => format!("{path}#L{line}"),
    }
}
