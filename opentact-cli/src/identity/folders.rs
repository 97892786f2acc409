//! The folders of this program, by the conventions of the platform.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::failure::Failure;

/// The variable that names one folder for everything.
const VARIABLE: &str = "OPENTACT_CONFIG_DIR";

/// The folder below those of the platform.
const NAME: &str = "opentact";

/// The folders of this program.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    /// The folder of the profiles.
    pub(crate) config: PathBuf,
    /// The folder of tokens, if there is no keyring.
    pub(crate) data: PathBuf,
    /// `true` if the user named the folder. Nothing outside of it is then used, not even the keyring.
    pub(crate) is_named: bool,
}

impl Folders {
    /// Returns the folders of the user. On Linux: `~/.config/opentact` and `~/.local/share/opentact`,
    /// unless `XDG_CONFIG_HOME` and `XDG_DATA_HOME` name others.
    pub(crate) fn of_user() -> Result<Self, Failure> {
        if let Some(folder) = named(std::env::var_os(VARIABLE)) {
            return Ok(Self {
                config: folder.clone(),
                data: folder,
                is_named: true,
            });
        }
        let base = etcetera::base_strategy::choose_native_strategy().map_err(|_| {
            Failure::general("this user has no home folder, so no profile can be kept")
                .with_hint(format!("name a folder in {VARIABLE}"))
        })?;
        Ok(Self {
            config: base.config_dir().join(NAME),
            data: base.data_dir().join(NAME),
            is_named: false,
        })
    }
}

fn named(value: Option<OsString>) -> Option<PathBuf> {
    value.filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Writes a file that only the user can read, as a whole: a reader sees the earlier content or the new
/// one. Creates its folder.
pub(crate) fn write_private(file: &Path, content: &[u8]) -> Result<(), Failure> {
    let write = || -> std::io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        create_private(folder)?;
        // A file of this kind has the mode 0600 from its creation on.
        let mut written = tempfile::NamedTempFile::new_in(folder)?;
        written.write_all(content)?;
        written.as_file().sync_all()?;
        written.persist(file)?;
        Ok(())
    };
    write().map_err(|error| {
        let shown = file.display();
        Failure::general(format!("cannot write {shown}: {error}"))
    })
}

/// Creates a folder that only the user can enter. A folder that exists stays as it is.
fn create_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_folder_that_is_empty_counts_as_none() {
        assert_eq!(named(None), None);
        assert_eq!(named(Some(OsString::new())), None);
        assert_eq!(named(Some("x".into())), Some(PathBuf::from("x")));
    }

    #[cfg(unix)]
    #[test]
    fn write_private_replaces_a_file_that_others_cannot_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            |path: &Path| std::fs::metadata(path).map(|found| found.permissions().mode() & 0o777);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/tokens.toml");
        write_private(&file, b"one").unwrap();
        write_private(&file, b"two").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(mode(&file).unwrap(), 0o600);
        assert_eq!(mode(file.parent().unwrap()).unwrap(), 0o700);
        let left = std::fs::read_dir(file.parent().unwrap()).unwrap();
        assert_eq!(left.count(), 1);
    }
}
