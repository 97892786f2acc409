//! The place where the tokens of profiles are kept: the keyring of the system, or else a file that only
//! the user can read.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use opentact_api::Secret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::identity::folders::{Folders, write_private};
use crate::identity::keyring;
use crate::identity::kind::TokenKind;

/// A place that keeps tokens.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Keyring,
    File,
}

/// The tokens of the user.
pub(crate) struct Vault<'a> {
    pub(crate) folders: &'a Folders,
}

/// The file of tokens: for each profile, its tokens by their kinds.
type Tokens = BTreeMap<String, BTreeMap<TokenKind, Secret>>;

impl Place {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "file",
        }
    }
}

impl Vault<'_> {
    /// Keeps a token in the keyring, unless the user does not want that. If there is no keyring, keeps it
    /// in the file and returns the reason too.
    pub(crate) fn keep(
        &self,
        profile: &str,
        kind: TokenKind,
        token: &Secret,
        use_keyring: bool,
    ) -> Result<(Place, Option<String>), Failure> {
        let reason = match use_keyring && !self.folders.is_named {
            true => match keyring::set(&entry(profile, kind), token) {
                Ok(()) => return Ok((Place::Keyring, None)),
                Err(reason) => Some(reason),
            },
            false => None,
        };
        let mut tokens = self.read()?;
        let of_profile = tokens.entry(profile.to_owned()).or_default();
        of_profile.insert(kind, token.clone());
        self.write(&tokens)?;
        Ok((Place::File, reason))
    }

    /// Returns a token that was kept.
    pub(crate) fn get(
        &self,
        place: Place,
        profile: &str,
        kind: TokenKind,
    ) -> Result<Secret, Failure> {
        let lost = |reason: &str| {
            Failure::general(format!("the {kind} of the profile `{profile}` {reason}")).with_hint(
                format!("sign in again with `opentact login --profile {profile}`"),
            )
        };
        match place {
            Place::Keyring if self.folders.is_named => Err(lost(
                "is in the keyring, which is not used with OPENTACT_CONFIG_DIR",
            )),
            Place::Keyring => match keyring::get(&entry(profile, kind)) {
                Ok(Some(token)) => Ok(token),
                Ok(None) => Err(lost("is no longer in the keyring")),
                Err(reason) => Err(lost(&format!("cannot be read from the keyring: {reason}"))),
            },
            Place::File => {
                let tokens = self.read()?.remove(profile).unwrap_or_default();
                let shown = self.file();
                let missing = || lost(&format!("is no longer in {}", shown.display()));
                tokens.get(&kind).cloned().ok_or_else(missing)
            }
        }
    }

    /// Deletes a token. One that is gone already is no error.
    pub(crate) fn delete(
        &self,
        place: Place,
        profile: &str,
        kind: TokenKind,
    ) -> Result<(), Failure> {
        match place {
            Place::Keyring => keyring::delete(&entry(profile, kind)).map_err(|reason| {
                Failure::general(format!(
                    "cannot delete the token from the keyring: {reason}"
                ))
            }),
            Place::File => {
                let mut tokens = self.read()?;
                let Some(of_profile) = tokens.get_mut(profile) else {
                    return Ok(());
                };
                of_profile.remove(&kind);
                tokens.retain(|_, tokens| !tokens.is_empty());
                match tokens.is_empty() {
                    true => std::fs::remove_file(self.file())
                        .map_err(|error| self.failed("delete", &error)),
                    false => self.write(&tokens),
                }
            }
        }
    }

    /// Returns the file of tokens.
    pub(crate) fn file(&self) -> PathBuf {
        self.folders.data.join("tokens.toml")
    }

    fn read(&self) -> Result<Tokens, Failure> {
        let text = match std::fs::read_to_string(self.file()) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Tokens::new()),
            Err(error) => return Err(self.failed("read", &error)),
        };
        // The error would quote the line, and so the token.
        toml::from_str(&text).map_err(|_| {
            let shown = self.file();
            Failure::general(format!("{} is no file of tokens", shown.display()))
                .with_hint("delete it, and sign in again with `opentact login`")
        })
    }

    fn write(&self, tokens: &Tokens) -> Result<(), Failure> {
        let text = toml::to_string(tokens).map(Zeroizing::new);
        let text = text.map_err(|_| Failure::general("the tokens cannot be written as TOML"))?;
        write_private(&self.file(), text.as_bytes())
    }

    fn failed(&self, verb: &str, error: &std::io::Error) -> Failure {
        Failure::general(format!("cannot {verb} {}: {error}", self.file().display()))
    }
}

/// Returns the name of a token in the keyring.
fn entry(profile: &str, kind: TokenKind) -> String {
    format!("{profile}/{}", kind.as_str())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Returns one folder for profiles and tokens.
    fn folders(folder: &Path) -> Folders {
        Folders {
            config: folder.to_owned(),
            data: folder.to_owned(),
            is_named: true,
        }
    }

    #[test]
    fn token_in_the_file_is_kept_returned_and_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let folders = folders(folder.path());
        let vault = Vault { folders: &folders };
        let get = |profile: &str, kind| {
            let token = vault.get(Place::File, profile, kind);
            token.map(|token| token.expose_secret().to_owned())
        };
        for (profile, kind, token) in [
            ("default", TokenKind::Ha1b, "a\"b"),
            ("default", TokenKind::Bearer, "c"),
            ("a.b", TokenKind::Bearer, "d"),
        ] {
            let kept = vault
                .keep(profile, kind, &Secret::from(token), true)
                .unwrap();
            assert_eq!(kept, (Place::File, None));
        }
        assert_eq!(get("default", TokenKind::Ha1b).unwrap(), "a\"b");
        assert_eq!(get("a.b", TokenKind::Bearer).unwrap(), "d");
        vault
            .delete(Place::File, "default", TokenKind::Bearer)
            .unwrap();
        vault
            .delete(Place::File, "default", TokenKind::Bearer)
            .unwrap();
        assert!(get("default", TokenKind::Bearer).is_err());
        vault
            .delete(Place::File, "default", TokenKind::Ha1b)
            .unwrap();
        vault.delete(Place::File, "a.b", TokenKind::Bearer).unwrap();
        assert!(!vault.file().exists());
    }

    #[test]
    fn file_that_cannot_be_read_is_an_error_without_the_tokens() {
        let folder = tempfile::tempdir().unwrap();
        let folders = folders(folder.path());
        let vault = Vault { folders: &folders };
        std::fs::write(vault.file(), "[default]\nha1b = \"secret\n").unwrap();
        let failure = vault
            .get(Place::File, "default", TokenKind::Ha1b)
            .unwrap_err();
        assert!(!failure.message().contains("secret"));
    }
}
