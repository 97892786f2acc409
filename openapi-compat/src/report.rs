//! All that there is to say of a change, and the formats in which it is said.

mod changelog;
mod escape;
mod github;
mod json;
mod markdown;
mod prose;
mod text;

use semver::Version;

use crate::change::{Level, ClientChange, WireChange};
use crate::semver::{Bump, Verdict};
use crate::check::foundations;
use openapi_tree::{Findings, Style};
use crate::generate::generate_from;
use openapi_tree::{Document, load};
use openapi_tree::Sources;

/// A side of a context.
#[derive(Clone, Debug)]
pub struct Side {
    /// The files of the spec.
    pub sources: Sources,
    /// What it is called where it is shown: a git revision or a path.
    pub name: String,
    /// The version of the crate that belongs to it; nothing where it is not known or not SemVer.
    pub version: Option<Version>,
    /// What the address of a line in it starts with, as
    /// `https://github.com/example/opentact/blob/3f2a1c0`: `/`, path and `#L12` follow. Nothing
    /// where there is no such address, so that links are relative.
    pub link: Option<String>,
}

/// The differences between the public faces of the code that both sides yield.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClientChanges {
    /// Both sides were generated and compared.
    Compared(Vec<ClientChange>),
    /// A side cannot be generated; a sentence says which and why.
    NotCompared(String),
}

/// What two sides differ in.
///
/// Each format is a function of the report alone: the same report gives the same bytes. All of
/// them end with a line break, and show what the specs say as text: no control character, markup
/// or workflow command in a description takes effect.
#[derive(Clone, Debug)]
pub struct Report {
    /// The older side.
    pub base: Side,
    /// The newer side.
    pub head: Side,
    /// The differences on the wire, the most serious first.
    pub wire: Vec<WireChange>,
    /// The differences in Rust.
    pub rust: ClientChanges,
    /// By how much the version has to be raised.
    pub required: Bump,
    /// By how much it is raised; nothing where a version is not known.
    pub made: Option<Bump>,
    /// Whether that is enough.
    pub verdict: Verdict,
}

/// Compares two sides.
///
/// ```
/// use opentact_gen::Source;
/// use opentact_gen::diff::{Side, Verdict, review};
///
/// let side = |name: &str| Side {
///     sources: Source::new(
///         "spec.yaml",
///         "{ openapi: 3.0.3, info: { title: T, version: 1.0.0 }, paths: {} }",
///     )
///     .into(),
///     name: name.to_owned(),
///     version: None,
///     link: None,
/// };
/// let report = review(side("HEAD~1"), side("HEAD"))?;
/// assert_eq!(report.verdict, Verdict::Unchanged);
/// # Ok::<(), opentact_gen::Findings>(())
/// ```
///
/// # Errors
/// What is wrong with a side that is not OpenAPI 3.0, or whose references lead nowhere. What
/// keeps a side from being generated is no error: [`Report::rust`] says it.
pub fn review(base: Side, head: Side) -> Result<Report, Findings> {
    let older = document(&base)?;
    if base.sources == head.sources {
        let unchanged = ClientChanges::Compared(Vec::new());
        return Ok(Report::new(base, head, Vec::new(), unchanged));
    }
    let newer = document(&head)?;
    let wire = super::wire_changes(&older, &newer);
    let rust = rust_face((&base, &older), (&head, &newer));
    Ok(Report::new(base, head, wire, rust))
}

fn document(side: &Side) -> Result<Document, Findings> {
    let document = load(side.sources.clone())?;
    foundations(&document)?;
    Ok(document)
}

fn rust_face(base: (&Side, &Document), head: (&Side, &Document)) -> ClientChanges {
    let code = |age: &str, (side, document): (&Side, &Document)| {
        generate_from(document).map_err(|findings| {
            let (name, why) = (&side.name, findings.summary());
            format!("the {age} side ({name}) cannot be generated: {why}")
        })
    };
    match (code("older", base), code("newer", head)) {
        (Ok(older), Ok(newer)) => match super::rust::rust_changes(&older.code, &newer.code) {
            Ok(changes) => ClientChanges::Compared(changes),
            Err(error) => ClientChanges::NotCompared(format!(
                "the code that was generated cannot be read back: {error}"
            )),
        },
        (Err(older), Err(newer)) => ClientChanges::NotCompared(format!("{older}; {newer}")),
        (Err(why), Ok(_)) | (Ok(_), Err(why)) => ClientChanges::NotCompared(why),
    }
}

impl ClientChanges {
    /// The differences; none where a side cannot be generated.
    pub fn changes(&self) -> &[ClientChange] {
        match self {
            Self::Compared(changes) => changes,
            Self::NotCompared(_) => &[],
        }
    }
}

impl Report {
    /// Puts together what was found, and draws the conclusion for the version.
    pub fn new(base: Side, head: Side, wire: Vec<WireChange>, rust: ClientChanges) -> Self {
        let level = most_serious(&wire, rust.changes());
        let required = level.map_or(Bump::None, |level| {
            Bump::required(level, base.version.as_ref())
        });
        let made = match (&base.version, &head.version) {
            (Some(base), Some(head)) => Some(Bump::made(base, head)),
            _ => None,
        };
        Self {
            base,
            head,
            wire,
            rust,
            required,
            made,
            verdict: Verdict::of(level, required, made),
        }
    }

    /// The report for a terminal: the verdict, the changes by level, the version, and the
    /// proposed changelog entry. One line where nothing changed.
    pub fn to_text(&self, style: Style) -> String {
        text::render(self, style)
    }

    /// The report for a comment on GitHub: the verdict, a table of what breaks, and the rest
    /// folded away. It has less than 65,536 bytes, which is what a comment holds, and says what
    /// was left out for that.
    pub fn to_markdown(&self) -> String {
        markdown::render(self)
    }

    /// The report for programs:
    ///
    /// | Key | Value |
    /// |---|---|
    /// | `verdict` | `unchanged`, `declared` or `undeclared` |
    /// | `required_bump` | `none`, `patch`, `minor` or `major` |
    /// | `made_bump` | the same; `null` where a version is not known |
    /// | `wire` | the changes on the wire, the most serious first |
    /// | `wire[].level` | `breaking`, `additive` or `documentation` |
    /// | `wire[].direction` | `request`, `response`, `both` or `metadata` |
    /// | `wire[].operations` | such as `["GET /app/group"]`; empty for the API as a whole |
    /// | `wire[].pointer` | a JSON pointer into the newer spec, and of what is gone into the older one |
    /// | `wire[].base_line`, `wire[].head_line` | the line in either spec, from 1 |
    /// | `wire[].message` | a sentence |
    /// | `rust` | the changes in Rust; `null` where a side cannot be generated |
    /// | `rust[].kind` | `added`, `removed` or `changed` |
    /// | `rust[].item` | such as `types::SipUser::state` |
    /// | `rust[].breaking` | `true` or `false` |
    ///
    /// Further keys may come; none of these goes away or changes its meaning.
    pub fn to_json(&self) -> String {
        json::render(self)
    }

    /// The report as [workflow commands][commands] that annotate the lines of the newer spec: an
    /// error for a breaking change, a warning where the version declares it, a notice for an
    /// additive one, and nothing for texts. GitHub shows ten of a kind for each step: of more, the
    /// tenth says how many there are.
    ///
    /// [commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    pub fn to_github(&self) -> String {
        github::render(self)
    }

    /// An entry for `CHANGELOG.md` to start from, in the form of
    /// [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Empty where nothing changed.
    pub fn changelog_entry(&self) -> String {
        changelog::render(self)
    }

    /// The changes on the wire of a level.
    fn wire_of(&self, level: Level) -> Vec<&WireChange> {
        let of_level = |change: &&WireChange| change.level == level;
        self.wire.iter().filter(of_level).collect()
    }

    /// The changes in Rust that are breaking, or those that are not.
    fn rust_where(&self, breaking: bool) -> Vec<&ClientChange> {
        let is_so = |change: &&ClientChange| change.breaking == breaking;
        self.rust.changes().iter().filter(is_so).collect()
    }

    /// The version in which the changes go out: the newer one where it is raised by enough, and
    /// otherwise the one that it has to be raised to. Nothing where no bump is asked for or made.
    fn next_version(&self) -> Option<Version> {
        match self.verdict {
            Verdict::Undeclared => self.base.version.as_ref().map(|v| self.required.raise(v)),
            _ if self.made > Some(Bump::None) => self.head.version.clone(),
            _ => None,
        }
    }
}

/// The level of what matters most; nothing where there is no change.
fn most_serious(wire: &[WireChange], rust: &[ClientChange]) -> Option<Level> {
    let of_rust = rust.iter().map(|change| match change.breaking {
        true => Level::Breaking,
        false => Level::Additive,
    });
    wire.iter().map(|change| change.level).chain(of_rust).max()
}
