//! The files of the workspace: where they lie, and how they are replaced.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use opentact_gen::{Source, Sources};

/// The folder whose YAML files are the spec, from the root of the workspace.
pub(crate) const FOLDER: &str = "openapi";
/// The spec, as it is shown.
pub(crate) const SPEC: &str = "openapi/*.yaml";
/// The folder with the generated code of the SDK, from the root of the workspace.
pub(crate) const CODE: &str = "opentact-api/src/generated";
/// The spec as one document, from the root of the workspace.
pub(crate) const DOCUMENT: &str = "opentact-sandbox/src/openapi.json";

/// Something is wrong with a file.
#[derive(Debug)]
pub(crate) struct FileError {
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot {} {}: {}",
            self.doing,
            self.path.display(),
            self.source
        )
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The root of a workspace: the folder in which [`FOLDER`] with a spec lies.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace in which the command is typed.
    pub(crate) fn find() -> Result<Self, FileError> {
        let start = env::current_dir().map_err(failed("find the folder", Path::new(".")))?;
        let has_spec =
            |folder: &&Path| yaml_files(&folder.join(FOLDER)).is_ok_and(|files| !files.is_empty());
        let root = start.ancestors().find(has_spec);
        match root {
            Some(root) => Ok(Self {
                root: root.to_owned(),
            }),
            None => Err(failed("find the spec", Path::new(SPEC))(io::Error::new(
                io::ErrorKind::NotFound,
                "no folder from here upwards has it",
            ))),
        }
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the spec.
    pub(crate) fn spec_folder(&self) -> PathBuf {
        self.root.join(FOLDER)
    }

    /// Reads the files of the spec. Their paths start at the root.
    pub(crate) fn spec(&self) -> Result<Sources, FileError> {
        spec_in(&self.spec_folder(), FOLDER)
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> Result<String, FileError> {
        read(&self.root.join(path))
    }

    /// Reads a file, or nothing where there is none.
    pub(crate) fn read_if_present(&self, path: &str) -> Result<String, FileError> {
        match self.read(path) {
            Err(error) if error.source.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            result => result,
        }
    }

    /// Replaces a file, wholly or not at all: a reader sees the former text or the new one.
    pub(crate) fn replace(&self, path: &str, text: &str) -> Result<(), FileError> {
        let path = self.root.join(path);
        let folder = path.parent().unwrap_or(&self.root);
        let write = || {
            let mut file = tempfile::Builder::new()
                .prefix(".generate-")
                .tempfile_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            set_usual_permissions(file.path())?;
            file.persist(&path)?;
            Ok(())
        };
        write().map_err(failed("write", &path))
    }
}

/// Reads the YAML files of a folder, which is shown as `shown`.
pub(crate) fn spec_in(folder: &Path, shown: &str) -> Result<Sources, FileError> {
    let files = yaml_files(folder).map_err(failed("list the files of", folder))?;
    let sources = files.iter().map(|name| {
        let text = read(&folder.join(name))?;
        Ok(Source::new(format!("{shown}/{name}"), &text))
    });
    Ok(Sources::new(sources.collect::<Result<Vec<_>, _>>()?))
}

/// The names of the YAML files of a folder, but for hidden ones: editors keep their own there.
pub(crate) fn yaml_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && is_spec_file(&name)
            && entry.path().is_file()
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// Whether a file of this name is one of the spec.
pub(crate) fn is_spec_file(name: &str) -> bool {
    name.ends_with(".yaml") && !name.starts_with('.')
}

/// Reads a file, wherever it lies.
pub(crate) fn read(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).map_err(failed("read", path))
}

/// A temporary file is for its owner alone; a source file is for everybody to read.
#[cfg(unix)]
fn set_usual_permissions(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &Path) -> io::Result<()> {
    Ok(())
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    move |source| FileError {
        doing,
        path,
        source,
    }
}
