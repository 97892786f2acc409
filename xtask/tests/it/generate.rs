//! `cargo xtask generate`: exit codes, output and files.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Ended, Generated, SPEC, Workspace, XTASK, command, xtask};

impl Workspace {
    /// Returns a workspace whose generated files are stale.
    fn edited() -> Self {
        let workspace = Self::new();
        workspace.edit("summary: Create a group", "summary: Make a group");
        workspace
    }

    /// Sets the time of the generated files to one that a write during the test cannot have, and
    /// returns the files.
    fn aged(&self) -> Generated {
        let then = SystemTime::now() - Duration::from_secs(3600);
        for path in self.generated().keys() {
            let file = fs::File::options().append(true).open(self.path(path));
            file.unwrap().set_modified(then).unwrap();
        }
        self.generated()
    }

    /// Asserts that no generated file was touched, and that no other file was added.
    #[track_caller]
    fn assert_untouched(&self, former: &Generated) {
        assert!(self.generated() == *former, "a file was written");
        assert_eq!(self.names(), Self::new().names());
    }

    /// Returns the names of all files beside the spec and the generated files.
    fn names(&self) -> Vec<String> {
        let mut folders = vec!["openapi".to_owned()];
        for path in self.generated().keys() {
            folders.push(path.rsplit_once('/').unwrap().0.to_owned());
        }
        folders.dedup();
        let entries = folders
            .iter()
            .flat_map(|folder| fs::read_dir(self.path(folder)).unwrap());
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// Returns the state of each file in the output.
fn states(ended: &Ended) -> Vec<&str> {
    let lines = ended.out.lines().skip(1); // the summary
    let states = lines.filter_map(|line| line.rsplit_once(": ").map(|(_, state)| state));
    states.collect()
}

#[test]
fn generate_with_fresh_files_writes_nothing() {
    let workspace = Workspace::new();
    let former = workspace.aged();
    for arguments in [&["generate"][..], &["generate", "--check"]] {
        let ended = workspace.run(arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(states(&ended), vec!["fresh"; former.len()], "{ended:?}");
        assert_eq!(ended.err, "");
        workspace.assert_untouched(&former);
    }
}

#[test]
fn check_with_stale_files_shows_the_differences_and_writes_nothing() {
    let workspace = Workspace::edited();
    let former = workspace.aged();
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for part in [".rs: stale", "Create a group", "Make a group"] {
        assert!(ended.out.contains(part), "{part}: {ended:?}");
    }
    assert_eq!(
        ended.err,
        "run `cargo xtask generate` and commit the result\n"
    );
    workspace.assert_untouched(&former);
}

#[test]
fn check_with_a_long_difference_shows_its_start() {
    let workspace = Workspace::new();
    let files = workspace.generated();
    for path in files.keys() {
        workspace.write(path, "// nothing\n");
    }
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    // Forty lines of the first file, and two lines of every other one.
    let lines = ended.out.lines().count();
    assert!(lines < 50 + 2 * files.len(), "{ended:?}");
    assert!(ended.out.contains(" more lines"), "{ended:?}");
}

#[test]
fn generate_with_stale_files_updates_them() {
    let workspace = Workspace::edited();
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(states(&ended).contains(&"updated"), "{ended:?}");
    assert!(workspace.code().contains("Make a group"));
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(workspace.names(), Workspace::new().names());
}

#[test]
fn generate_with_missing_files_creates_them() {
    let workspace = Workspace::new();
    let former = workspace.code();
    for path in workspace.generated().keys() {
        // Fails for the second file of a folder.
        let _ = fs::remove_dir_all(workspace.path(path).parent().unwrap());
    }
    let ended = workspace.run(&["generate", "--check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(workspace.code(), "");
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(workspace.code() == former);
}

#[test]
fn generate_removes_code_that_the_spec_no_longer_yields() {
    let workspace = Workspace::new();
    let former = workspace.generated();
    let path = "opentact-api/src/generated/former_page.rs";
    workspace.write(path, "// a page\n");
    for (arguments, code, state) in [(&["--check"][..], 1, "obsolete"), (&[], 0, "removed")] {
        let ended = workspace.run(&[&["generate"], arguments].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert!(ended.out.contains(&format!("{path}: {state}")), "{ended:?}");
        assert_eq!(workspace.path(path).exists(), code == 1);
    }
    assert!(workspace.generated() == former, "a file was written");
}

#[test]
fn generate_keeps_the_features_of_the_pages_in_the_manifest() {
    let workspace = Workspace::small();
    let path = "opentact-api/Cargo.toml";
    let manifest = |features: &str| {
        format!(
            "[features]\nhttp2 = []\n\
             # The pages of the API: `cargo xtask generate` writes the features from here on.\n\
             {features}# The end of the pages of the API.\n\n[lints]\n"
        )
    };
    workspace.write(path, &manifest("former-page = []\n"));
    for (arguments, code, state) in [(&["--check"][..], 1, "stale"), (&[], 0, "updated")] {
        let ended = workspace.run(&[&["generate"], arguments].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert!(ended.out.contains(&format!("{path}: {state}")), "{ended:?}");
    }
    let page = SPEC.rsplit_once('/').unwrap().1.trim_end_matches(".yaml");
    let written = workspace.read(path);
    let expected = format!("full = [\n    \"{page}\",\n]\n");
    assert!(written.contains(&expected), "{written}");
    assert!(!written.contains("former-page"), "{written}");
    assert!(written.starts_with("[features]\nhttp2 = []\n"), "{written}");
    assert!(written.ends_with("API.\n\n[lints]\n"), "{written}");

    workspace.write(path, "[features]\n");
    let former = workspace.read(path);
    workspace
        .run(&["generate"])
        .assert_refused(&["opentact-api/Cargo.toml lacks the line"]);
    assert_eq!(workspace.read(path), former);
}

#[test]
fn generate_from_a_spec_with_errors_shows_all_and_writes_nothing() {
    let workspace = Workspace::edited();
    workspace.edit("x-rust-name: list_groups", "x-rust-name: listGroups");
    workspace.edit("x-rust-name: create_group", "x-rust-name: builder");
    let former = workspace.aged();
    for arguments in [&["generate"][..], &["generate", "--check"]] {
        let ended = workspace.run(arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert_eq!(ended.out, "");
        for error in ["x-rust-name: listGroups", "x-rust-name: builder"] {
            let place = format!("{SPEC}:{}:20", workspace.line(error));
            assert!(ended.err.contains(&place), "{place}: {ended:?}");
        }
        assert!(
            ended.err.contains("2 errors, nothing was written"),
            "{ended:?}"
        );
        assert!(!ended.err.contains('\u{1b}'), "colours in a pipe");
        workspace.assert_untouched(&former);
    }
}

#[test]
fn generate_with_json_prints_states_or_findings_in_one_line() {
    let workspace = Workspace::edited();
    let paths: Vec<String> = workspace.generated().into_keys().collect();
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
        let result = json(arguments, code);
        assert_eq!(result["findings"], json!([]));
        let files = result["files"].as_array().unwrap().iter();
        let (mut shown, states): (Vec<&str>, Vec<&str>) = files
            .map(|file| {
                (
                    file["path"].as_str().unwrap(),
                    file["state"].as_str().unwrap(),
                )
            })
            .unzip();
        shown.sort_unstable();
        assert_eq!(shown, paths);
        assert!(states.contains(&state), "{result}");
        assert!(result["operations"].as_u64() >= Some(8), "{result}");
        assert!(result["types"].as_u64() >= Some(6), "{result}");
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
fn generate_from_invalid_utf8_is_refused() {
    let workspace = Workspace::new();
    let former = workspace.aged();
    fs::write(workspace.path(SPEC), b"openapi: \xff\n").unwrap();
    workspace
        .run(&["generate"])
        .assert_refused(&["cannot read", "groups.yaml"]);
    workspace.assert_untouched(&former);
}

#[test]
fn generated_file_with_invalid_utf8_is_stale() {
    let workspace = Workspace::new();
    let former = workspace.code();
    let path = "opentact-api/src/generated/mod.rs";
    fs::write(workspace.path(path), b"// \xff\n").unwrap();
    for (arguments, code, state) in [(&["--check"][..], 1, "stale"), (&[], 0, "updated")] {
        let ended = workspace.run(&[&["generate"], arguments].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert!(ended.out.contains(&format!("{path}: {state}")), "{ended:?}");
    }
    assert!(workspace.code() == former);
}

#[cfg(target_os = "linux")]
#[test]
fn generate_with_a_full_disk_as_output_exits_with_2() {
    let workspace = Workspace::new();
    for format in ["text", "json"] {
        let mut command = workspace.xtask(&["generate", "--format", format]);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        Ended::of(command.stdout(full)).assert_refused(&["cannot write to standard output"]);
    }
}

#[test]
fn generate_counts_one_operation_in_the_singular() {
    let ended = Workspace::small().run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains(": 1 file, 1 operation, "), "{ended:?}");
}

#[test]
fn generate_in_a_folder_without_a_spec_is_refused() {
    let folder = TempDir::new().unwrap();
    Ended::of(xtask().arg("generate").current_dir(&folder))
        .assert_refused(&["cannot find openapi/*.yaml in this folder or above it"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn generate_in_a_subfolder_finds_the_workspace() {
    let workspace = Workspace::edited();
    let folder = workspace.path("opentact-api/src");
    let ended = Ended::of(xtask().arg("generate").current_dir(folder));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(states(&ended).contains(&"updated"), "{ended:?}");
    assert_eq!(workspace.names(), Workspace::new().names());
}

/// `ulimit -f` makes the kernel end a write in the middle, as a full disk does. It counts in
/// blocks of 512 or 1024 bytes: much less than the longest generated file in either case.
#[cfg(unix)]
#[test]
fn generate_that_is_interrupted_leaves_all_former_files() {
    use std::os::unix::process::ExitStatusExt;

    let workspace = Workspace::edited();
    let former = workspace.aged();
    let run = |script: &str| {
        let mut command = command("sh");
        let script = format!("{script}; exec \"$0\" generate");
        command
            .args(["-c", &script, XTASK])
            .current_dir(workspace.path(""));
        command.output().unwrap()
    };

    // The write fails: the command reports it, and removes its temporary files.
    let failed = run("trap '' XFSZ; ulimit -f 8");
    let error = String::from_utf8_lossy(&failed.stderr);
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    assert!(error.contains("cannot write"), "{failed:?}");
    workspace.assert_untouched(&former);

    // The kernel kills the command: temporary files stay.
    let killed = run("ulimit -f 8");
    assert!(killed.status.signal().is_some(), "{killed:?}");
    assert!(workspace.generated() == former, "a file was written");

    // The next run repairs everything.
    assert_eq!(workspace.run(&["generate"]).code, Some(0));
    assert_eq!(workspace.run(&["generate", "--check"]).code, Some(0));
}

#[test]
fn readme_shows_the_current_errors() {
    const README: &str = include_str!("../../../README.md");
    let workspace = Workspace::new();
    workspace.edit("x-rust-name: delete_group", "x-rust-name: deleteGroup");
    let shown = workspace.run(&["generate"]).err;
    assert!(README.contains(&shown), "README.md must show:\n{shown}");
}
