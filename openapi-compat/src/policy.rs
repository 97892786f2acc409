//! The decisions of the caller about changes: other levels, and changes that are accepted.

mod file;
mod ignore;
mod level_rule;

pub use chrono::NaiveDate as Date;

pub use ignore::{Ignored, Ignores};
pub use level_rule::LevelRule;

use std::cmp::Reverse;

use openapi_tree::Findings;

use self::ignore::Applied;
use crate::change::Change;

/// The decisions of the caller about changes.
///
/// ```
/// use openapi_compat::{Date, Ignores, Level, Options, Policy, compare};
/// use openapi_tree::{Source, load_valid};
///
/// let document = |title: &str| {
///     let text = format!("{{ openapi: 3.0.3, info: {{ title: {title}, version: 1.0.0 }}, paths: {{}} }}");
///     load_valid(Source::new("api.yaml", &text))
/// };
/// let changes = compare(&document("Old")?, &document("New")?, &Options::default());
/// assert_eq!(changes[0].level, Level::Documentation);
///
/// let ignores = "ignore: [{ pointer: /info/title, reason: The product has a new name. }]";
/// let policy = Policy {
///     levels: vec!["annotation-changed=additive".parse()?],
///     ignores: vec![Ignores::parse(Source::new("accepted.yaml", ignores))?],
/// };
/// let today = Date::from_ymd_opt(2026, 1, 31).unwrap();
/// let judged = policy.apply(changes, today);
/// assert!(judged.changes.is_empty() && judged.warnings.is_empty());
/// assert_eq!(judged.ignored[0].reason, "The product has a new name.");
/// assert_eq!(judged.ignored[0].change.found_level, Some(Level::Documentation));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The rules for levels. The last one that fits a change applies.
    pub levels: Vec<LevelRule>,
    /// The files of accepted changes.
    pub ignores: Vec<Ignores>,
}

/// The result of [`Policy::apply`].
#[derive(Clone, Debug)]
pub struct Judged {
    /// The changes that count, the most serious first.
    pub changes: Vec<Change>,
    /// The changes that are accepted.
    pub ignored: Vec<Ignored>,
    /// The ignores that no longer apply or match nothing, for each file that has some.
    pub warnings: Vec<Findings>,
}

impl Policy {
    /// Sets levels, and separates the accepted changes. An ignore for an operation accepts the part of
    /// a change that affects it. `today` decides which ignores have expired.
    pub fn apply(&self, mut changes: Vec<Change>, today: Date) -> Judged {
        for change in &mut changes {
            self.set_level(change);
        }
        changes.sort_by_key(|change| Reverse(change.level));
        let mut ignored = Vec::new();
        let mut warnings = Vec::new();
        for ignores in &self.ignores {
            let Applied {
                others,
                accepted,
                findings,
            } = ignores.apply(changes, today);
            changes = others;
            ignored.extend(accepted);
            warnings.extend((!findings.is_empty()).then_some(findings));
        }
        Judged {
            changes,
            ignored,
            warnings,
        }
    }

    fn set_level(&self, change: &mut Change) {
        let rules = self.levels.iter().rev();
        let level = rules.map(|rule| rule.level(change)).find(Option::is_some);
        if let Some(level) = level.flatten().filter(|level| *level != change.level) {
            change.found_level = Some(change.level);
            change.level = level;
        }
    }
}
