//! The report as annotations of a workflow on GitHub.

use super::prose::{affected, count, headline, one_line, some_of, title};
use super::value::Report;
use crate::change::{Change, Level, Place};
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
            Verdict::Unchanged | Verdict::Declared => ("warning", Vec::new(), headline + "\n"),
        };
        serious.extend(client(self, severity));
        serious.extend(changes(self, Level::Breaking, severity));
        let notices = changes(self, Level::Additive, "notice");
        log + &shown(serious, severity) + &shown(notices, "notice")
    }
}

fn changes(report: &Report, level: Level, severity: &str) -> Vec<String> {
    let command = |change: &Change| {
        let message = one_line(&change.message());
        let message = format!("{message}\n{}", affected(change, one_line));
        command(severity, Some(&change.head), title(level), &message)
    };
    let changes = report.changes_of(level).into_iter();
    changes.map(command).collect()
}

/// Returns one annotation for all breaking changes of the client, whose code nobody edits.
fn client(report: &Report, severity: &str) -> Option<String> {
    let language = one_line(&report.client.as_ref()?.language);
    let breaking = report.client_changes(true);
    let items = some_of(&breaking, |change| {
        format!("{} {}", one_line(&change.item), change.kind)
    });
    let title = format!("{} in {language}", count(breaking.len(), "breaking change"));
    (!breaking.is_empty()).then(|| command(severity, None, &title, &items))
}

/// Returns the annotations that GitHub shows. The last one counts those that it does not show.
fn shown(mut annotations: Vec<String>, severity: &str) -> String {
    if annotations.len() > SHOWN {
        let beyond = annotations.split_off(SHOWN - 1).len();
        let message = format!("{beyond} more of this severity: see the whole report");
        annotations.push(command(severity, None, "More changes", &message));
    }
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
