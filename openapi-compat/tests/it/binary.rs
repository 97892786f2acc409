//! The binary: arguments, output and exit codes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BASE: &str = "tests/fixtures/users-1.0.0.yaml";
const HEAD: &str = "tests/fixtures/users-1.1.0.yaml";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-compat"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs the binary and returns exit code, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// Returns an empty folder of a test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    folder
}

/// Writes a file and returns its path.
fn file(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn same_document_exits_with_0() {
    let (code, stdout, stderr) = run(&[BASE, BASE]);
    assert_eq!(
        stdout,
        format!("Unchanged: no differences on the wire between {BASE} and {BASE}\n")
    );
    assert_eq!((code, stderr.as_str()), (0, ""));
}

/// The version is raised by less than the changes require.
#[test]
fn undeclared_change_exits_with_1_in_every_format() {
    for (format, start) in [
        ("text", "Undeclared: the changes require a major bump"),
        ("markdown", "**Undeclared: the changes require a major bump"),
        ("json", "{\n  \"verdict\": \"undeclared\","),
        ("github", "::error title=Version::Undeclared: "),
        ("sarif", "{\n  \"$schema\": "),
    ] {
        let (code, stdout, stderr) = run(&[BASE, HEAD, "--format", format]);
        assert_eq!(code, 1, "{stderr}");
        assert!(stdout.starts_with(start), "{stdout}");
        assert!(!stdout.contains('\u{1b}'), "{stdout}");
        assert!(stderr.ends_with("(--fail-on undeclared)\n"), "{stderr}");
    }
}

#[test]
fn readme_shows_the_output_of_its_example() {
    let (_, stdout, _) = run(&[BASE, HEAD]);
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    assert!(readme.contains(&stdout), "{stdout}");
}

#[test]
fn summary_is_for_people_and_in_json() {
    for (format, expected) in [
        ("text", 1),
        ("markdown", 1),
        ("json", 1),
        ("github", 2),
        ("sarif", 2),
    ] {
        let (code, stdout, stderr) = run(&[BASE, HEAD, "--format", format, "--summary"]);
        assert_eq!(code, expected, "{format}: {stderr}");
        assert_eq!(stdout.is_empty(), expected == 2, "{format}: {stdout}");
        assert_eq!(
            stderr.contains("--summary needs"),
            expected == 2,
            "{stderr}"
        );
    }
}

#[test]
fn fail_on_selects_the_exit_code() {
    for (head, fail_on, expected) in [
        (HEAD, "never", 0),
        (HEAD, "breaking", 1),
        (HEAD, "any", 1),
        (BASE, "breaking", 0),
        (BASE, "any", 0),
    ] {
        let (code, _, stderr) = run(&[BASE, head, "--fail-on", fail_on]);
        assert_eq!(code, expected, "{fail_on}: {stderr}");
    }
}

/// Writes both revisions with other versions: a breaking change from `base` to `head`.
fn with_versions(folder: &Path, base: &str, head: &str) -> [String; 2] {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    [("base", BASE, "1.0.0", base), ("head", HEAD, "1.1.0", head)].map(|(name, path, from, to)| {
        let text = fs::read_to_string(manifest.join(path)).unwrap();
        let edited = text.replacen(&format!("version: {from}"), &format!("version: {to}"), 1);
        assert_ne!(edited, text);
        file(folder, &format!("{name}.yaml"), edited)
    })
}

#[test]
fn version_that_is_not_semver_is_accepted_with_a_note() {
    let folder = folder("version_not_semver");
    let [base, head] = with_versions(&folder, "\"2024-06-01\"", "\"2024-07-01\"");
    let (code, stdout, stderr) = run(&[&base, &head]);
    let headline = "Unknown: the changes require a major bump, and the version of the base, \
                    2024-06-01, is not SemVer, so that the rules for 1.0.0 apply\n";
    assert!(stdout.starts_with(headline), "{stdout}");
    let note =
        "note: the bump is not checked, because a version is unknown (--fail-on undeclared)\n";
    assert_eq!((code, stderr.as_str()), (0, note));
    let (code, _, _) = run(&[&base, &head, "--fail-on", "breaking"]);
    assert_eq!(code, 1);
}

#[test]
fn shorter_version_is_understood() {
    let folder = folder("version_shorter");
    for (base, head, required, expected) in [
        ("v1.11.8", "v2", "major", 0),
        ("v1.11.8", "v1.12.0", "major", 1),
        ("\"65\"", "\"66\"", "major", 0),
        ("\"0.4\"", "\"0.5\"", "minor", 0),
        ("\"0.4\"", "\"0.4.1\"", "minor", 1),
    ] {
        let [base, head] = with_versions(&folder, base, head);
        let (code, stdout, _) = run(&[&base, &head]);
        assert!(
            stdout.contains(&format!("require a {required} bump")),
            "{stdout}"
        );
        assert_eq!(code, expected, "{stdout}");
    }
}

/// The changes between the fixtures require a major bump.
#[test]
fn expect_rejects_changes_that_require_more() {
    for (expect, expected) in [("major", 0), ("minor", 1), ("patch", 1), ("none", 1)] {
        let (code, _, stderr) = run(&[BASE, HEAD, "--expect", expect]);
        assert_eq!(code, expected, "{expect}: {stderr}");
    }
    let (code, _, stderr) = run(&[BASE, BASE, "--expect", "minor"]);
    let note = "note: the changes require no bump, less than expected (--expect minor)\n";
    assert_eq!((code, stderr.as_str()), (0, note));
    let (code, _, stderr) = run(&[BASE, HEAD, "--expect", "major", "--fail-on", "undeclared"]);
    assert_eq!(code, 1, "{stderr}");
}

#[test]
fn folder_of_yaml_and_json_files_is_one_document() {
    let folder = folder("folder_of_files");
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BASE)).unwrap();
    let (paths, components) = document.split_once("components:").unwrap();
    let info = "openapi: 3.0.3\ninfo: { title: Users, version: 1.0.0 }\npaths: {}\n";
    let paths = paths.replace("#/components", "schemas.json#/components");
    file(&folder, "users.yml", paths);
    let schemas = openapi_tree::load(openapi_tree::Source::new(
        "schemas.yaml",
        &format!("{info}components:{components}"),
    ));
    file(
        &folder,
        "schemas.json",
        schemas.unwrap().root.to_json().to_string(),
    );
    file(&folder, "README.md", "No document.");
    let (code, stdout, stderr) = run(&[BASE, folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.starts_with("Unchanged: "), "{stdout}");
}

#[test]
fn behavioural_extension_makes_a_change_additive() {
    let folder = folder("behavioural_extension");
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BASE)).unwrap();
    let extended = document.replace("createUser", "createUser\n      x-retry: true");
    let head = file(&folder, "head.yaml", extended);
    let (_, stdout, _) = run(&[BASE, &head]);
    assert!(stdout.contains("Documentation: 1 change"), "{stdout}");
    let (_, stdout, _) = run(&[BASE, &head, "--behavioural-extension", "x-retry"]);
    assert!(stdout.contains("Additive: 1 change"), "{stdout}");
}

#[test]
fn contract_extension_makes_a_removal_breaking() {
    let folder = folder("contract_extension");
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BASE)).unwrap();
    let extended = document.replace("createUser", "createUser\n      x-pages: skip");
    let extended = file(&folder, "extended.yaml", extended);
    for (base, head, expected) in [
        (BASE, &*extended, "Additive: 1 change"),
        (&extended, BASE, "Breaking in another way: 1 change"),
    ] {
        let (_, stdout, _) = run(&[base, head, "--contract-extension", "x-pages"]);
        assert!(stdout.contains(expected), "{stdout}");
    }
}

#[test]
fn invalid_documents_exit_with_2_and_name_their_revision() {
    let folder = folder("invalid_documents");
    let invalid = file(&folder, "invalid.yaml", "openapi: 3.0.3\ninfo: [\n");
    let arrow = format!("--> {invalid}:");
    for (base, head, revisions) in [
        (invalid.as_str(), HEAD, &["base"][..]),
        (BASE, &invalid, &["head"]),
        (&invalid, &invalid, &["base", "head"]),
    ] {
        let (code, stdout, stderr) = run(&[base, head]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert_eq!(stderr.matches(&arrow).count(), revisions.len(), "{stderr}");
        for revision in ["base", "head"] {
            let line = format!("error: the {revision} revision, {invalid}, cannot be compared\n");
            assert_eq!(
                stderr.contains(&line),
                revisions.contains(&revision),
                "{stderr}"
            );
        }
        assert!(
            stderr.ends_with("error: nothing was compared\n"),
            "{stderr}"
        );
    }
}

#[test]
fn unreadable_input_exits_with_2_and_says_why() {
    let folder = folder("unreadable_input");
    let not_utf_8 = file(&folder, "latin1.yaml", b"info: { title: \xe9 }");
    let empty = folder.join("empty");
    fs::create_dir(&empty).unwrap();
    for (path, why) in [
        ("nowhere.yaml", "cannot read nowhere.yaml: "),
        (&not_utf_8, "valid UTF-8"),
        (empty.to_str().unwrap(), "no .yaml, .yml or .json file"),
    ] {
        let (code, stdout, stderr) = run(&[path, HEAD]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains(why), "{stderr}");
        assert!(stderr.contains("the base revision"), "{stderr}");
    }
}

#[test]
fn wrong_arguments_exit_with_2() {
    for arguments in [
        &[BASE][..],
        &[BASE, HEAD, "--format", "html"],
        &[BASE, HEAD, "--summary", "--all"],
    ] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    }
}

#[test]
fn closed_output_does_not_change_the_exit_code() {
    let mut process = command(&[BASE, HEAD])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.ends_with("(--fail-on undeclared)\n"), "{stderr}");
}

#[test]
fn explain_describes_an_id_and_lists_all() {
    let (code, stdout, stderr) = run(&["explain", "property-became-required"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    for part in [
        "property-became-required\n",
        "  An optional property is now required.\n",
        "  request   breaking       Requests without it are rejected.\n",
        "  response  additive       Clients can rely on it.\n",
        "  + { type: object, required: [id], properties: { id: { type: string } } }\n",
    ] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    let (code, stdout, _) = run(&["explain"]);
    assert_eq!(code, 0);
    for id in openapi_compat::ChangeId::ALL {
        let line = format!("  {id} ");
        assert_eq!(stdout.matches(&line).count(), 1, "{id}: {stdout}");
    }
}

#[test]
fn explain_suggests_the_nearest_id() {
    let (code, stdout, stderr) = run(&["explain", "property-become-required"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(
        stderr,
        "error: there is no id `property-become-required`; did you mean \
         `property-became-required`?\n`openapi-compat explain` lists all ids\n"
    );
}

#[test]
fn file_with_the_name_of_a_subcommand_is_given_with_its_folder() {
    let folder = folder("named_explain");
    let text = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(BASE)).unwrap();
    file(&folder, "explain", text);
    let in_folder = |arguments: &[&str]| {
        let mut command = command(arguments);
        command.current_dir(&folder).output().unwrap()
    };
    let output = in_folder(&["./explain", "./explain"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let output = in_folder(&["./explain", "explain"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn ignore_accepts_changes_and_warns_of_unused_entries() {
    let folder = folder("ignore");
    let path = file(
        &folder,
        "accepted.yaml",
        "ignore:
  - { id: property-became-required, reason: Each user has one. }
  - { pointer: /components/schemas/*/properties/name/maxLength, reason: It was agreed. }
  - { operation: GET /nothing, reason: It is gone., until: 2999-01-31 }
  - { operation: GET /nothing, reason: It is gone., until: 2020-01-31 }
",
    );
    let (code, stdout, stderr) = run(&[BASE, HEAD, "--ignore", &path]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let line = format!("2 changes are ignored by {path}\n");
    assert!(stdout.contains(&line), "{stdout}");
    assert!(stderr.contains("warning[ignore-unused]"), "{stderr}");
    assert!(stderr.contains(&format!("{path}:4:5")), "{stderr}");
    assert!(stderr.contains("warning[ignore-expired]"), "{stderr}");
    assert!(stderr.contains(&format!("{path}:5:5")), "{stderr}");
}

#[test]
fn ignores_that_cannot_be_read_exit_with_2() {
    let folder = folder("ignore_unreadable");
    let wrong = file(
        &folder,
        "wrong.yaml",
        "ignore: [{ id: no-such-id, reason: A. }]",
    );
    for (path, why) in [
        ("nowhere.yaml", "cannot read nowhere.yaml"),
        (&wrong, "there is no id `no-such-id`"),
    ] {
        let (code, stdout, stderr) = run(&[BASE, HEAD, "--ignore", path]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains(why), "{stderr}");
    }
}

#[test]
fn level_sets_the_level_of_an_id() {
    let additive = [
        "property-became-required=additive",
        "limit-changed@response=additive",
    ];
    let [one, other] = additive;
    let (code, stdout, _) = run(&[BASE, HEAD, "--level", one, "--level", other]);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("(set to additive, breaking otherwise)"),
        "{stdout}"
    );
    let (code, stdout, stderr) = run(&[BASE, HEAD, "--level", "limit-changd=additive"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("did you mean `limit-changed`?"), "{stderr}");
}
