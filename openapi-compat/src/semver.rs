//! The bump that changes require, and the bump between two versions.
//!
//! The rules are [Cargo's](https://doc.rust-lang.org/cargo/reference/semver.html): a breaking
//! change raises the first number that is not zero.
//!
//! | From | Breaking | Additive | Documentation |
//! |---|---|---|---|
//! | 1.0.0 and later | major | minor | none |
//! | 0.y.z | minor | patch | none |
//! | 0.0.z | patch | patch | none |

use clap::ValueEnum;
use semver::Version;

use crate::level::{Level, show_in_lower_case};

/// The number of a version that is raised, the last one first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ValueEnum)]
pub enum Bump {
    /// No number: the version stays, or becomes lower.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

/// The conclusion of a report: the version declares the changes, or it does not.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verdict {
    /// Nothing changed.
    Unchanged,
    /// The actual bump is at least the required one.
    Declared,
    /// A version is unknown, and so is the actual bump.
    Unknown,
    /// The actual bump is less than the required one.
    Undeclared,
}

impl Bump {
    /// Returns the bump that a change of this level requires of the version after `base`.
    ///
    /// Documentation requires none: it is released with the next version. If `base` is `None`, the
    /// rules for 1.0.0 apply, because they require the most.
    ///
    /// ```
    /// use openapi_compat::{Bump, Level};
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

    /// Returns the bump from `base` to `head`. A lower version is no bump.
    ///
    /// A change of the pre-release is no bump either. Cargo considers `1.0.0-rc.2` and `1.0.0`
    /// compatible with `1.0.0-rc.1`, even after breaking changes. Therefore compare a pre-release
    /// with the last release.
    ///
    /// ```
    /// use openapi_compat::Bump;
    /// use semver::Version;
    ///
    /// let actual = Bump::between(&Version::new(0, 4, 2), &Version::new(0, 5, 0));
    /// assert_eq!(actual, Bump::Minor);
    /// ```
    pub fn between(base: &Version, head: &Version) -> Self {
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

    /// Returns `base` raised by this bump.
    pub(crate) fn raise(self, base: &Version) -> Version {
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
    /// Compares the actual bump with the required one. `level` is that of the most serious change,
    /// and `None` if there is no change. `actual` is `None` if a version is unknown.
    pub(crate) fn of(level: Option<Level>, required: Bump, actual: Option<Bump>) -> Self {
        match (level, actual) {
            (None, _) => Self::Unchanged,
            _ if required == Bump::None => Self::Declared,
            (_, None) => Self::Unknown,
            (_, Some(actual)) if actual >= required => Self::Declared,
            _ => Self::Undeclared,
        }
    }
}

show_in_lower_case!(Bump, Verdict);
