//! The verdict of rustc on every row.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use super::rows::{Code, ROWS, Row};

/// The number of compilers that run at the same time.
const COMPILERS: usize = 4;

/// The program of a row compiles with the former code. It does not compile with the new code exactly if
/// a change is breaking.
#[test]
fn breaking_changes_are_those_that_rustc_refuses() {
    let before = Api::new("before", |row| row.base);
    let after = Api::new("after", |row| row.head);
    let breaks = |row: &Row| row.found.iter().any(|line| line.starts_with("breaking"));
    let all: Vec<usize> = (0..ROWS.len()).collect();
    let (broken, kept): (Vec<usize>, Vec<usize>) = all.iter().partition(|row| breaks(&ROWS[**row]));
    // Programs that compile are compiled together, and those that must not compile one by one: the
    // first error may hide others.
    before
        .program("all", &all)
        .unwrap_or_else(|error| panic!("{error}"));
    after
        .program("kept", &kept)
        .unwrap_or_else(|error| panic!("{error}"));
    let (wrong, broken) = (Mutex::new(Vec::new()), Mutex::new(broken));
    thread::scope(|scope| {
        for _ in 0..COMPILERS {
            scope.spawn(|| {
                loop {
                    let next = broken.lock().unwrap().pop();
                    let Some(row) = next else { break };
                    if after.program(&format!("row{row}"), &[row]).is_ok() {
                        wrong.lock().unwrap().push(ROWS[row].name);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "not broken: {wrong:#?}");
}

/// A crate with the generated code of every row.
struct Api {
    name: &'static str,
    folder: PathBuf,
}

impl Api {
    /// Compiles the crate. Each row is a module, with the code in it as in `opentact-api`.
    fn new(name: &'static str, code: impl Fn(&Row) -> Code) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("public_api");
        fs::create_dir_all(&folder).unwrap();
        let rows = ROWS.iter().enumerate().map(|(number, row)| {
            let code = code(row).code();
            let code = code.replace("crate::", &format!("crate::row{number}::"));
            format!(
                "pub mod row{number} {{ // {}
                 mod generated {{ {code} }} pub use self::generated::{{builder, types}};
                 pub struct Client; pub struct ClientBuilder; pub struct Secret; }}
",
                row.name
            )
        });
        let rows: String = rows.collect();
        let api = Self { name, folder };
        api.rustc(name, &rows)
            .unwrap_or_else(|error| panic!("{error}"));
        api
    }

    /// Compiles the programs of rows, each in a module of its own.
    fn program(&self, name: &str, rows: &[usize]) -> Result<(), String> {
        let programs = rows.iter().map(|&number| {
            let row = &ROWS[number];
            format!(
                "mod row{number} {{ // {}
                 use {}::row{number}::{{builder, types, Client, ClientBuilder, Secret}};
                 {} }}
",
                row.name, self.name, row.program
            )
        });
        self.rustc(
            &format!("{}_{name}", self.name),
            &programs.collect::<String>(),
        )
    }

    fn rustc(&self, name: &str, code: &str) -> Result<(), String> {
        let file = format!("{name}.rs");
        fs::write(self.folder.join(&file), code).unwrap();
        let output = Command::new("rustc")
            .args([
                "--edition=2024",
                "--crate-type=lib",
                "--emit=metadata",
                "--cap-lints=allow",
            ])
            .args(["--crate-name", name, "--out-dir", "."])
            .arg(file)
            .current_dir(&self.folder)
            .args((name != self.name).then(|| format!("--extern={0}=lib{0}.rmeta", self.name)))
            .output()
            .unwrap();
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}
