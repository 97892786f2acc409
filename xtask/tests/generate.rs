//! `cargo xtask generate` as it is typed: exit codes, what is shown, and which files change.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::fs;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use support::{DOCUMENT, Ended, GENERATED, SPEC, Workspace, XTASK};
use tempfile::TempDir;

impl Workspace {
    /// A workspace with a spec that is not that of the code.
    fn edited() -> Self {
        let workspace = Self::new();
        workspace.edit("summary: Create a group", "summary: Make a group");
        workspace
    }

    /// Gives the generated file a time that no write of today has.
    fn age(&self) {
        let file = fs::File::options().append(true).open(self.path(GENERATED));
        let then = SystemTime::now() - Duration::from_secs(3600);
        file.unwrap().set_modified(then).unwrap();
    }

    /// What the generated file says, and since when.
    fn generated(&self) -> (String, SystemTime) {
        let path = self.path(GENERATED);
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        (fs::read_to_string(path).unwrap(), modified)
    }

    /// Asserts that the generated file was not touched, and nothing left beside it.
    #[track_caller]
    fn assert_untouched(&self, former: &(String, SystemTime)) {
        let (text, modified) = self.generated();
        assert!(text == former.0, "the former text is gone");
        assert_eq!(modified, former.1, "written anew");
        assert_eq!(self.files(), Self::new().files());
    }

    fn files(&self) -> Vec<String> {
        let folders = [
            "",
            "openapi",
            "opentact-api",
            "opentact-api/src",
            "opentact-sandbox",
            "opentact-sandbox/src",
        ];
        let entries = folders.map(|folder| fs::read_dir(self.path(folder)).unwrap());
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_fresh_file_is_left_alone() {
    let workspace = Workspace::new();
    workspace.age();
    let former = workspace.generated();
    for arguments in [&["generate"][..], &["generate", "--check"]] {
        let ended = workspace.run(arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.out.contains("generated.rs: fresh"), "{ended:?}");
        assert_eq!(ended.err, "");
        workspace.assert_untouched(&former);
    }
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let workspace = Workspace::edited();
    workspace.age();
    let former = workspace.generated();
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("generated.rs: stale"), "{ended:?}");
    assert!(ended.out.contains("Create a group"), "{ended:?}");
    assert!(ended.out.contains("Make a group"), "{ended:?}");
    assert!(ended.out.lines().count() < 50, "{ended:?}");
    assert!(
        ended.err.contains("run `cargo xtask generate`"),
        "{ended:?}"
    );
    workspace.assert_untouched(&former);
}

#[test]
fn check_shows_the_start_of_a_long_difference() {
    let workspace = Workspace::new();
    fs::write(workspace.path(GENERATED), "// nothing\n").unwrap();
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.lines().count() < 50, "{ended:?}");
    assert!(ended.out.contains(" more lines"), "{ended:?}");
}

#[test]
fn generate_updates_and_then_all_is_fresh() {
    let workspace = Workspace::edited();
    let former = workspace.generated();
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("generated.rs: updated"), "{ended:?}");
    assert!(workspace.generated().0 != former.0, "nothing was written");
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(workspace.files(), Workspace::new().files());
}

#[test]
fn a_generated_file_that_is_not_there_is_made() {
    let workspace = Workspace::new();
    let (former, _) = workspace.generated();
    fs::remove_file(workspace.path(GENERATED)).unwrap();
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(!workspace.path(GENERATED).exists());
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(workspace.generated().0 == former);
}

#[test]
fn a_broken_spec_is_refused_with_places_and_nothing_is_written() {
    let workspace = Workspace::edited();
    workspace.edit("x-rust-name: list_groups", "x-rust-name: listGroups");
    workspace.edit("x-rust-name: create_group", "x-rust-name: builder");
    workspace.age();
    let former = workspace.generated();
    for arguments in [&["generate"][..], &["generate", "--check"]] {
        let ended = workspace.run(arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert_eq!(ended.out, "");
        for mistake in ["x-rust-name: listGroups", "x-rust-name: builder"] {
            let spec = fs::read_to_string(workspace.path(SPEC)).unwrap();
            let line = spec
                .lines()
                .position(|line| line.ends_with(mistake))
                .unwrap()
                + 1;
            let place = format!("openapi/groups.yaml:{line}:20");
            assert!(ended.err.contains(&place), "{place}: {ended:?}");
        }
        assert!(ended.err.contains("2 things are wrong"), "{ended:?}");
        assert!(!ended.err.contains('\u{1b}'), "colours in a pipe");
        workspace.assert_untouched(&former);
    }
}

#[test]
fn programs_get_the_findings_or_the_outcome_as_json() {
    let workspace = Workspace::edited();
    let json = |arguments: &[&str], code| -> Value {
        let ended = workspace.run(&[&["generate", "--format", "json"], arguments].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert_eq!((ended.err.as_str(), ended.out.lines().count()), ("", 1));
        serde_json::from_str(&ended.out).unwrap()
    };
    for (arguments, code, state) in [
        (&["--check"][..], 1, "stale"),
        (&[], 0, "updated"),
        (&["--check"], 0, "fresh"),
    ] {
        let outcome = json(arguments, code);
        assert_eq!(outcome["findings"], json!([]));
        let files = [GENERATED, DOCUMENT].map(|path| json!({ "path": path, "state": state }));
        assert_eq!(outcome["files"], json!(files));
        assert!(outcome["operations"].as_u64() >= Some(8), "{outcome}");
        assert!(outcome["types"].as_u64() >= Some(6), "{outcome}");
    }
    workspace.edit("x-rust-name: list_groups", "x-rust-name: listGroups");
    workspace.edit("x-rust-name: create_group", "x-rust-name: builder");
    let refused = json(&[], 2);
    let findings = refused["findings"].as_array().unwrap();
    let rules: Vec<_> = findings.iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, ["rust-name", "rust-name"]);
    assert_eq!(findings[0]["path"], SPEC);
    assert_eq!(findings[0]["start"]["column"], 20);
}

#[test]
fn a_spec_that_is_not_text_is_refused() {
    let workspace = Workspace::new();
    let former = workspace.generated();
    fs::write(workspace.path(SPEC), b"openapi: \xff\n").unwrap();
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("cannot read"), "{ended:?}");
    assert!(ended.err.contains("groups.yaml"), "{ended:?}");
    workspace.assert_untouched(&former);
}

#[test]
fn a_folder_without_a_spec_is_refused() {
    let folder = TempDir::new().unwrap();
    let ended = Ended::of(Command::new(XTASK).arg("generate").current_dir(&folder));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("openapi/*.yaml"), "{ended:?}");
    assert!(
        ended.err.contains("no folder from here upwards"),
        "{ended:?}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn it_works_from_a_subfolder() {
    let workspace = Workspace::edited();
    let mut command = Command::new(XTASK);
    command.current_dir(workspace.path("opentact-api/src"));
    let ended = Ended::of(command.arg("generate"));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("generated.rs: updated"), "{ended:?}");
    assert_eq!(workspace.files(), Workspace::new().files());
}

/// `ulimit -f` lets the kernel end a write in the middle, as a full disk would. It counts in
/// blocks of 512 or 1024 bytes: either way, much less than the generated file has.
#[cfg(unix)]
#[test]
fn a_write_that_is_interrupted_leaves_the_former_file() {
    use std::os::unix::process::ExitStatusExt;

    let workspace = Workspace::edited();
    workspace.age();
    let former = workspace.generated();
    assert!(former.0.len() > 16 * 1024, "too short to be interrupted");
    let run = |script: &str| {
        let mut command = Command::new("sh");
        let script = format!("{script}; exec \"$0\" generate");
        command
            .args(["-c", &script, XTASK])
            .current_dir(workspace.path(""));
        command.output().unwrap()
    };

    // The kernel fails the write: the command says so, and clears up.
    let failed = run("trap '' XFSZ; ulimit -f 8");
    let error = String::from_utf8_lossy(&failed.stderr);
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    assert!(error.contains("cannot write"), "{failed:?}");
    workspace.assert_untouched(&former);

    // The kernel kills the command: nothing is left to clear up with.
    let killed = run("ulimit -f 8");
    assert!(killed.status.signal().is_some(), "{killed:?}");
    assert!(workspace.generated() == former, "the former file is gone");

    // The next run mends it.
    assert_eq!(workspace.run(&["generate"]).code, Some(0));
    assert_eq!(workspace.run(&["generate", "--check"]).code, Some(0));
}

#[test]
fn the_readme_shows_what_is_shown() {
    const README: &str = include_str!("../../README.md");
    let workspace = Workspace::new();
    workspace.edit("x-rust-name: delete_group", "x-rust-name: deleteGroup");
    let shown = workspace.run(&["generate"]).err;
    assert!(README.contains(&shown), "README.md is to show:\n{shown}");
}
