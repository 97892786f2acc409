//! Which version has to follow a change, and which one does.
//!
//! The rules are [Cargo's](https://doc.rust-lang.org/cargo/reference/semver.html): the first
//! number that is not zero is raised by what breaks programs.
//!
//! | From | Breaking | Additive | Documentation |
//! |---|---|---|---|
//! | 1.0.0 and later | major | minor | none |
//! | 0.y.z | minor | patch | none |
//! | 0.0.z | patch | patch | none |

use std::fmt;

use semver::Version;

use crate::change::Level;

/// By which of its numbers a version is raised, the last one first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Bump {
    /// It stays as it is.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

/// Whether the version says what the changes do.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verdict {
    /// Nothing changed.
    Unchanged,
    /// The version is raised by enough.
    Declared,
    /// The version is not raised by enough, or nobody can tell.
    Undeclared,
}

impl Bump {
    /// What a change of this level asks of the version that comes after `base`. Texts ask
    /// nothing: they go out with the next release. Where `base` is not known, the rules are
    /// those for 1.0.0 and later, which ask the most.
    ///
    /// ```
    /// use opentact_gen::diff::{Bump, Level};
    /// use semver::Version;
    ///
    /// let base = Version::new(0, 4, 2);
    /// assert_eq!(Bump::required(Level::Breaking, Some(&base)), Bump::Minor);
    /// assert_eq!(Bump::required(Level::Breaking, None), Bump::Major);
    /// ```
    pub fn required(level: Level, base: Option<&Version>) -> Self {
        let numbers = base.map(|version| (version.major, version.minor));
        match (level, numbers) {
            (Level::Documentation, _) => Self::None,
            (_, Some((0, 0))) => Self::Patch,
            (Level::Breaking, Some((0, _))) => Self::Minor,
            (Level::Additive, Some((0, _))) => Self::Patch,
            (Level::Breaking, _) => Self::Major,
            (Level::Additive, _) => Self::Minor,
        }
    }

    /// By which of its numbers `head` is above `base`; a lower version is no bump.
    ///
    /// Neither is a pre-release: Cargo takes `1.0.0-rc.2` and `1.0.0` for compatible with
    /// `1.0.0-rc.1`, whatever changed between them. So between pre-releases of one version,
    /// compare with the last release.
    ///
    /// ```
    /// use opentact_gen::diff::Bump;
    /// use semver::Version;
    ///
    /// let made = Bump::made(&Version::new(0, 4, 2), &Version::new(0, 5, 0));
    /// assert_eq!(made, Bump::Minor);
    /// ```
    pub fn made(base: &Version, head: &Version) -> Self {
        let numbers = |version: &Version| (version.major, version.minor, version.patch);
        if numbers(head) <= numbers(base) {
            Self::None
        } else if head.major > base.major {
            Self::Major
        } else if head.minor > base.minor {
            Self::Minor
        } else {
            Self::Patch
        }
    }

    /// The version that is `base` raised by this much.
    pub(super) fn raise(self, base: &Version) -> Version {
        let (major, minor, patch) = (base.major, base.minor, base.patch);
        match self {
            Self::None => base.clone(),
            Self::Patch => Version::new(major, minor, patch.saturating_add(1)),
            Self::Minor => Version::new(major, minor.saturating_add(1), 0),
            Self::Major => Version::new(major.saturating_add(1), 0, 0),
        }
    }
}

impl Verdict {
    /// Whether a bump that is made is enough. `level` is that of the most serious change, and
    /// nothing where there is no change; `made` is nothing where a version is not known.
    pub(super) fn of(level: Option<Level>, required: Bump, made: Option<Bump>) -> Self {
        if level.is_none() {
            Self::Unchanged
        } else if made.unwrap_or(Bump::None) >= required {
            Self::Declared
        } else {
            Self::Undeclared
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unchanged => "unchanged",
            Self::Declared => "declared",
            Self::Undeclared => "undeclared",
        })
    }
}
