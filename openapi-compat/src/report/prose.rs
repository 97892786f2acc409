//! The words that the formats have in common.

use indexmap::IndexSet;

use super::entries::entries;
use super::entry::{Effect, Entry};
use super::tally::Tally;
use super::value::{Report, Revision};
use crate::change::Direction;
use crate::client::{ClientChange, ClientComparison, ClientOutcome};
use crate::semver::{Bump, Verdict};

/// The number of operations or items that are named before the rest is counted.
pub(super) const NAMED: usize = 3;

/// The number of characters of a version that are shown.
const LONGEST_VERSION: usize = 40;

/// Returns the verdict in one line.
pub(super) fn headline(report: &Report) -> String {
    let required = match report.required_bump {
        Bump::None => "no".to_owned(),
        bump => format!("a {bump}"),
    };
    let required = format!("the changes require {required} bump");
    let versions = versions(report);
    match report.verdict {
        Verdict::Unchanged => unchanged(report),
        Verdict::Declared => format!("Declared: {required}, and {versions}"),
        Verdict::Unknown => format!("Unknown: {required}, and {versions}"),
        Verdict::Undeclared => match report.next_version() {
            Some(next) => format!("Undeclared: {required}, but {versions}; raise it to {next}"),
            None => format!("Undeclared: {required}, but {versions}"),
        },
    }
}

/// Returns a line about the mistakes in the documents, if there are any.
pub(super) fn reading(report: &Report) -> Option<String> {
    let of = |number: fn(&Revision) -> usize| {
        let numbers = [("base", &report.base), ("head", &report.head)];
        let numbers = numbers.map(|(name, revision)| (name, number(revision)));
        let numbers = numbers.iter().filter(|(_, number)| *number > 0);
        let numbers = numbers.map(|(name, number)| format!("{number} in the {name}"));
        numbers.collect::<Vec<_>>().join(", ")
    };
    let warnings = of(|revision| revision.warnings);
    let left_out = of(|revision| revision.left_out);
    match (warnings.is_empty(), left_out.is_empty()) {
        (true, true) => None,
        (_, true) => Some(format!("Warnings about the documents: {warnings}")),
        (true, false) => Some(format!("References that lead nowhere: {left_out}")),
        (false, false) => Some(format!(
            "Warnings about the documents: {warnings}; references that lead nowhere, which are left \
             out: {left_out}"
        )),
    }
}

fn unchanged(report: &Report) -> String {
    let name = |revision: &Revision| one_line(&revision.name);
    let (base, head) = (name(&report.base), name(&report.head));
    let other = if report.ignored.is_empty() {
        ""
    } else {
        "other "
    };
    let unchanged = |also: &str| {
        format!("Unchanged: no {other}differences on the wire{also} between {base} and {head}")
    };
    match &report.client {
        Some(ClientComparison {
            language,
            outcome: ClientOutcome::NotCompared(why),
        }) => format!(
            "{}; {} is not compared: {}",
            unchanged(""),
            one_line(language),
            one_line(why)
        ),
        Some(ClientComparison { language, .. }) => {
            unchanged(&format!(" or in {}", one_line(language)))
        }
        None => unchanged(""),
    }
}

/// Returns the number of changes that the caller accepts, with the files that list them, or `None` if
/// there is none.
pub(super) fn ignored(report: &Report) -> Option<String> {
    let files = report.ignored.iter().map(|ignored| &ignored.place.path);
    let files: IndexSet<String> = files.map(|path| one_line(path)).collect();
    let files: Vec<String> = files.into_iter().collect();
    let number = entries(&report.accepted()).len();
    let are = if number == 1 { "is" } else { "are" };
    let changes = count(number, "change");
    (number > 0).then(|| format!("{changes} {are} ignored by {}", files.join(", ")))
}

fn versions(report: &Report) -> String {
    match (&report.base.version, &report.head.version) {
        (Some(base), Some(head)) if base == head => format!("the version stays {base}"),
        (Some(base), Some(head)) => format!("the version goes from {base} to {head}"),
        (Some(base), None) => format!("{} and was {base}", unknown("head", &report.head)),
        (None, _) => format!(
            "{}, so that the rules for 1.0.0 apply",
            unknown("base", &report.base)
        ),
    }
}

/// Returns the reason for which the version of a revision is unknown.
fn unknown(name: &str, revision: &Revision) -> String {
    match &revision.declared {
        Some(declared) if declared.trim().is_empty() => {
            format!("the version of the {name} is empty")
        }
        Some(declared) => {
            let declared = shortened(declared, LONGEST_VERSION);
            format!("the version of the {name}, {declared}, is not SemVer")
        }
        None => format!("the version of the {name} is unknown"),
    }
}

/// Returns the number of entries of each level.
pub(super) fn counts(report: &Report, tally: &Tally<'_>) -> String {
    let [breaking, additive, documentation] = tally.all.numbers();
    let on_the_wire = format!(
        "on the wire: {breaking} breaking, {additive} additive, {documentation} documentation"
    );
    let Some(client) = &report.client else {
        return on_the_wire;
    };
    let language = one_line(&client.language);
    match client.outcome {
        ClientOutcome::Compared(_) => format!(
            "{on_the_wire}; in {language}: {} breaking, {} compatible",
            report.client_changes(true).len(),
            report.client_changes(false).len()
        ),
        ClientOutcome::NotCompared(_) => format!("{on_the_wire}; {language} is not compared"),
    }
}

/// Returns the sentence of an entry. The consequence belongs to the effect if there are several.
pub(super) fn sentence(entry: &Entry<'_>) -> String {
    match &entry.effects[..] {
        [
            Effect {
                consequence: Some(consequence),
                ..
            },
        ] => format!("{}: {consequence}", entry.fact),
        _ => entry.fact.clone(),
    }
}

/// Returns a line for each effect of an entry: the direction, some operations, and the consequence
/// if there are several effects. `show` writes an operation.
pub(super) fn affected(
    entry: &Entry<'_>,
    named: usize,
    show: impl Fn(&str) -> String,
) -> Vec<String> {
    let lines = entry.effects.iter().map(|effect| {
        let operations = match &effect.operations()[..] {
            [] => "the API as a whole".to_owned(),
            operations => some_of(operations, named, |operation| show(operation)),
        };
        let direction = match effect.direction {
            Direction::Both => "request and response".to_owned(),
            direction => direction.to_string(),
        };
        let level = effect.level;
        let set = match effect.found_level {
            Some(found) => format!(" (set to {level}, {found} otherwise)"),
            None => String::new(),
        };
        match (entry.effects.len(), effect.consequence) {
            (1, _) => format!("{direction}: {operations}{set}"),
            (_, None) => format!("{direction}: {operations} ({level}){set}"),
            (_, Some(consequence)) => {
                format!("{direction}: {operations} ({level}: {consequence}){set}")
            }
        }
    });
    lines.collect()
}

/// Returns the first few of a list, and the number of the others.
pub(super) fn some_of<T>(items: &[T], named: usize, show: impl Fn(&T) -> String) -> String {
    let more = items.len().saturating_sub(named);
    let named: Vec<String> = items.iter().take(named).map(show).collect();
    let named = named.join(", ");
    match more {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Returns the kind of a client's change, with its message if it has one.
pub(super) fn outcome(change: &ClientChange) -> String {
    match one_line(&change.message) {
        message if message.is_empty() => change.kind.to_string(),
        message => format!("{}: {message}", change.kind),
    }
}

/// Returns `1 change`, `2 changes`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}

/// Returns the text on one line. Control characters and characters that reverse the text
/// direction are escaped, so that no text of a document controls a terminal.
pub(super) fn one_line(text: &str) -> String {
    visible(text).collect()
}

/// Returns the text on one line, cut to a number of characters.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    let mut rest = visible(text);
    let mut line: String = rest.by_ref().take(characters).collect();
    if rest.next().is_some() {
        line.pop();
        line.push('…');
    }
    line
}

/// Returns a sentence on one line, cut to a number of characters. Code in which it is cut ends there.
pub(super) fn shortened_sentence(sentence: &str, characters: usize) -> String {
    let mut line = shortened(sentence, characters);
    let has_open_code = |text: &str| text.matches('`').count() % 2 == 1;
    if has_open_code(&line) && !has_open_code(sentence) {
        line.push('`');
    }
    line
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    let characters = words.flat_map(|(number, word)| {
        let space = (number > 0).then_some(' ');
        space.into_iter().chain(word.chars())
    });
    characters.flat_map(|c| {
        let is_active = c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let escaped = is_active.then(|| c.escape_unicode());
        let plain = (!is_active).then_some(c);
        escaped.into_iter().flatten().chain(plain)
    })
}
