//! The commands on SIP domains and their users.

use std::io::Write as _;

use opentact_sandbox::Sandbox;

use crate::support::{
    assert_session, opentact_of_account, sandbox, session_of_account, transcript,
};

/// Returns the first domain of the sandbox.
fn domain(sandbox: &Sandbox) -> String {
    let output = opentact_of_account(sandbox)
        .args(["domain", "list", "-q"])
        .output()
        .unwrap();
    let domains = String::from_utf8(output.stdout).unwrap();
    domains.lines().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn users_of_a_domain_are_listed_shown_changed_and_deleted() {
    let sandbox = sandbox().await;
    let domain = domain(&sandbox);
    let lines = [
        "domain user list DOMAIN --columns login",
        "domain user show DOMAIN alic",
        "domain user create DOMAIN zoe --first-name Zoe --dry-run --columns login,name",
        "domain user update DOMAIN alice --first-name Al --active false --dry-run --columns name",
        "domain user update DOMAIN alice --first-name Al --email al@acme.example --columns login,name,email",
        "domain user list DOMAIN --columns login,email",
        "domain user update DOMAIN alice",
        "domain user update DOMAIN al@ACME.example --login al --columns login",
        "domain user delete DOMAIN al --dry-run --columns login",
        "domain user delete DOMAIN al",
        "domain user delete DOMAIN al --yes --columns login",
        "domain user list DOMAIN --columns login",
    ];
    let lines = lines.map(|line| line.replace("DOMAIN", &domain));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_session!(session_of_account(&sandbox, &lines).replace(&domain, "<domain>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn password_of_a_new_user_is_read_from_a_file_and_never_shown() {
    let sandbox = sandbox().await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "correct horse").unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    let path = path.as_str();
    let domain = domain(&sandbox);
    let create = |arguments: &[&str]| {
        let mut command = opentact_of_account(&sandbox);
        let command = command.args(["domain", "user", "create", &domain, "zoe"]);
        let output = command
            .args(arguments)
            .args(["--columns", "login"])
            .output()
            .unwrap();
        transcript(&output)
    };
    let created = create(&["--password-file", path, "--verbose"]);
    assert!(created.ends_with("[0]\n"), "{created}");
    assert!(!created.contains("horse"), "{created}");
    let requests = sandbox.requests();
    let body = requests.last().and_then(|request| request.body());
    assert_eq!(body.map(|body| body["login"].clone()), Some("zoe".into()));
    let users = ["domain", "user", "list", &domain, "--columns", "login"];
    let users = opentact_of_account(&sandbox).args(users).output().unwrap();
    assert!(transcript(&users).contains("\nzoe\n"));
    let refused = create(&[]);
    assert!(refused.contains("--password-file"), "{refused}");
    writeln!(file, "second line").unwrap();
    let refused = create(&["--password-file", path]);
    assert!(
        refused.contains("has a second line; keep the line with the password only\n[2]"),
        "{refused}"
    );
}
