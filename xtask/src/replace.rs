//! Atomic replacement of files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

/// Replaces the text of all given files, or of none if a text cannot be written.
///
/// Each text goes to a temporary file beside its target first. So a reader, and a run that is
/// interrupted, sees each file with its former or its new text.
pub(crate) fn replace_all(files: &[(PathBuf, &str)]) -> Result<()> {
    let cannot_write = |path: &Path| format!("cannot write {}", path.display());
    let mut temporary = Vec::new();
    for (path, text) in files {
        temporary.push(write_beside(path, text).with_context(|| cannot_write(path))?);
    }
    for ((path, _), file) in files.iter().zip(temporary) {
        let renamed = file.persist(path).map_err(|failed| failed.error);
        renamed.with_context(|| cannot_write(path))?;
    }
    Ok(())
}

fn write_beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".generate-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    make_readable(file.path())?;
    Ok(file)
}

/// Gives a temporary file, which only its owner can read, the permissions of a source file.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replace_all_with_a_file_that_cannot_be_written_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("former"), "former").unwrap();
        let files = [
            (path("former"), "new"),
            (path("created/file"), "new"),
            (path("former/file"), "new"), // a folder that is a file
        ];
        let error = replace_all(&files).unwrap_err();
        assert!(error.to_string().starts_with("cannot write "), "{error}");
        assert_eq!(fs::read_to_string(path("former")).unwrap(), "former");
        assert_eq!(fs::read_dir(path("created")).unwrap().count(), 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);

        replace_all(&files[..2]).unwrap();
        for (path, text) in &files[..2] {
            assert_eq!(fs::read_to_string(path).unwrap(), *text);
        }
    }
}
