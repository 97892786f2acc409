//! `cargo xtask diff`: the revisions that are compared, the report and the exit codes.

use std::fs;

use serde_json::Value;

use crate::support::repository::{BREAKING, manifest};
use crate::support::{DOCUMENT, Ended, SPEC, Workspace, spec_files};

#[track_caller]
fn assert_changed(workspace: &Workspace, arguments: &[&str]) {
    assert_breaking(workspace, arguments, "undeclared");
}

/// The verdict is unknown if a document is compared whose version no crate declares.
#[track_caller]
fn assert_breaking(workspace: &Workspace, arguments: &[&str], verdict: &str) {
    let report = workspace.report(arguments);
    assert_eq!(report["verdict"], verdict, "{report}");
    assert_eq!(report["wire"][0]["level"], "breaking", "{report}");
}

#[track_caller]
fn assert_unchanged(workspace: &Workspace, arguments: &[&str]) {
    let report = workspace.report(arguments);
    assert_eq!(report["verdict"], "unchanged", "{report}");
    assert_eq!(report["wire"], Value::Array(Vec::new()), "{report}");
}

#[test]
fn diff_on_the_default_branch_compares_uncommitted_changes() {
    let workspace = Workspace::committed();
    let ended = workspace.run(&["diff"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
    assert_eq!(ended.err, "");
    workspace.edit(BREAKING.0, BREAKING.1);
    let ended = workspace.run(&["diff"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_changed(&workspace, &[]);
}

#[test]
fn diff_on_another_branch_compares_with_the_merge_base() {
    let workspace = Workspace::changed();
    assert_changed(&workspace, &[]);
    workspace.git(&["switch", "--quiet", "main"]);
    workspace.edit("title: ", "title: Other ");
    workspace.commit();
    workspace.git(&["switch", "--quiet", "change"]);
    workspace.edit(BREAKING.1, BREAKING.0);
    assert_unchanged(&workspace, &[]);
}

#[test]
fn default_branch_of_origin_is_preferred() {
    let workspace = Workspace::changed();
    let set = |name: &str, to: &str| workspace.git(&["update-ref", name, to]);
    // Each of these wins over those before it, and over the local `main`.
    for name in ["master", "main", "trunk"] {
        assert_changed(&workspace, &[]);
        set(&format!("refs/remotes/origin/{name}"), "change");
        if name == "trunk" {
            let head = ["refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"];
            workspace.git(&[&["symbolic-ref"], &head[..]].concat());
        }
        assert_unchanged(&workspace, &[]);
        set(&format!("refs/remotes/origin/{name}"), "main");
    }
    workspace.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    for name in ["trunk", "main", "master"] {
        workspace.git(&["update-ref", "-d", &format!("refs/remotes/origin/{name}")]);
    }
    workspace.git(&["branch", "--quiet", "--move", "main", "master"]);
    assert_changed(&workspace, &[]);
}

#[test]
fn commit_is_found_by_any_name() {
    let workspace = Workspace::changed();
    workspace.git(&["tag", "--annotate", "--message", "Release", "v1", "main"]);
    let hash = workspace.git(&["rev-parse", "main"]);
    for base in ["main", "HEAD~1", "v1", "refs/heads/main", &hash, &hash[..8]] {
        assert_changed(&workspace, &[base, "change"]);
    }
    let back = workspace.report(&["change", "main"]);
    assert_eq!(back["wire"][0]["level"], "additive", "{back}");
    assert_unchanged(&workspace, &["main", "v1"]);
    // The working tree has no influence.
    workspace.edit(BREAKING.1, BREAKING.0);
    assert_changed(&workspace, &["main", "HEAD"]);
    assert_unchanged(&workspace, &["main"]);
}

#[test]
fn file_wins_over_a_commit_of_the_same_name_and_a_folder_without_spec_does_not() {
    let workspace = Workspace::changed();
    workspace.write("main", &workspace.document());
    assert_unchanged(&workspace, &["main"]);
    assert_changed(&workspace, &["refs/heads/main"]);
    fs::remove_file(workspace.path("main")).unwrap();
    fs::create_dir(workspace.path("main")).unwrap();
    assert_changed(&workspace, &["main"]);
}

#[test]
fn documents_without_a_repository_are_compared() {
    let workspace = Workspace::small();
    workspace.write("old.json", &workspace.document());
    workspace.write("sub/copy.json", &workspace.document());
    workspace.edit(BREAKING.0, BREAKING.1);
    for head in [&[][..], &[SPEC], &["openapi"], &["openapi/"]] {
        assert_breaking(&workspace, &[&["old.json"], head].concat(), "unknown");
    }
    assert_unchanged(&workspace, &["old.json", "sub/copy.json"]);
}

#[test]
fn folder_of_files_is_one_document() {
    let workspace = Workspace::new();
    for path in spec_files() {
        let name = path.trim_start_matches("openapi/");
        workspace.write(&format!("old/{name}"), &workspace.read(&path));
    }
    assert_unchanged(&workspace, &["old", DOCUMENT]);
    workspace.edit(BREAKING.0, BREAKING.1);
    assert_breaking(&workspace, &["old"], "unknown");
    let shown = workspace.run(&["diff", "old"]).out;
    assert!(shown.contains("was old/groups.yaml:"), "{shown}");
}

#[test]
fn yaml_and_json_of_equal_content_are_unchanged() {
    let workspace = Workspace::small();
    let document: Value = serde_json::from_str(&workspace.document()).unwrap();
    for (name, text) in [
        ("compact.json", document.to_string()),
        (
            "pretty.json",
            serde_json::to_string_pretty(&document).unwrap(),
        ),
    ] {
        workspace.write(name, &text);
        assert_unchanged(&workspace, &[SPEC, name]);
        workspace.write(
            name,
            &text
                .replace("\"maxLength\":80", "\"maxLength\":79")
                .replace("\"maxLength\": 80", "\"maxLength\": 79"),
        );
        assert_breaking(&workspace, &[SPEC, name], "unknown");
    }
}

#[test]
fn diff_in_a_subfolder_finds_the_workspace() {
    let workspace = Workspace::changed();
    workspace.write("openapi/other.json", &workspace.document());
    let run = |arguments: &[&str]| {
        let mut command = workspace.xtask(&["diff"]);
        Ended::of(
            command
                .args(arguments)
                .current_dir(workspace.path("openapi")),
        )
    };
    for arguments in [
        &[][..],
        &["main"],
        &["main", "other.json"],
        &["main", "groups.yaml"],
    ] {
        let ended = run(arguments);
        assert_eq!(ended.code, Some(1), "{arguments:?}: {ended:?}");
    }
    assert_eq!(run(&["other.json"]).code, Some(0));
}

#[test]
fn workspace_in_a_subfolder_of_the_repository_has_paths_from_its_root() {
    let workspace = Workspace::committed();
    fs::create_dir(workspace.path("sub")).unwrap();
    workspace.git(&["mv", "openapi", "opentact-api", "Cargo.toml", "sub/"]);
    workspace.commit();
    let spec = workspace.path("sub").join(SPEC);
    let text = fs::read_to_string(&spec).unwrap();
    fs::write(spec, text.replace(BREAKING.0, BREAKING.1)).unwrap();
    let mut command = workspace.xtask(&["diff", "--format", "github"]);
    let ended = Ended::of(command.current_dir(workspace.path("sub")));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.out.contains("file=sub/openapi/groups.yaml"),
        "{ended:?}"
    );
}

#[test]
fn diff_in_a_hook_of_another_repository_uses_its_own() {
    let workspace = Workspace::changed();
    let other = Workspace::committed();
    let mut command = workspace.xtask(&["diff"]);
    command
        .env("GIT_DIR", other.path(".git"))
        .env("GIT_WORK_TREE", other.path(""))
        .env("GIT_INDEX_FILE", other.path(".git/index"))
        .env("GIT_PREFIX", "openapi/");
    let ended = Ended::of(&mut command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
}

#[test]
fn fail_on_selects_the_exit_code_of_a_breaking_change() {
    let workspace = Workspace::committed();
    let codes = || {
        ["breaking", "undeclared", "any", "never"].map(|on| {
            let ended = workspace.run(&["diff", "--fail-on", on]);
            let code = ended.code.unwrap();
            let said = ended.err.contains(&format!("--fail-on {on}"));
            assert_eq!(code == 1, said, "{ended:?}");
            assert!(!ended.out.is_empty(), "{ended:?}");
            code
        })
    };
    assert_eq!(codes(), [0, 0, 0, 0]);
    workspace.edit(BREAKING.0, BREAKING.1);
    assert_eq!(codes(), [1, 1, 1, 0]);
    workspace.write("Cargo.toml", &manifest("0.2.0"));
    assert_eq!(codes(), [1, 0, 1, 0]);
}

#[test]
fn fail_on_selects_the_exit_code_of_an_addition() {
    let workspace = Workspace::committed();
    workspace.edit(BREAKING.0, "maxLength: 81");
    workspace.write("Cargo.toml", &manifest("0.1.1"));
    for (on, code) in [("breaking", 0), ("undeclared", 0), ("any", 1)] {
        let ended = workspace.run(&["diff", "--fail-on", on]);
        assert_eq!(ended.code, Some(code), "{on}: {ended:?}");
    }
}

#[test]
fn version_of_each_revision_has_its_own_source() {
    let made = |workspace: &Workspace, arguments: &[&str]| {
        workspace.report(arguments)["made_bump"].clone()
    };
    let workspace = Workspace::changed();
    assert_eq!(made(&workspace, &[]), "none");

    // A commit and the working tree: the version of the crate, or else of the workspace.
    workspace.write("Cargo.toml", &manifest("0.1.1"));
    assert_eq!(made(&workspace, &[]), "patch");
    assert_eq!(
        made(&workspace, &["main", SPEC]),
        "patch",
        "the working tree by its name"
    );
    assert_eq!(made(&workspace, &["main", "HEAD"]), "none");
    workspace.write(
        "opentact-api/Cargo.toml",
        "[package]\nversion = \"0.2.0\"\n",
    );
    assert_eq!(made(&workspace, &[]), "minor");
    workspace.commit();
    assert_eq!(made(&workspace, &["main", "HEAD"]), "minor");
    assert_eq!(made(&workspace, &["HEAD"]), "none");

    // Any other file: its `info.version`.
    let spec = workspace.document();
    assert!(
        spec.contains(r#""version": "0.1.0""#),
        "the edits below have no effect"
    );
    workspace.write(
        "major.json",
        &spec.replace(r#""version": "0.1.0""#, r#""version": "1.0.0""#),
    );
    assert_eq!(made(&workspace, &["main", "major.json"]), "major");
    workspace.write(
        "dated.json",
        &spec.replace(r#""version": "0.1.0""#, r#""version": "2026-11""#),
    );
    assert_eq!(made(&workspace, &["main", "dated.json"]), Value::Null);

    // No version anywhere.
    for name in ["Cargo.toml", "opentact-api/Cargo.toml"] {
        fs::remove_file(workspace.path(name)).unwrap();
    }
    assert_eq!(made(&workspace, &["main"]), Value::Null);
}

#[test]
fn report_is_alone_on_standard_output() {
    let workspace = Workspace::changed();
    for format in ["text", "markdown", "json", "github"] {
        let run = |on| workspace.run(&["diff", "--format", format, "--fail-on", on]);
        let (passes, fails) = (run("never"), run("any"));
        assert_eq!((passes.code, fails.code), (Some(0), Some(1)), "{fails:?}");
        assert_eq!(passes.out, fails.out);
        assert!(passes.out.ends_with('\n'), "{passes:?}");
        assert!(
            !passes.out.contains('\u{1b}'),
            "colours in a pipe: {passes:?}"
        );
        assert_eq!(passes.err, "");
        assert_eq!(fails.err.lines().count(), 1, "{fails:?}");
    }
}

#[test]
fn markdown_in_a_workflow_links_lines_at_their_commit() {
    let workspace = Workspace::changed();
    // The head is the working tree, and then a commit.
    for (revisions, linked) in [(&["main"][..], "HEAD"), (&["HEAD", "main"], "main")] {
        let mut command = workspace.xtask(&["diff", "--format", "markdown"]);
        command
            .args(revisions)
            .env("GITHUB_SERVER_URL", "https://github.example")
            .env("GITHUB_REPOSITORY", "example/opentact");
        let ended = Ended::of(&mut command);
        let hash = workspace.git(&["rev-parse", linked]);
        let link = format!("https://github.example/example/opentact/blob/{hash}/{SPEC}#L");
        assert!(ended.out.contains(&link), "{link}: {ended:?}");
    }
    let ended = workspace.run(&["diff", "main", "--format", "markdown"]);
    assert!(!ended.out.contains("blob"), "{ended:?}");
}

#[test]
fn readme_shows_the_current_report() {
    const README: &str = include_str!("../../../README.md");
    let workspace = Workspace::new().with_repository();
    workspace.edit("      maxLength: 80", "      maxLength: 60");
    workspace.edit(
        "        users:\n          description: The UUIDs of the SIP users in the new group.",
        "        comment:\n          description: A comment.\n          type: string\n        \
         users:\n          description: The UUIDs of the SIP users in the new group.",
    );
    let shown = workspace.run(&["diff", "HEAD"]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    let shown = shown.out;
    assert!(README.contains(&shown), "README.md must show:\n{shown}");
}
