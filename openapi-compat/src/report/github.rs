//! The report as annotations of a workflow on GitHub.

use std::fmt;

use super::prose::{affected, count, headline, one_line, some_of, title};
use super::value::Report;
use crate::change::{Change, Level, Place};
use crate::semver::Verdict;

/// The number of annotations of a severity that GitHub shows for a step.
const SHOWN: usize = 10;

/// The command of an annotation: `error`, `warning` or `notice`.
type Severity = &'static str;

struct Annotation<'a> {
    severity: Severity,
    /// `None` if it belongs to no line.
    place: Option<&'a Place>,
    title: String,
    message: String,
}

pub(super) fn render(report: &Report) -> String {
    let severity = match report.verdict {
        Verdict::Undeclared => "error",
        Verdict::Unchanged | Verdict::Declared => "warning",
    };
    let mut serious = Vec::new();
    if report.verdict == Verdict::Undeclared {
        serious.push(Annotation::of_all(severity, "Version", headline(report)));
    }
    serious.extend(client(report, severity));
    serious.extend(changes(report, Level::Breaking, severity));
    let notices: Vec<Annotation> = changes(report, Level::Additive, "notice").collect();

    // A line that is no command appears in the log only.
    let mut text = match report.verdict {
        Verdict::Undeclared => String::new(),
        Verdict::Unchanged | Verdict::Declared => headline(report) + "\n",
    };
    for annotation in shown(serious, severity).chain(shown(notices, "notice")) {
        text.push_str(&format!("{annotation}\n"));
    }
    text
}

fn changes(
    report: &Report,
    level: Level,
    severity: Severity,
) -> impl Iterator<Item = Annotation<'_>> {
    let changes = report.changes_of(level).into_iter();
    changes.map(move |change| of_change(change, severity))
}

fn of_change(change: &Change, severity: Severity) -> Annotation<'_> {
    let message = one_line(&change.message());
    Annotation {
        severity,
        place: Some(&change.head),
        title: title(change.level).to_owned(),
        message: format!("{message}\n{}", affected(change, one_line)),
    }
}

/// Returns one annotation for all breaking changes of the client, whose code nobody edits.
fn client(report: &Report, severity: Severity) -> Option<Annotation<'_>> {
    let language = one_line(&report.client.as_ref()?.language);
    let breaking = report.client_changes(true);
    let items = some_of(&breaking, |change| {
        format!("{} {}", one_line(&change.item), change.kind)
    });
    let title = format!("{} in {language}", count(breaking.len(), "breaking change"));
    (!breaking.is_empty()).then(|| Annotation::of_all(severity, &title, items))
}

/// Returns the annotations that GitHub shows. The last one counts those that it does not show.
fn shown(annotations: Vec<Annotation>, severity: Severity) -> impl Iterator<Item = Annotation> {
    let beyond = match annotations.len() {
        ..=SHOWN => 0,
        many => many - (SHOWN - 1),
    };
    let kept = annotations.len() - beyond;
    let rest = (beyond > 0).then(|| {
        let message = format!("{beyond} more of this severity: see the whole report");
        Annotation::of_all(severity, "More changes", message)
    });
    annotations.into_iter().take(kept).chain(rest)
}

impl Annotation<'_> {
    fn of_all(severity: Severity, title: &str, message: String) -> Self {
        Self {
            severity,
            place: None,
            title: title.to_owned(),
            message,
        }
    }
}

impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "::{} ", self.severity)?;
        if let Some(Place { path, line, .. }) = self.place {
            write!(f, "file={},line={line},", property(path))?;
        }
        write!(
            f,
            "title={}::{}",
            property(&self.title),
            data(&self.message)
        )
    }
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
