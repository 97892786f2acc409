//! The report as annotations of a workflow on GitHub.

use super::entries::entries;
use super::entry::{Entry, Places};
use super::extent::shares;
use super::prose::{NAMED, affected, count, headline, ignored, one_line, sentence, some_of};
use super::section::Section;
use super::value::Report;
use crate::change::Place;
use crate::semver::Verdict;

/// The number of annotations of a severity that GitHub shows for a step.
const SHOWN: usize = 10;

impl Report {
    /// Returns the report as [workflow commands][commands] that annotate the lines of the head: an
    /// error for a breaking change, a warning if the version declares it, and a notice for an
    /// additive change. GitHub shows ten annotations of a severity for each step. If there are
    /// more, the tenth counts the rest.
    ///
    /// [commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    pub fn to_github(&self) -> String {
        let headline = headline(self);
        // A line that is no command appears in the log only.
        let (severity, mut serious, log) = match self.verdict {
            Verdict::Undeclared => {
                let version = command("error", None, "Version", &headline);
                ("error", vec![version], String::new())
            }
            Verdict::Unchanged | Verdict::Declared | Verdict::Unknown => {
                ("warning", Vec::new(), headline + "\n")
            }
        };
        let log = match ignored(self) {
            Some(ignored) => log + &ignored + "\n",
            None => log,
        };
        serious.extend(client(self, severity));
        let entries = entries(&self.changes);
        let is_breaking = |entry: &&Entry<'_>| entry.section.is_breaking();
        let is_additive = |entry: &&Entry<'_>| entry.section == Section::Additive;
        let breaking: Vec<_> = entries.iter().filter(is_breaking).collect();
        let additive: Vec<_> = entries.iter().filter(is_additive).collect();
        log + &shown(serious, &breaking, severity) + &shown(Vec::new(), &additive, "notice")
    }
}

/// Returns one annotation for all breaking changes of the client, whose code nobody edits.
fn client(report: &Report, severity: &str) -> Option<String> {
    let language = one_line(&report.client.as_ref()?.language);
    let breaking = report.client_changes(true);
    let items = some_of(&breaking, NAMED, |change| {
        format!("{} {}", one_line(&change.item), change.kind)
    });
    let title = format!("{} in {language}", count(breaking.len(), "breaking change"));
    (!breaking.is_empty()).then(|| command(severity, None, &title, &items))
}

/// Returns the annotations that GitHub shows: those of the API as a whole, and some of each type of
/// change. The last one counts those that it does not show.
fn shown(mut annotations: Vec<String>, entries: &[&Entry<'_>], severity: &str) -> String {
    let annotation = |entry: &&Entry<'_>| {
        let lines = affected(entry, NAMED, one_line).join("\n");
        let message = format!("{}\n{lines}", one_line(&sentence(entry)));
        let place = entry.places.first().and_then(Places::main);
        command(severity, place, entry.section.title(), &message)
    };
    let room = SHOWN.saturating_sub(annotations.len());
    if entries.len() <= room {
        annotations.extend(entries.iter().map(annotation));
        return annotations.concat();
    }
    let groups: Vec<_> = entries.chunk_by(|one, other| one.id == other.id).collect();
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let shares = shares(&sizes, room - 1, |_, _| true);
    let groups = groups.iter().zip(shares);
    let shown = groups.flat_map(|(group, share)| &group[..share]);
    annotations.extend(shown.map(annotation));
    let beyond = entries.len() - (room - 1);
    let message = format!("{beyond} more of this severity: see the whole report");
    annotations.push(command(severity, None, "More changes", &message));
    annotations.concat()
}

/// Returns an annotation as a command: `error`, `warning` or `notice`.
fn command(severity: &str, place: Option<&Place>, title: &str, message: &str) -> String {
    let place = place.map(|Place { path, line, .. }| {
        let path = property(path);
        format!("file={path},line={line},")
    });
    let (place, title) = (place.unwrap_or_default(), property(title));
    format!("::{severity} {place}title={title}::{}\n", data(message))
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
