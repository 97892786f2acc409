//! `cargo xtask diff` without a report: exit code 2, with cause and help.

use std::fs;

use tempfile::TempDir;

use crate::support::{Ended, SPEC, Workspace, xtask};

#[test]
fn document_with_errors_is_reported_with_its_revision() {
    let workspace = Workspace::committed();
    workspace.edit("info:", "info: {}\ninfo:");
    let line = workspace.line("info: {}") + 1;
    let place = format!("{SPEC}:{line}:1");
    let ended = workspace.run(&["diff"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(ended.out, "");
    for part in ["error[duplicate-key]", &place, "working tree: 1 error"] {
        assert!(ended.err.contains(part), "{part}: {ended:?}");
    }
    assert!(
        !ended.err.contains('\u{1b}'),
        "colours in a pipe: {ended:?}"
    );
    workspace.commit();
    let ended = workspace.run(&["diff", "HEAD", "HEAD~1"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("HEAD: 1 error"), "{ended:?}");
}

#[test]
fn file_with_invalid_utf8_is_refused() {
    let workspace = Workspace::committed();
    fs::write(workspace.path("spec.yaml"), b"openapi: \xff\n").unwrap();
    workspace
        .run(&["diff", "spec.yaml"])
        .assert_refused(&["cannot read spec.yaml"]);
    fs::write(workspace.path(SPEC), b"openapi: \xff\n").unwrap();
    let commit = &workspace.commit()[..10];
    workspace
        .run(&["diff", "HEAD", "HEAD"])
        .assert_refused(&[SPEC, commit, "UTF-8"]);
}

#[test]
fn unknown_commit_is_refused() {
    let workspace = Workspace::committed();
    for name in [
        "nope",
        "0123456789",
        "HEAD..HEAD",
        "^HEAD",
        "HEAD:openapi",
        "",
        "a b\n",
    ] {
        let ended = workspace.run(&["diff", name]);
        assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
        assert!(ended.err.contains(&format!("`{name}`")), "{ended:?}");
        assert!(ended.err.contains("`git fetch`"), "{ended:?}");
    }
}

#[test]
fn commit_that_looks_like_an_option_is_not_passed_as_one() {
    let workspace = Workspace::committed();
    for name in ["--branches", "--git-dir", "--since=now", "-n1"] {
        let ended = workspace.run(&["diff", "--", name]);
        ended.assert_refused(&[&format!("`{name}` is neither a file nor a commit")]);
        assert_eq!(workspace.run(&["diff", name]).code, Some(2));
    }
}

#[test]
fn commit_without_a_spec_is_refused() {
    let workspace = Workspace::committed();
    workspace.git(&["rm", "--quiet", "-r", "--cached", "openapi"]);
    workspace.git(&["commit", "--quiet", "--message", "Remove"]);
    let commit = workspace.git(&["rev-parse", "HEAD"]);
    workspace.run(&["diff", "HEAD"]).assert_refused(&[
        &commit[..10],
        "openapi/*.yaml",
        "name a commit that has them",
    ]);
}

#[test]
fn shallow_clone_without_the_commit_is_refused() {
    let workspace = Workspace::changed();
    let run = |arguments: &[&str]| {
        let mut command = workspace.xtask(&["diff"]);
        Ended::of(
            command
                .args(arguments)
                .current_dir(workspace.path("shallow")),
        )
    };
    workspace.git(&["switch", "--quiet", "main"]); // the default branch of a clone
    workspace.shallow_clone("change");
    run(&["HEAD~1"]).assert_refused(&["`HEAD~1`", "`git fetch --unshallow`"]);
    let fetch = [
        "-C", "shallow", "fetch", "--quiet", "--depth", "1", "origin",
    ];
    workspace.git(&[&fetch[..], &["main:refs/remotes/origin/main"]].concat());
    run(&[]).assert_refused(&["origin/main", "in common", "`git fetch --unshallow`"]);
    workspace.git(&["-C", "shallow", "fetch", "--quiet", "--unshallow"]);
    assert_eq!(run(&[]).code, Some(1));
}

#[test]
fn missing_default_branch_and_missing_merge_base_are_refused() {
    let workspace = Workspace::committed();
    workspace.git(&["switch", "--quiet", "--orphan", "other"]);
    workspace.write(SPEC, &Workspace::small().read(SPEC));
    workspace.commit();
    workspace.run(&["diff"]).assert_refused(&[
        "HEAD and main",
        "in common",
        "`cargo xtask diff BASE`",
    ]);
    workspace.git(&["branch", "--quiet", "--delete", "--force", "main"]);
    workspace
        .run(&["diff"])
        .assert_refused(&["origin/HEAD", "master", "`cargo xtask diff BASE`"]);
}

#[test]
fn folder_outside_a_repository_is_refused() {
    let workspace = Workspace::small();
    let run = |arguments: &[&str]| {
        let mut command = workspace.xtask(arguments);
        Ended::of(command.env(
            "GIT_CEILING_DIRECTORIES",
            workspace.path("").parent().unwrap(),
        ))
    };
    for arguments in [&["diff"][..], &["diff", "HEAD~1"]] {
        run(arguments).assert_refused(&["not a git repository", "compare two files"]);
    }
    let elsewhere = TempDir::new().unwrap();
    let ended = Ended::of(xtask().arg("diff").current_dir(&elsewhere));
    ended.assert_refused(&["cannot find openapi/*.yaml in this folder or above it"]);
}

#[test]
fn missing_git_is_reported() {
    let workspace = Workspace::committed();
    let mut command = workspace.xtask(&["diff"]);
    Ended::of(command.env("PATH", "")).assert_refused(&["git does not start", "install it"]);
}
