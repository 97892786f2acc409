//! The profiles of the user: which tokens are kept, for which service, and where. No secrets.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::identity::folders::{Folders, write_private};
use crate::identity::kind::TokenKind;
use crate::identity::vault::Place;
use crate::resolve::suggest;

/// The profile that is used if none is named.
pub(crate) const DEFAULT: &str = "default";

const HEADER: &str =
    "# Written by `opentact login` and `opentact logout`. The tokens are kept elsewhere.\n";

/// All profiles of the user, by their names.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profiles {
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// A profile: at most one token of each kind, for one base URL.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) base_url: String,
    #[serde(default)]
    pub(crate) tokens: BTreeMap<TokenKind, KeptToken>,
}

/// The facts about a token that is kept.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptToken {
    /// The login or the e-mail address of the user, for people.
    pub(crate) user: String,
    pub(crate) place: Place,
    /// `true` if `opentact login` created the token, so that `opentact logout` deletes it.
    #[serde(default)]
    pub(crate) created: bool,
}

impl Profiles {
    /// Reads the profiles. A file that does not exist has none.
    pub(crate) fn read(folders: &Folders) -> Result<Self, Failure> {
        let file = file(folders);
        let shown = file.display();
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Failure::general(format!("cannot read {shown}: {error}"))),
        };
        toml::from_str(&text).map_err(|error| {
            let reason = error.to_string();
            let reason: Vec<_> = reason
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect();
            Failure::general(format!(
                "{shown} is no file of profiles: {}",
                reason.join(" ")
            ))
            .with_hint("repair the file or delete it; `opentact login` writes a new one")
        })
    }

    /// Writes the profiles.
    pub(crate) fn write(&self, folders: &Folders) -> Result<(), Failure> {
        let text = toml::to_string(self)
            .map_err(|error| Failure::general(format!("cannot write the profiles: {error}")))?;
        write_private(&file(folders), format!("{HEADER}{text}").as_bytes())
    }

    /// Returns the failure for a profile that does not exist.
    pub(crate) fn unknown(&self, name: &str) -> Failure {
        let names = self.profiles.keys().map(String::as_str);
        let hint = suggest::question(name, names).unwrap_or_else(|| {
            "`opentact profile list` shows your profiles, and `opentact login --profile NAME` creates one"
                .to_owned()
        });
        Failure::not_found(format!("there is no profile `{name}`")).with_hint(hint)
    }
}

fn file(folders: &Folders) -> PathBuf {
    folders.config.join("profiles.toml")
}

/// Checks the name of a profile, which is also a name in keyrings.
pub(crate) fn checked_name(name: &str) -> Result<&str, Failure> {
    let is_allowed =
        |character: char| character.is_ascii_alphanumeric() || "-_.@".contains(character);
    match (1..=64).contains(&name.len()) && name.chars().all(is_allowed) {
        true => Ok(name),
        false => Err(Failure::usage(format!(
            "`{name}` cannot be the name of a profile: it must have 1 to 64 letters, digits, `-`, `_`, `.` or `@`"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(folder: &tempfile::TempDir) -> Folders {
        Folders {
            config: folder.path().to_owned(),
            data: folder.path().to_owned(),
            is_named: true,
        }
    }

    #[test]
    fn profiles_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let folders = folders(&folder);
        assert!(Profiles::read(&folders).unwrap().profiles.is_empty());
        let token = KeptToken {
            user: "alice".to_owned(),
            place: Place::File,
            created: true,
        };
        let profile = Profile {
            base_url: "https://example.com".to_owned(),
            tokens: BTreeMap::from([(TokenKind::Bearer, token)]),
        };
        let mut profiles = Profiles::default();
        profiles.profiles.insert("a.b".to_owned(), profile.clone());
        profiles.write(&folders).unwrap();
        let read = Profiles::read(&folders).unwrap().profiles;
        assert_eq!(read.get("a.b"), Some(&profile));
    }

    #[test]
    fn file_that_cannot_be_read_is_an_error_with_the_line() {
        let folder = tempfile::tempdir().unwrap();
        let folders = folders(&folder);
        std::fs::write(file(&folders), "[profiles.default]\nbase = 1\n").unwrap();
        let failure = Profiles::read(&folders).unwrap_err();
        assert!(
            failure.message().contains("line 2"),
            "{}",
            failure.message()
        );
    }

    #[test]
    fn name_of_a_profile_is_checked() {
        for name in ["default", "a.b@c-1_2"] {
            assert!(checked_name(name).is_ok(), "{name}");
        }
        for name in ["", "a b", "a/b", "\u{e9}", &"x".repeat(65)] {
            assert!(checked_name(name).is_err(), "{name}");
        }
    }
}
