//! Rules for levels: `property-removed@request=additive`, `x-team=breaking`.

use std::str::FromStr;

use openapi_tree::is_extension;

use crate::change::Change;
use crate::change_id::ChangeId;
use crate::level::{Direction, Level};
use crate::named::UnknownName;

/// A rule for the level of a type of change, or of an extension.
///
/// ```
/// use openapi_compat::LevelRule;
///
/// assert!("xml-changed=documentation".parse::<LevelRule>().is_ok());
/// assert!("default-changed@request=additive".parse::<LevelRule>().is_ok());
/// assert!("x-team=breaking".parse::<LevelRule>().is_ok());
/// assert_eq!(
///     "xml-change=documentation".parse::<LevelRule>().unwrap_err(),
///     "there is no id `xml-change`; did you mean `xml-changed`?"
/// );
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LevelRule {
    target: Target,
    direction: Option<Direction>,
    level: Level,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Target {
    Id(ChangeId),
    Extension(String),
}

impl LevelRule {
    /// Returns the level, if the rule is about a change.
    pub(super) fn level(&self, change: &Change) -> Option<Level> {
        let is_direction = self.direction.is_none_or(|only| only == change.direction);
        (is_direction && self.target.includes(change)).then_some(self.level)
    }
}

impl Target {
    fn includes(&self, change: &Change) -> bool {
        match self {
            Self::Id(id) => *id == change.id,
            Self::Extension(extension) => {
                use ChangeId as Id;
                let is_of_extension = matches!(
                    change.id,
                    Id::AnnotationChanged
                        | Id::BehaviouralExtensionChanged
                        | Id::ContractExtensionAdded
                        | Id::ContractExtensionChanged
                        | Id::ContractExtensionRemoved
                );
                let name = change.name.as_deref().unwrap_or_default();
                let member = name.strip_prefix(extension.as_str());
                let is_its = member.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
                is_of_extension && is_its
            }
        }
    }
}

impl FromStr for LevelRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "expected `ID=LEVEL`, `ID@DIRECTION=LEVEL` or `x-NAME=LEVEL`";
        let (target, level) = text.rsplit_once('=').ok_or(form)?;
        let (name, direction) = match target.split_once('@') {
            Some((name, direction)) => (name, Some(direction)),
            None => (target, None),
        };
        let message = |error: UnknownName| error.to_string();
        let target = match is_extension(name) {
            true => Target::Extension(name.to_owned()),
            false => Target::Id(name.parse().map_err(message)?),
        };
        let direction = direction.map(str::parse).transpose().map_err(message)?;
        Ok(Self {
            target,
            direction,
            level: level.parse().map_err(message)?,
        })
    }
}
