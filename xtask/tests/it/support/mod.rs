//! The real binary, in workspaces of their own.

pub(crate) mod github;
#[allow(dead_code)] // the generator's tests use the rest
#[path = "../../../../opentact-gen/tests/it/support/mutations.rs"]
pub(crate) mod mutations;
pub(crate) mod repository;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use openapi_tree::{Source, Sources, load};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const XTASK: &str = env!("CARGO_BIN_EXE_xtask");
/// The file of the spec that tests edit.
pub(crate) const SPEC: &str = "openapi/groups.yaml";
/// The folder of the code of the SDK.
const CODE_FOLDER: &str = "opentact-api/src/generated";
/// The spec as one document.
pub(crate) const DOCUMENT: &str = "opentact-sandbox/src/openapi.json";

/// The variables of git and of GitHub's runners that change the behaviour of commands.
const VARIABLES: [&str; 10] = [
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "GITHUB_API_URL",
    "GITHUB_BASE_REF",
    "GITHUB_REPOSITORY",
    "GITHUB_SERVER_URL",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_TOKEN",
    "RUNNER_TEMP",
];

/// Returns the root of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Returns the paths of the spec files of the project, sorted.
pub(crate) fn spec_files() -> Vec<String> {
    files(project(), "openapi", ".yaml")
}

/// Returns the paths of the generated files in a workspace, sorted.
fn generated_files(root: &Path) -> Vec<String> {
    let mut paths = files(root, CODE_FOLDER, ".rs");
    paths.extend(files(root, "opentact-sandbox/src", "openapi.json"));
    paths
}

fn files(root: &Path, folder: &str, end: &str) -> Vec<String> {
    let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = names.filter(|name| name.ends_with(end));
    let mut paths: Vec<String> = names.map(|name| format!("{folder}/{name}")).collect();
    paths.sort();
    paths
}

/// Returns a command that behaves the same on every machine.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
}

/// Returns a command of `cargo xtask`.
pub(crate) fn xtask() -> Command {
    command(XTASK)
}

/// Path, text and time of modification of each generated file.
pub(crate) type Generated = BTreeMap<String, (String, SystemTime)>;

/// A temporary workspace with the spec and the generated files of the project.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let workspace = Self {
            folder: TempDir::new().unwrap(),
        };
        for file in [spec_files(), generated_files(project())].concat() {
            let text = fs::read_to_string(project().join(&file)).unwrap();
            workspace.write(&file, &text);
        }
        workspace
    }

    /// Returns a workspace with a small spec and no generated files.
    pub(crate) fn small() -> Self {
        let workspace = Self {
            folder: TempDir::new().unwrap(),
        };
        workspace.write(SPEC, include_str!("../fixtures/small.yaml"));
        workspace
    }

    /// Edits the spec.
    #[track_caller]
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let text = self.read(SPEC);
        assert!(text.contains(from), "the spec does not contain `{from}`");
        self.write(SPEC, &text.replacen(from, to, 1));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Returns the generated files.
    pub(crate) fn generated(&self) -> Generated {
        let files = generated_files(self.folder.path()).into_iter();
        files
            .map(|path| {
                let modified = fs::metadata(self.path(&path)).unwrap().modified().unwrap();
                let text = self.read(&path);
                (path, (text, modified))
            })
            .collect()
    }

    /// Returns the text of all generated files.
    pub(crate) fn code(&self) -> String {
        let texts = self.generated().into_values();
        texts.map(|(text, _)| text).collect()
    }

    /// Returns the spec as one document in JSON, from the spec files.
    pub(crate) fn document(&self) -> String {
        let files = files(self.folder.path(), "openapi", ".yaml").into_iter();
        let files = files.map(|path| Source::new(path.clone(), &self.read(&path)));
        let document = load(Sources::new(files)).unwrap();
        format!("{:#}", document.root.to_json())
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Returns a command of `cargo xtask` in this workspace.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Command {
        let mut command = xtask();
        command.args(arguments).current_dir(self.path(""));
        command
    }

    /// Runs `cargo xtask` in this workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(&mut self.xtask(arguments))
    }

    /// Returns the report of `cargo xtask diff` as JSON.
    #[track_caller]
    pub(crate) fn report(&self, revisions: &[&str]) -> Value {
        let options = ["diff", "--format", "json", "--fail-on", "never"];
        let ended = self.run(&[&options, revisions].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.err, "");
        serde_json::from_str(&ended.out).unwrap()
    }
}

/// The exit code and output of a command.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        Self {
            code: status.code(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Asserts that there is no report, and one line with an error that contains all `parts`.
    #[track_caller]
    pub(crate) fn assert_refused(&self, parts: &[&str]) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert_eq!(self.out, "");
        assert!(self.err.starts_with("error: "), "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "{part}: {self:?}");
        }
    }
}
