//! `cargo xtask generate --watch`, as an editor uses it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::{SPEC, Workspace};

/// The time limit for one line. A busy machine needs much longer than an idle one.
const PATIENCE: Duration = Duration::from_secs(120);

/// The running command, and the lines that it prints.
struct Watching {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Watching {
    fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        let mut command = workspace.xtask(&["generate", "--watch"]);
        let mut child = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = lines(child.stdout.take().unwrap());
        let err = lines(child.stderr.take().unwrap());
        let watching = Self { child, out, err };
        assert!(watching.err().starts_with("watching openapi/*.yaml"));
        watching
    }

    #[track_caller]
    fn out(&self) -> String {
        self.out.recv_timeout(PATIENCE).unwrap()
    }

    #[track_caller]
    fn err(&self) -> String {
        self.err.recv_timeout(PATIENCE).unwrap()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            if sender.send(line.unwrap()).is_err() {
                break;
            }
        }
    });
    lines
}

#[test]
fn watch_generates_after_each_save_and_reports_errors() {
    let workspace = Workspace::new();
    let watching = Watching::start(&workspace, &[]);
    assert!(watching.out().ends_with(": fresh"));

    workspace.edit("summary: Create a group", "summary: Make a group");
    let line = watching.out();
    assert!(
        line.starts_with("openapi/*.yaml: ") && line.contains(" operations, "),
        "{line}"
    );
    assert!(line.ends_with(": updated"), "{line}");
    assert!(workspace.code().contains("Make a group"));

    workspace.edit("x-rust-name: delete_group", "x-rust-name: deleteGroup");
    assert!(watching.err().starts_with("error[rust-name]"));
    assert!(watching.err().contains("--> openapi/groups.yaml:"));

    // Many editors save like this: a new file replaces the former.
    let corrected = workspace.read(SPEC).replace("deleteGroup", "remove_group");
    workspace.write("openapi/.groups.yaml.swp", &corrected);
    fs::rename(
        workspace.path("openapi/.groups.yaml.swp"),
        workspace.path(SPEC),
    )
    .unwrap();
    assert!(watching.out().ends_with(": updated"));
    assert!(workspace.code().contains("fn remove_group"));

    // Another file of the spec, and a file that does not belong to it.
    workspace.write("openapi/notes.txt", "nothing");
    workspace.write("openapi/more.yaml", "openapi: 2.0\n");
    let rest = watching.err.iter();
    let mut rest = rest.skip_while(|line| !line.contains("1 error, nothing was written"));
    rest.next().unwrap();
    assert!(rest.next().unwrap().contains("[openapi-version]"));
    fs::remove_file(workspace.path("openapi/more.yaml")).unwrap();
    assert!(watching.out().ends_with(": fresh"));
}

#[test]
fn watch_with_json_prints_one_line_for_each_save() {
    let workspace = Workspace::new();
    let watching = Watching::start(&workspace, &["--format", "json"]);
    let next = || -> Value { serde_json::from_str(&watching.out()).unwrap() };
    assert_eq!(next()["findings"], Value::Array(Vec::new()));
    workspace.edit("x-rust-name: delete_group", "x-rust-name: deleteGroup");
    assert_eq!(next()["findings"][0]["rule"], "rust-name");
    workspace.edit("x-rust-name: deleteGroup", "x-rust-name: delete_group");
    assert_eq!(next()["files"][0]["state"], "fresh");
}

#[test]
fn watch_ends_if_the_spec_folder_is_removed() {
    let workspace = Workspace::new();
    let mut watching = Watching::start(&workspace, &[]);
    watching.out();
    fs::remove_dir_all(workspace.path("openapi")).unwrap();
    assert_eq!(watching.child.wait().unwrap().code(), Some(2));
    let last = watching.err.iter().last().unwrap();
    assert!(
        last.starts_with("error: cannot list the files of"),
        "{last}"
    );
}
