//! The report as annotations of a workflow on GitHub.

use std::fmt;

use super::Report;
use super::prose::{count, one_line, reach, some_of};
use crate::change::{Level, Place, WireChange};
use crate::semver::Verdict;

/// How many annotations of a severity GitHub shows for a step.
const SHOWN: usize = 10;

#[derive(Clone, Copy)]
enum Severity {
    Error,
    Warning,
    Notice,
}

struct Annotation<'a> {
    severity: Severity,
    /// Nothing where it is about no line.
    place: Option<&'a Place>,
    title: String,
    message: String,
}

pub(super) fn render(report: &Report) -> String {
    let severity = match report.verdict {
        Verdict::Undeclared => Severity::Error,
        Verdict::Unchanged | Verdict::Declared => Severity::Warning,
    };
    let mut serious = Vec::new();
    if report.verdict == Verdict::Undeclared {
        let title = "Version";
        serious.push(Annotation::of_all(severity, title, report.headline()));
    }
    serious.extend(rust(report, severity));
    serious.extend(wire(report, Level::Breaking, severity));
    let notices: Vec<Annotation> = wire(report, Level::Additive, Severity::Notice).collect();

    // For the log: what is no command is shown as it is.
    let mut text = match report.verdict {
        Verdict::Undeclared => String::new(),
        Verdict::Unchanged | Verdict::Declared => report.headline() + "\n",
    };
    for annotation in shown(serious, severity).chain(shown(notices, Severity::Notice)) {
        text.push_str(&format!("{annotation}\n"));
    }
    text
}

fn wire(report: &Report, level: Level, severity: Severity) -> impl Iterator<Item = Annotation<'_>> {
    let changes = report.wire_of(level).into_iter();
    changes.map(move |change| of_change(change, severity))
}

fn of_change(change: &WireChange, severity: Severity) -> Annotation<'_> {
    let title = match change.level {
        Level::Breaking => "Breaking on the wire",
        Level::Additive => "Additive on the wire",
        Level::Documentation => "Documentation",
    };
    Annotation {
        severity,
        place: Some(&change.head),
        title: title.to_owned(),
        message: format!("{}\n{}", one_line(&change.message), reach(change, one_line)),
    }
}

/// One annotation for all that breaks in Rust: its lines are in code that nobody edits.
fn rust(report: &Report, severity: Severity) -> Option<Annotation<'_>> {
    let breaking = report.rust_where(true);
    let items = some_of(&breaking, |change| {
        format!("{} {}", one_line(&change.item), change.kind)
    });
    let title = format!("{} in Rust", count(breaking.len(), "breaking change"));
    (!breaking.is_empty()).then(|| Annotation::of_all(severity, &title, items))
}

/// As many annotations as GitHub shows, the last of which says how many there are beyond.
fn shown(annotations: Vec<Annotation>, severity: Severity) -> impl Iterator<Item = Annotation> {
    let beyond = match annotations.len() {
        ..=SHOWN => 0,
        many => many - (SHOWN - 1),
    };
    let kept = annotations.len() - beyond;
    let rest = (beyond > 0).then(|| {
        let message = format!("{beyond} more of this kind: see the whole report");
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
        let command = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        write!(f, "::{command} ")?;
        if let Some(Place { path, line }) = self.place {
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
