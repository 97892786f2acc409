//! The revisions of the spec to compare: from an argument to the text of a document.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Result;
use openapi_tree::{Document, Source, Sources};
use toml::Table;

use crate::git::{Hash, Repository};
use crate::spec_files;
use crate::workspace::{SPEC_FOLDER, Workspace};

/// The manifest of the workspace, from its root.
const MANIFEST: &str = "Cargo.toml";
/// The manifest of the crate that users depend on, from the root of the workspace.
const CRATE_MANIFEST: &str = "opentact-api/Cargo.toml";

/// A revision of the spec, not loaded yet.
pub(crate) struct Revision {
    /// The files.
    pub(crate) sources: Sources,
    /// The name that reports show: a commit or a path.
    pub(crate) name: String,
    version: Version,
    /// The start of the address of a line on GitHub.
    link: Option<String>,
}

/// The version of a revision.
enum Version {
    /// The version of `opentact-api`, if it is known.
    OfCrate(Option<semver::Version>),
    /// The `info.version` of a document that is not part of the workspace.
    OfDocument,
}

impl Revision {
    /// Returns the revision as a report shows it. `document` is the loaded document.
    pub(crate) fn for_report(self, document: &Document) -> openapi_compat::Revision {
        let declared = || document.root.get("info")?.str_at("version");
        openapi_compat::Revision {
            name: self.name,
            version: match self.version {
                Version::OfCrate(version) => version,
                Version::OfDocument => declared().and_then(parse),
            },
            declared: None,
            link: self.link,
            // Documents with mistakes are refused.
            warnings: 0,
            left_out: 0,
        }
    }
}

/// Loads the older revision. The default is the merge base of HEAD and the default branch.
pub(crate) fn base(argument: Option<&str>) -> Result<Revision> {
    match argument {
        Some(argument) => of_argument(argument),
        None => {
            let repository = repository()?;
            let commit = repository.merge_base()?;
            of_commit(&repository, &commit, commit.short())
        }
    }
}

/// Loads the newer revision. The default is the working tree.
pub(crate) fn head(argument: Option<&str>) -> Result<Revision> {
    match argument {
        Some(argument) => of_argument(argument),
        None => working_tree(&Workspace::find()?),
    }
}

fn of_argument(argument: &str) -> Result<Revision> {
    let path = Path::new(argument);
    if path.exists() && (!path.is_dir() || spec_files::has_spec(path)) {
        return of_path(path);
    }
    let repository = repository()?;
    let commit = repository.commit(argument)?;
    let name = match commit.as_str().starts_with(argument) {
        true => commit.short(),
        false => argument,
    };
    of_commit(&repository, &commit, name)
}

fn repository() -> Result<Repository> {
    Repository::containing(Workspace::find()?.root())
}

fn of_commit(repository: &Repository, commit: &Hash, name: &str) -> Result<Revision> {
    let files = repository.read_folder(commit, SPEC_FOLDER, spec_files::is_spec_file)?;
    let sources = files.iter().map(|(name, text)| {
        let path = format!("{SPEC_FOLDER}/{name}");
        Source::new(repository.path_from_root(&path), text)
    });
    let manifest = |path| repository.read_if_present(commit, path);
    Ok(Revision {
        sources: Sources::new(sources),
        name: name.to_owned(),
        version: crate_version(
            &manifest(CRATE_MANIFEST)?.unwrap_or_default(),
            &manifest(MANIFEST)?.unwrap_or_default(),
        ),
        link: link(commit),
    })
}

/// Loads the spec of the working tree. Without a repository, its lines have no links.
fn working_tree(workspace: &Workspace) -> Result<Revision> {
    let repository = Repository::containing(workspace.root()).ok();
    let shown = match &repository {
        Some(repository) => repository.path_from_root(SPEC_FOLDER),
        None => SPEC_FOLDER.to_owned(),
    };
    Ok(Revision {
        sources: spec_files::read_folder(&workspace.spec_folder(), &shown)?,
        name: "working tree".to_owned(),
        version: crate_version(
            &workspace.read_if_present(CRATE_MANIFEST)?,
            &workspace.read_if_present(MANIFEST)?,
        ),
        link: repository
            .and_then(|repository| repository.commit("HEAD").ok())
            .and_then(|commit| link(&commit)),
    })
}

/// Loads a file or folder: the working tree if it belongs to the spec of the workspace, and a
/// document of its own otherwise.
fn of_path(path: &Path) -> Result<Revision> {
    if let Ok(workspace) = Workspace::find()
        && belongs_to(path, &workspace.spec_folder())
    {
        return working_tree(&workspace);
    }
    let name = path.display().to_string();
    let sources = match path.is_dir() {
        true => spec_files::read_folder(path, name.trim_end_matches('/'))?,
        false => Source::new(name.clone(), &spec_files::read(path)?).into(),
    };
    Ok(Revision {
        version: Version::OfDocument,
        sources,
        name,
        link: None,
    })
}

/// Returns `true` if `path` is the folder of the spec, or a file of the spec in it.
fn belongs_to(path: &Path, spec_folder: &Path) -> bool {
    let is_yaml = path.extension().is_some_and(|end| end == "yaml");
    let parent = path.parent().filter(|_| is_yaml);
    is_same(path, spec_folder) || parent.is_some_and(|parent| is_same(parent, spec_folder))
}

fn is_same(one: &Path, other: &Path) -> bool {
    // The parent of a lone file name is the empty path.
    let here = |path: &Path| Path::new(".").join(path);
    let canonical = |path: &Path| -> Option<PathBuf> { fs::canonicalize(here(path)).ok() };
    canonical(one).is_some() && canonical(one) == canonical(other)
}

/// Returns the version of the crate as Cargo finds it: its own, or that of the workspace.
fn crate_version(of_crate: &str, of_workspace: &str) -> Version {
    let own = version_at(of_crate, &["package", "version"]);
    let version = own.or_else(|| version_at(of_workspace, &["workspace", "package", "version"]));
    Version::OfCrate(version.and_then(|version| parse(&version)))
}

fn parse(version: &str) -> Option<semver::Version> {
    semver::Version::parse(version).ok()
}

fn version_at(manifest: &str, keys: &[&str]) -> Option<String> {
    let (last, tables) = keys.split_last()?;
    let root = manifest.parse::<Table>().ok()?;
    let table = tables
        .iter()
        .try_fold(&root, |table, key| table.get(*key)?.as_table())?;
    table.get(*last)?.as_str().map(str::to_owned)
}

/// Returns the start of the address of each line, which is known in a workflow of GitHub only.
fn link(commit: &Hash) -> Option<String> {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let server = variable("GITHUB_SERVER_URL")?;
    let repository = variable("GITHUB_REPOSITORY")?;
    Some(format!("{server}/{repository}/blob/{}", commit.as_str()))
}
