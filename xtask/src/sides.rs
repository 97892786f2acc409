//! The two sides of a comparison: from what was typed to the text of a spec.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use opentact_gen::diff::Side;
use opentact_gen::{Source, Sources, load};
use semver::Version;
use toml::Table;

use crate::files::{self, FOLDER, FileError, Workspace};
use crate::git::{Commit, GitError, Repository, Revision};

/// The manifest of the workspace, from its root.
const MANIFEST: &str = "Cargo.toml";
/// The manifest of the crate that users depend on, from the root of the workspace.
const CRATE_MANIFEST: &str = "opentact-api/Cargo.toml";

/// A side cannot be had.
#[derive(Debug)]
pub(crate) enum SideError {
    /// A file cannot be read.
    File(FileError),
    /// A commit cannot be read.
    Git(GitError),
}

impl fmt::Display for SideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Git(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SideError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            Self::Git(error) => Some(error),
        }
    }
}

impl From<FileError> for SideError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<GitError> for SideError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

/// The older side: what was typed, or where what is checked out left the default branch.
pub(crate) fn base(typed: Option<&str>) -> Result<Side, SideError> {
    match typed {
        Some(typed) => named(typed),
        None => {
            let (_, repository) = repository()?;
            let commit = repository.merge_base()?;
            of_commit(&repository, &commit, commit.short())
        }
    }
}

/// The newer side: what was typed, or the working tree.
pub(crate) fn head(typed: Option<&str>) -> Result<Side, SideError> {
    match typed {
        Some(typed) => named(typed),
        None => working_tree(&Workspace::find()?),
    }
}

fn named(typed: &str) -> Result<Side, SideError> {
    let path = Path::new(typed);
    let is_spec_folder = || files::yaml_files(path).is_ok_and(|names| !names.is_empty());
    if path.exists() && (!path.is_dir() || is_spec_folder()) {
        return of_path(path);
    }
    let (_, repository) = repository()?;
    let revision = Revision::new(typed);
    let commit = repository.commit(&revision)?;
    let name = match commit.hash().starts_with(typed) {
        true => commit.short(),
        false => revision.as_str(),
    };
    of_commit(&repository, &commit, name)
}

fn repository() -> Result<(Workspace, Repository), SideError> {
    let workspace = Workspace::find()?;
    let repository = Repository::of(workspace.root())?;
    Ok((workspace, repository))
}

fn of_commit(repository: &Repository, commit: &Commit, name: &str) -> Result<Side, SideError> {
    let files = repository.read_all(commit, FOLDER, files::is_spec_file)?;
    let sources = files.iter().map(|(name, text)| {
        let path = format!("{FOLDER}/{name}");
        Source::new(repository.path_from_root(&path), text)
    });
    let manifest = |path| repository.read_if_present(commit, path);
    Ok(Side {
        sources: Sources::new(sources),
        name: name.to_owned(),
        version: crate_version(
            &manifest(CRATE_MANIFEST)?.unwrap_or_default(),
            &manifest(MANIFEST)?.unwrap_or_default(),
        ),
        link: link(commit),
    })
}

/// It may lie in no repository: then there is nothing to link to.
fn working_tree(workspace: &Workspace) -> Result<Side, SideError> {
    let repository = Repository::of(workspace.root()).ok();
    let folder = match &repository {
        Some(repository) => repository.path_from_root(FOLDER),
        None => FOLDER.to_owned(),
    };
    Ok(Side {
        sources: files::spec_in(&workspace.spec_folder(), &folder)?,
        name: "working tree".to_owned(),
        version: crate_version(
            &workspace.read_if_present(CRATE_MANIFEST)?,
            &workspace.read_if_present(MANIFEST)?,
        ),
        link: repository
            .and_then(|repository| repository.commit(&Revision::head()).ok())
            .and_then(|commit| link(&commit)),
    })
}

/// A file or a folder is on its own, unless it is of the spec of the workspace.
fn of_path(path: &Path) -> Result<Side, SideError> {
    if let Ok(workspace) = Workspace::find() {
        let folder = workspace.spec_folder();
        let is_spec_file = path
            .extension()
            .is_some_and(|extension| extension == "yaml");
        let of_spec = is_spec_file && path.parent().is_some_and(|parent| is_same(parent, &folder));
        if of_spec || is_same(path, &folder) {
            return working_tree(&workspace);
        }
    }
    let name = path.display().to_string();
    let sources = match path.is_dir() {
        true => files::spec_in(path, name.trim_end_matches('/'))?,
        false => Source::new(name.clone(), &files::read(path)?).into(),
    };
    Ok(Side {
        version: declared_version(&sources),
        sources,
        name,
        link: None,
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    // The parent of a lone file name is the empty path.
    let here = |path: &Path| Path::new(".").join(path);
    let canonical = |path: &Path| -> Option<PathBuf> { fs::canonicalize(here(path)).ok() };
    canonical(one).is_some() && canonical(one) == canonical(other)
}

/// The version in a spec, where it is one that can be compared.
fn declared_version(sources: &Sources) -> Option<Version> {
    let document = load(sources.clone()).ok()?;
    let version = document.root.get("info")?.str_at("version")?;
    Version::parse(version).ok()
}

/// The version of the crate as Cargo finds it: its own, or that of the workspace.
fn crate_version(of_crate: &str, of_workspace: &str) -> Option<Version> {
    let own = version_at(of_crate, &["package", "version"]);
    let version = own.or_else(|| version_at(of_workspace, &["workspace", "package", "version"]))?;
    Version::parse(&version).ok()
}

fn version_at(manifest: &str, keys: &[&str]) -> Option<String> {
    let (last, tables) = keys.split_last()?;
    let root = manifest.parse::<Table>().ok()?;
    let table = tables
        .iter()
        .try_fold(&root, |table, key| table.get(*key)?.as_table())?;
    table.get(*last)?.as_str().map(str::to_owned)
}

/// What addresses of lines start with: known in a workflow of GitHub, and nowhere else.
fn link(commit: &Commit) -> Option<String> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let server = setting("GITHUB_SERVER_URL")?;
    let repository = setting("GITHUB_REPOSITORY")?;
    Some(format!("{server}/{repository}/blob/{}", commit.hash()))
}
