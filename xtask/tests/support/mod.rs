//! The real binary, in workspaces of its own.
#![allow(dead_code)] // each test file uses a part of it
#![allow(clippy::unwrap_used)] // helpers of tests

pub(crate) mod github;
pub(crate) mod repository;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use opentact_gen::{Source, Sources};
use tempfile::TempDir;

pub(crate) const XTASK: &str = env!("CARGO_BIN_EXE_xtask");
/// The file of the spec that tests edit.
pub(crate) const SPEC: &str = "openapi/groups.yaml";
pub(crate) const GENERATED: &str = "opentact-api/src/generated.rs";
/// The spec as one document.
pub(crate) const DOCUMENT: &str = "opentact-sandbox/src/openapi.json";

/// What git and GitHub's runners set, and what would change how the commands behave.
const OF_THE_ENVIRONMENT: [&str; 10] = [
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

/// The root of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The files of the spec of the project.
pub(crate) fn spec_files() -> Vec<String> {
    let entries = fs::read_dir(project().join("openapi")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files = names.filter(|name| name.ends_with(".yaml"));
    let mut files: Vec<String> = files.map(|name| format!("openapi/{name}")).collect();
    files.sort();
    files
}

/// A command that behaves the same on every machine.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in OF_THE_ENVIRONMENT {
        command.env_remove(name);
    }
    command
}

/// A workspace of its own, with the real spec and the real code.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let workspace = Self {
            folder: TempDir::new().unwrap(),
        };
        let generated = [GENERATED, DOCUMENT].map(str::to_owned);
        for file in spec_files().into_iter().chain(generated) {
            let text = fs::read_to_string(project().join(&file)).unwrap();
            workspace.write(&file, &text);
        }
        workspace
    }

    /// The same without the pages of the API that the README does not speak of.
    pub(crate) fn of_groups() -> Self {
        let workspace = Self::new();
        for file in spec_files() {
            if file != SPEC && file != "openapi/common.yaml" {
                fs::remove_file(workspace.path(&file)).unwrap();
            }
        }
        workspace
    }

    /// Changes the spec.
    #[track_caller]
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let text = self.read(SPEC);
        assert!(text.contains(from), "the spec does not say `{from}`");
        self.write(SPEC, &text.replacen(from, to, 1));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The spec as one document, whether it was generated or not.
    pub(crate) fn document(&self) -> String {
        let files = spec_files().into_iter();
        let files = files.map(|path| Source::new(path.clone(), &self.read(&path)));
        let document = opentact_gen::load(Sources::new(files)).unwrap();
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

    /// `cargo xtask`, not yet run.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Command {
        let mut command = command(XTASK);
        command.args(arguments).current_dir(self.path(""));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(&mut self.xtask(arguments))
    }
}

/// How a command ended.
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

    /// Asserts that there is no report, and one line that says why and what to do.
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
