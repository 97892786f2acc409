//! The inputs of the binary: files with mistakes, several files, revisions of git, standard input.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of a test, which is a repository of git.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("input_{test}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(&self.0)
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{arguments:?}");
    }

    fn commit(&self) {
        self.git(&["init", "--quiet"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A"]);
    }

    /// Runs the binary and returns exit code, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_in("", arguments, "")
    }

    fn run_in(&self, folder: &str, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_openapi-compat"))
            .args(arguments)
            .args(["--fail-on", "breaking"])
            .current_dir(self.0.join(folder))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A process that does not read its input may have closed it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

/// Returns a document with an operation, whose response has a schema.
fn api(schema: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: T, version: '1.0.0'}}
paths:
  /a:
    get:
      responses:
        '200': {{description: A., content: {{application/json: {{schema: {schema}}}}}}}
"
    )
}

const OBJECT: &str = "{type: object, properties: {a: {type: string}}}";

#[test]
fn document_with_mistakes_is_compared_with_warnings() {
    let folder = Folder::new("mistakes");
    folder.write("base.yaml", &api(OBJECT));
    let mistakes = api(OBJECT)
        .replace("'200'", "200")
        .replace("'1.0.0'", "1.0")
        .replace("description: A., ", "");
    folder.write(
        "head.yaml",
        &format!("{mistakes}x-a: 1\nx-a: 2\nx-b: &b 3\nx-c: *b\n"),
    );
    let (code, stdout, stderr) = folder.run(&["base.yaml", "head.yaml"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stdout.contains("Breaking"), "{stdout}");
    for warning in [
        "warning[status-number]: a status is written as a number\n --> head.yaml:7:9",
        "warning[value-type]: `version` must be a text",
        "warning[openapi]: `description` is missing here",
        "warning[duplicate-key]",
        "warning[yaml]: an alias",
    ] {
        assert!(stderr.contains(warning), "{stderr}");
    }
    let (code, stdout, stderr) = folder.run(&["base.yaml", "head.yaml", "--strict"]);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("error[duplicate-key]"), "{stderr}");
    assert!(stderr.contains("error: the head revision, head.yaml, cannot be compared\n"));
    folder.write("3.1.yaml", &mistakes.replace("3.0.3", "3.1.0"));
    let (code, _, stderr) = folder.run(&["3.1.yaml", "3.1.yaml", "--strict"]);
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("error[openapi]: `description` is missing here"),
        "{stderr}"
    );
    folder.write("valid-3.1.yaml", &api(OBJECT).replace("3.0.3", "3.1.0"));
    for valid in ["base.yaml", "valid-3.1.yaml"] {
        let (code, _, stderr) = folder.run(&[valid, valid, "--strict"]);
        assert_eq!((code, stderr.as_str()), (0, ""));
    }
}

#[test]
fn many_warnings_are_counted() {
    let folder = Folder::new("many");
    let aliases: String = (0..20).map(|number| format!("x-{number}: *a\n")).collect();
    folder.write("api.yaml", &format!("{}x-a: &a 1\n{aliases}", api(OBJECT)));
    let (_, _, stderr) = folder.run(&["api.yaml", "api.yaml"]);
    assert_eq!(stderr.matches("warning[yaml]").count(), 10, "{stderr}");
    let more = "warning: 15 more warnings in the base revision; `--warnings all` shows them\n";
    assert!(stderr.contains(more), "{stderr}");
    let (_, _, stderr) = folder.run(&["api.yaml", "api.yaml", "--warnings", "all"]);
    assert_eq!(stderr.matches("warning[yaml]").count(), 40, "{stderr}");
    let (_, _, stderr) = folder.run(&["api.yaml", "api.yaml", "--warnings", "none"]);
    assert_eq!(stderr, "");
}

#[test]
fn references_to_files_are_followed_on_disk_and_in_git() {
    let folder = Folder::new("files");
    folder.write("spec/api.yaml", &api("{$ref: ../shared/a.yaml}"));
    folder.write("shared/a.yaml", OBJECT);
    folder.commit();
    folder.write(
        "shared/a.yaml",
        "{type: object, properties: {b: {type: string}}}",
    );
    for (folder_of_run, base, head) in [
        ("", "HEAD:spec/api.yaml", "spec/api.yaml"),
        ("", "HEAD:spec", "spec"),
        ("spec", "HEAD:./api.yaml", "api.yaml"),
        ("shared", "HEAD:../spec", "../spec"),
    ] {
        let (code, stdout, stderr) = folder.run_in(folder_of_run, &[base, head], "");
        assert_eq!(code, 1, "{stdout}{stderr}");
        assert!(stdout.contains("shared/a.yaml:1"), "{stdout}");
        let (code, stdout, stderr) = folder.run_in(folder_of_run, &[base, base], "");
        assert_eq!(code, 0, "{stdout}{stderr}");
        assert!(stdout.starts_with("Unchanged: "), "{stdout}");
    }
}

#[test]
fn what_exists_on_disk_wins_over_git() {
    let folder = Folder::new("disk_wins");
    folder.write("api.yaml", &api(OBJECT));
    folder.commit();
    folder.write("HEAD:api.yaml", &api("{type: string}"));
    let (code, stdout, _) = folder.run(&["api.yaml", "HEAD:api.yaml"]);
    assert_eq!(code, 1, "{stdout}");
}

#[test]
fn unreadable_revision_is_refused_with_the_reason() {
    let folder = Folder::new("unreadable");
    folder.write("api.yaml", &api(OBJECT));
    folder.write("up.yaml", &api("{$ref: ../../outside.yaml}"));
    folder.write("empty/README.md", "Nothing.");
    folder.commit();
    for (base, why) in [
        (
            "v9:api.yaml",
            "`v9` is neither a file nor a revision of this repository",
        ),
        (
            "HEAD:gone.yaml",
            "cannot read gone.yaml of HEAD: the revision has no such file",
        ),
        (
            "HEAD:empty",
            "the folder empty of HEAD has no .yaml, .yml or .json file",
        ),
        ("HEAD:../api.yaml", "leads out of the repository"),
        ("C:\\api.yaml", "cannot read C:\\api.yaml"),
        ("gone.yaml", "cannot read gone.yaml"),
    ] {
        let (code, stdout, stderr) = folder.run(&[base, "api.yaml"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains(why), "{stderr}");
    }
    let (code, _, stderr) = folder.run(&["HEAD:up.yaml", "HEAD:up.yaml"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.contains("the path leads out of the repository"),
        "{stderr}"
    );
}

#[test]
fn standard_input_is_a_document() {
    let folder = Folder::new("stdin");
    folder.write("api.yaml", &api(OBJECT));
    let (code, stdout, _) = folder.run_in("", &["-", "api.yaml"], &api(OBJECT));
    assert_eq!(code, 0, "{stdout}");
    assert!(stdout.contains("standard input"), "{stdout}");
}

/// Findings show lines of the files that are read, also in a pipeline that compares the documents of
/// strangers.
#[test]
fn references_out_of_the_repository_are_not_followed() {
    let folder = Folder::new("boundary");
    let secret = "{type: object, properties: {secret: {type: string}}}";
    folder.write("secret.yaml", secret);
    folder.write("repository/.env", secret);
    folder.write("repository/.git/config", secret);
    folder.write("repository/shared.yaml", OBJECT);
    let absolute = folder.0.join("secret.yaml").display().to_string();
    let (outside, hidden) = ("it lies neither in the folder", "hidden files are not read");
    let is_absolute = "is an absolute path, which is never followed; this part is left out";
    let mut table = vec![
        (absolute.clone(), is_absolute),
        (absolute.replacen('/', "%2F", 1), is_absolute),
        ("C:\\\\secret.yaml".to_owned(), is_absolute),
        (
            format!("file://{absolute}"),
            "leads to a URL, which is never read",
        ),
        ("../../secret.yaml".to_owned(), outside),
        ("..%2f../secret.yaml".to_owned(), outside),
        ("../.git/config".to_owned(), hidden),
        ("../.env".to_owned(), hidden),
    ];
    if cfg!(unix) {
        let link = folder.0.join("repository/link.yaml");
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.yaml", link).unwrap();
        table.push(("../link.yaml".to_owned(), outside));
    }
    for (reference, reason) in table {
        let text = api(&format!("{{$ref: \"{reference}\"}}"));
        folder.write("repository/spec/api.yaml", &text);
        for run_in in ["repository", "repository/spec"] {
            let path = if run_in == "repository" {
                "spec/api.yaml"
            } else {
                "api.yaml"
            };
            let (code, stdout, stderr) = folder.run_in(run_in, &[path, path], "");
            assert_eq!(code, 0, "{stderr}");
            assert!(stderr.contains(reason), "{reference}: {stderr}");
            assert!(!stderr.contains("properties: {secret"), "{stderr}");
            assert!(
                stdout.contains("left out: 1 in the base, 1 in the head"),
                "{stdout}"
            );
        }
    }
    folder.write("repository/spec/api.yaml", &api("{$ref: ../shared.yaml}"));
    let (_, _, stderr) = folder.run_in("repository/spec", &["api.yaml", "."], "");
    assert_eq!(stderr, "");
}

#[test]
fn paths_in_reports_have_no_repeated_separators() {
    let folder = Folder::new("separators");
    folder.write("a/base.yaml", &api(OBJECT));
    folder.write("b/head.yaml", &api("{type: string}"));
    let (_, stdout, _) = folder.run(&["a//base.yaml", "b//"]);
    assert!(
        stdout.contains("b/head.yaml:7, was a/base.yaml:7"),
        "{stdout}"
    );
}
