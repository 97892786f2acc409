//! Completions of shells, and manual pages.

use std::process::Command;

use opentact_sandbox::Sandbox;

use crate::support::{opentact, sandbox, stdout, transcript};

/// Returns the candidates that bash gets for the last word of a command line.
fn candidates(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let mut command = opentact(sandbox);
    command
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string())
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .env("_CLAP_IFS", "\n");
    let output = command.arg("--").args(words).output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
    assert!(output.stderr.is_empty(), "{}", transcript(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn shell_completes_commands_operations_groups_and_users() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales EMEA"]);
    stdout(&sandbox, &["group", "create", "Support"]);
    stdout(&sandbox, &["group", "create", "Sa\u{202e}les"]);
    for (words, expected) in [
        (&["opentact", "gro"][..], &["group"][..]),
        (
            &["opentact", "api", "list_gr"],
            &["list_groups", "list_group_users"],
        ),
        (
            &["opentact", "api", "PATCH", "/app/group/{uuid}", "-F", "u"],
            &["uuid=", "users="],
        ),
        (
            &["opentact", "group", "show", "S"],
            &[r"Sales\ EMEA", "Support"],
        ),
        (
            &["opentact", "group", "show", r"Sales\ E"],
            &[r"Sales\ EMEA"],
        ),
        (&["opentact", "group", "add", "Support", "b"], &["bob"]),
        (&["opentact", "user", "show", "al"], &["alice"]),
    ] {
        assert_eq!(candidates(&sandbox, words), expected, "{words:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shell_that_completes_without_a_service_gets_nothing() {
    let sandbox = sandbox().await;
    let words = [
        "opentact",
        "--base-url",
        "http://127.0.0.1:9",
        "group",
        "show",
        "S",
    ];
    assert!(candidates(&sandbox, &words).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn script_of_each_shell_asks_this_program() {
    let sandbox = sandbox().await;
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&sandbox, &["completions", shell]);
        assert!(script.contains("COMPLETE"), "{shell}: {script}");
        assert!(
            script.contains(env!("CARGO_BIN_EXE_opentact")),
            "{shell}: {script}"
        );
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn install_writes_a_file_that_the_shell_can_load() {
    let sandbox = sandbox().await;
    let home = tempfile::tempdir().unwrap();
    let install = |shell: &str| {
        let mut command = opentact(&sandbox);
        command.env("HOME", home.path()).env("SHELL", shell);
        command.args(["completions", "--install"]).output().unwrap()
    };
    for (shell, file) in [
        (
            "/bin/bash",
            ".local/share/bash-completion/completions/opentact",
        ),
        ("/usr/bin/zsh", ".zfunc/_opentact"),
        ("fish", ".config/fish/completions/opentact.fish"),
        ("elvish", ".config/elvish/lib/opentact.elv"),
    ] {
        let output = install(shell);
        assert!(output.status.success(), "{}", transcript(&output));
        assert!(home.path().join(file).exists(), "{shell}");
    }
    assert_eq!(install("tcsh").status.code(), Some(2));
    // bash loads the file, and completes by it.
    let file = home
        .path()
        .join(".local/share/bash-completion/completions/opentact");
    let script = format!(
        "source {}; COMP_WORDS=(opentact api list_gr); COMP_CWORD=2; COMP_TYPE=9; \
         _clap_complete_opentact opentact list_gr api; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        file.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    let completed = String::from_utf8(output.stdout).unwrap();
    let completed: Vec<&str> = completed.lines().map(str::trim_end).collect();
    assert_eq!(completed, ["list_groups", "list_group_users"], "{script}");
}

#[tokio::test(flavor = "multi_thread")]
async fn manual_has_a_page_for_each_command() {
    let sandbox = sandbox().await;
    assert!(stdout(&sandbox, &["man"]).contains(".TH opentact 1"));
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    stdout(&sandbox, &["man", pages.to_str().unwrap()]);
    for page in [
        "opentact",
        "opentact-api",
        "opentact-group-add",
        "opentact-domain-user-create",
    ] {
        let text = std::fs::read_to_string(pages.join(format!("{page}.1"))).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
}
