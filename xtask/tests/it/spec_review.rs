//! The scripts of the workflow that reviews a change to the spec.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::github::{BOT, GitHub, PULL_REQUEST, REPOSITORY, TOKEN};
use crate::support::{Ended, SPEC, Workspace, XTASK, command, project};

const MARKER: &str = "<!-- spec-review -->";

/// Returns a command that runs a script of the project in bash.
fn script(name: &str) -> Command {
    let mut command = command("bash");
    command.arg(project().join(".ci").join(name));
    command
}

/// Returns `true` if jq is installed, which the comment script needs. It must be in CI; other
/// machines skip the test.
fn has_jq() -> bool {
    let found = Command::new("jq").arg("--version").output().is_ok();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "jq is not installed"
    );
    if !found {
        eprintln!("SKIPPED: jq is not installed");
    }
    found
}

/// Runs the comment script as the workflow does.
fn post(github: &GitHub, report: &str, token: &str) -> Ended {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("spec-review.md");
    std::fs::write(&file, report).unwrap();
    Ended::of(
        script("spec-review-comment")
            .arg(&file)
            .env("GITHUB_API_URL", github.url())
            .env("GITHUB_REPOSITORY", REPOSITORY)
            .env("GITHUB_TOKEN", token)
            .env("PULL_REQUEST", PULL_REQUEST.to_string())
            .env("SUMMARY_URL", "https://github.example/summary")
            .env("no_proxy", "127.0.0.1"),
    )
}

/// Runs the comment script, which must succeed.
#[track_caller]
fn comment(github: &GitHub, report: &str) -> Ended {
    let ended = post(github, report, TOKEN);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.err, "");
    ended
}

fn by(author: &str, body: &str) -> (String, String) {
    (author.to_owned(), body.to_owned())
}

#[test]
fn comment_of_a_second_run_replaces_the_first() {
    if !has_jq() {
        return;
    }
    let github = GitHub::start();
    let report = "**Breaking**: \"quotes\", `$(code)`, \\n and ß\n\n| a | b |\n";
    let ended = comment(&github, report);
    assert!(ended.out.contains("#issuecomment-1000"), "{ended:?}");
    assert_eq!(github.comments(), [by(BOT, &format!("{MARKER}\n{report}"))]);
    let ended = comment(&github, "**Nothing changed**\n");
    assert!(ended.out.contains("#issuecomment-1000"), "{ended:?}");
    let expected = format!("{MARKER}\n**Nothing changed**\n");
    assert_eq!(github.comments(), [by(BOT, &expected)]);
}

#[test]
fn comments_of_others_stay_unchanged() {
    if !has_jq() {
        return;
    }
    let github = GitHub::start();
    let foreign = format!("{MARKER}\nmine");
    github.comment("mallory", &foreign);
    github.comment(BOT, "of another workflow");
    github.comment(BOT, &format!("it is found by {MARKER}"));
    let former = github.comments();
    comment(&github, "first\n");
    comment(&github, "second\n");
    let comments = github.comments();
    assert_eq!(comments[..3], former);
    assert_eq!(comments[3..], [by(BOT, &format!("{MARKER}\nsecond\n"))]);
}

#[test]
fn comment_on_a_later_page_is_found() {
    if !has_jq() {
        return;
    }
    let github = GitHub::start();
    for number in 0..200 {
        github.comment("alice", &format!("remark {number}"));
    }
    comment(&github, "first\n");
    comment(&github, "second\n");
    let comments = github.comments();
    assert_eq!(comments.len(), 201);
    assert_eq!(comments[200], by(BOT, &format!("{MARKER}\nsecond\n")));
    assert_eq!(
        github.requests().last().unwrap(),
        &format!("PATCH /repos/{REPOSITORY}/issues/comments/1200")
    );
}

#[test]
fn comment_with_a_long_report_is_cut_at_a_line_and_links_the_summary() {
    if !has_jq() {
        return;
    }
    let github = GitHub::start();
    let row = "| ß | a row of the table |\n";
    let report = format!("<details>\n\n{}\n</details>\n", row.repeat(4000));
    comment(&github, &report);
    let (_, body) = github.comments().remove(0);
    assert!(body.chars().count() <= 65536, "longer than GitHub allows");
    assert!(body.chars().count() > 60000, "cut too early");
    let (table, end) = body.rsplit_once(row.trim_end()).unwrap();
    assert!(table.ends_with('\n'), "cut within a line");
    assert_eq!(
        end,
        "\n\n</details>\n\nThis is not all of it: the rest is in the \
         [summary](https://github.example/summary).\n"
    );
}

#[test]
fn comment_that_github_rejects_shows_the_reason_without_the_token() {
    if !has_jq() {
        return;
    }
    let github = GitHub::start();
    let ended = post(&github, "report\n", "another-token");
    assert_ne!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out, "");
    assert!(ended.err.contains("Bad credentials"), "{ended:?}");
    assert!(!ended.err.contains("another-token"), "{ended:?}");
    assert_eq!(github.requests().len(), 1, "it continued");
    assert_eq!(github.comments(), []);
}

/// Runs `.ci/spec-review` in a workspace in which `cargo xtask` is the binary of this build.
fn review(workspace: &Workspace, arguments: &[&str], settings: &[(&str, &Path)]) -> Ended {
    let shim = format!(
        "#!/usr/bin/env bash\nif [ \"$1\" = xtask ]; then shift; exec '{XTASK}' \"$@\"; fi\n"
    );
    workspace.write(".git/bin/cargo", &shim);
    let programs = workspace.path(".git/bin");
    Command::new("chmod")
        .arg("+x")
        .arg(programs.join("cargo"))
        .status()
        .unwrap();
    let path = std::env::join_paths(
        [programs]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    Ended::of(
        script("spec-review")
            .args(arguments)
            .envs(settings.iter().copied())
            .env("PATH", path.unwrap())
            .current_dir(workspace.path("")),
    )
}

#[test]
fn review_outside_a_workflow_prints_markdown() {
    let workspace = Workspace::changed();
    let markdown = workspace.run(&["diff", "--format", "markdown"]);
    let ended = review(&workspace, &[], &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.out, markdown.out);
    let ended = review(&workspace, &["main", "main"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn review_of_a_pull_request_writes_summary_file_and_annotations() {
    let workspace = Workspace::changed();
    // The target branch is not the default branch, and has newer commits.
    workspace.git(&["update-ref", "refs/remotes/origin/main", "change"]);
    workspace.git(&["switch", "--quiet", "--create", "next", "main"]);
    workspace.edit("title: ", "title: Next ");
    workspace.commit();
    workspace.git(&["update-ref", "refs/remotes/origin/next", "next"]);
    workspace.git(&["switch", "--quiet", "change"]);

    let folder = TempDir::new().unwrap();
    let summary = folder.path().join("summary");
    let settings = [
        ("GITHUB_STEP_SUMMARY", summary.as_path()),
        ("GITHUB_BASE_REF", Path::new("next")),
        ("RUNNER_TEMP", folder.path()),
    ];
    let ended = review(&workspace, &[], &settings);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let base = workspace.git(&["rev-parse", "main"]);
    let run = |format| workspace.run(&["diff", &base, "--format", format]).out;
    assert_eq!(ended.out, run("github"));
    assert!(ended.out.starts_with("::"), "{ended:?}");
    let report = std::fs::read_to_string(folder.path().join("spec-review.md")).unwrap();
    assert_eq!(report, run("markdown"));
    assert_eq!(std::fs::read_to_string(&summary).unwrap(), report);
}

#[test]
fn review_without_the_target_branch_is_refused() {
    let workspace = Workspace::changed();
    let folder = TempDir::new().unwrap();
    let summary = folder.path().join("summary");
    let settings = [
        ("GITHUB_STEP_SUMMARY", summary.as_path()),
        ("GITHUB_BASE_REF", Path::new("missing")),
        ("RUNNER_TEMP", folder.path()),
    ];
    let ended = review(&workspace, &[], &settings);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("HEAD and origin/missing"), "{ended:?}");
    assert!(!folder.path().join("spec-review.md").exists());
}

#[test]
fn review_of_a_spec_with_errors_shows_them() {
    let workspace = Workspace::committed();
    workspace.write(SPEC, "openapi: 3.0.3\nopenapi: 3.0.3\n");
    let folder = TempDir::new().unwrap();
    let summary = folder.path().join("summary");
    let settings = [
        ("GITHUB_STEP_SUMMARY", summary.as_path()),
        ("RUNNER_TEMP", folder.path()),
    ];
    let ended = review(&workspace, &[], &settings);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(ended.out, "");
    assert!(ended.err.contains("duplicate-key"), "{ended:?}");
    let report = std::fs::read_to_string(folder.path().join("spec-review.md")).unwrap();
    assert!(report.contains("cannot be compared"), "{report}");
    assert!(report.contains("\n    error[duplicate-key]"), "{report}");
    assert_eq!(std::fs::read_to_string(&summary).unwrap(), report);
}
