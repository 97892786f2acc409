//! The report as a value: revisions, changes, and the conclusion for the version.

use clap::ValueEnum;
use semver::Version;

use crate::change::{Change, Level};
use crate::client::{ClientChange, ClientComparison};
use crate::policy::Ignored;
use crate::semver::{Bump, Verdict};

/// The name and version of a revision, for a report.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Revision {
    /// The name that is shown, such as a git revision or a path.
    pub name: String,
    /// The version. `None` if it is unknown or not SemVer.
    pub version: Option<Version>,
    /// The version as the document declares it. It is shown if it is not SemVer.
    pub declared: Option<String>,
    /// The start of the address of a line, such as
    /// `https://github.com/example/opentact/blob/3f2a1c0`. Slash, path and `#L12` follow it. Links
    /// are relative if it is `None`.
    pub link: Option<String>,
    /// The number of mistakes in the document that were read as they were evidently meant.
    pub warnings: usize,
    /// The number of references that lead nowhere. Those parts are left out of the comparison.
    pub left_out: usize,
}

/// The differences between two revisions, and the version that they require.
///
/// Each format is a function of the report alone, so that the same report gives the same bytes. All
/// formats end with a line break. They show the texts of the documents as text: no control
/// character, markup or workflow command in a description takes effect.
#[derive(Clone, Debug)]
pub struct Report {
    /// The older revision.
    pub base: Revision,
    /// The newer revision.
    pub head: Revision,
    /// The changes, the most serious first.
    pub changes: Vec<Change>,
    /// The changes that the caller accepts. They do not count for the conclusion.
    pub ignored: Vec<Ignored>,
    /// The comparison of the generated clients. `None` if there are no such clients.
    pub client: Option<ClientComparison>,
    /// The bump that the changes require.
    pub required_bump: Bump,
    /// The bump from the version of the base to that of the head. `None` if one is unknown.
    pub actual_bump: Option<Bump>,
    /// The conclusion.
    pub verdict: Verdict,
}

impl Report {
    /// Draws the conclusion from the changes and the versions.
    ///
    /// ```
    /// use openapi_compat::{Options, Report, Revision, Verdict, compare};
    /// use openapi_tree::{Source, load_valid};
    ///
    /// let text = "{ openapi: 3.0.3, info: { title: T, version: 1.0.0 }, paths: {} }";
    /// let document = load_valid(Source::new("api.yaml", text))?;
    /// let revision = |name: &str| Revision {
    ///     name: name.to_owned(),
    ///     version: None,
    ///     declared: None,
    ///     link: None,
    ///     warnings: 0,
    ///     left_out: 0,
    /// };
    /// let changes = compare(&document, &document, &Options::default());
    /// let report = Report::new(revision("HEAD~1"), revision("HEAD"), changes, None);
    /// assert_eq!(report.verdict, Verdict::Unchanged);
    /// # Ok::<(), openapi_tree::Findings>(())
    /// ```
    pub fn new(
        base: Revision,
        head: Revision,
        changes: Vec<Change>,
        client: Option<ClientComparison>,
    ) -> Self {
        let of_client = client.iter().flat_map(ClientComparison::changes);
        let of_client = of_client.map(|change| match change.breaking {
            true => Level::Breaking,
            false => Level::Additive,
        });
        let levels = changes.iter().map(|change| change.level);
        let level = levels.chain(of_client).max();
        let required_bump = level.map_or(Bump::None, |level| {
            Bump::required(level, base.version.as_ref())
        });
        let versions = base.version.as_ref().zip(head.version.as_ref());
        let actual_bump = versions.map(|(base, head)| Bump::between(base, head));
        Self {
            verdict: Verdict::of(level, required_bump, actual_bump),
            base,
            head,
            changes,
            ignored: Vec::new(),
            client,
            required_bump,
            actual_bump,
        }
    }

    /// Adds the changes that the caller accepts ([`Policy::apply`](crate::Policy::apply)).
    #[must_use]
    pub fn with_ignored(self, ignored: Vec<Ignored>) -> Self {
        Self { ignored, ..self }
    }

    /// Returns the changes that the caller accepts.
    pub(super) fn accepted(&self) -> Vec<Change> {
        let accepted = self.ignored.iter();
        accepted.map(|ignored| ignored.change.clone()).collect()
    }

    /// Returns `true` if a change is breaking, on the wire or in a generated client.
    pub fn is_breaking(&self) -> bool {
        let on_the_wire = !self.changes_of(Level::Breaking).is_empty();
        on_the_wire || !self.client_changes(true).is_empty()
    }

    /// Returns the changes of a level.
    pub(super) fn changes_of(&self, level: Level) -> Vec<&Change> {
        let of_level = |change: &&Change| change.level == level;
        self.changes.iter().filter(of_level).collect()
    }

    /// Returns the changes of the client that are breaking, or those that are not.
    pub(super) fn client_changes(&self, breaking: bool) -> Vec<&ClientChange> {
        let all = self.client.iter().flat_map(ClientComparison::changes);
        all.filter(|change| change.breaking == breaking).collect()
    }

    /// Returns the version in which the changes are released: that of the head if it declares
    /// them, and otherwise the lowest version that does. Returns `None` if there is no bump.
    pub(super) fn next_version(&self) -> Option<Version> {
        match self.verdict {
            Verdict::Undeclared | Verdict::Unknown => {
                let base = self.base.version.as_ref();
                base.map(|version| self.required_bump.raise(version))
            }
            _ if self.actual_bump > Some(Bump::None) => self.head.version.clone(),
            _ => None,
        }
    }
}

/// The reports that fail a check.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum FailOn {
    /// A change is breaking, even if the version declares it.
    Breaking,
    /// The actual bump is less than the required one. An unknown bump is accepted.
    Undeclared,
    /// Something changed.
    Any,
    /// No report fails.
    Never,
}

impl FailOn {
    /// Returns the reason for which a report fails, or `None` if it passes.
    pub fn objection(self, report: &Report) -> Option<&'static str> {
        match self {
            Self::Breaking if report.is_breaking() => {
                Some("a change is breaking (--fail-on breaking)")
            }
            Self::Undeclared if report.verdict == Verdict::Undeclared => {
                Some("the version bump is less than the changes require (--fail-on undeclared)")
            }
            Self::Any if report.verdict != Verdict::Unchanged => {
                Some("something changed (--fail-on any)")
            }
            _ => None,
        }
    }
}
