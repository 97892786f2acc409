//! The verdict of rustc on every row.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use super::rows::{Code, ROWS, Row};

/// The program of a row compiles with the former code. It does not compile with the new code exactly if
/// a change is breaking.
#[test]
fn breaking_changes_are_those_that_rustc_refuses() {
    let numbered: Vec<(usize, &Row)> = ROWS.iter().enumerate().collect();
    let wrong: Vec<String> = thread::scope(|scope| {
        let chunks = numbered.chunks(numbered.len().div_ceil(4));
        let checks: Vec<_> = chunks
            .map(|rows| scope.spawn(|| rows.iter().filter_map(refuted).collect::<Vec<_>>()))
            .collect();
        checks
            .into_iter()
            .flat_map(|check| check.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the contradiction between a row and rustc.
fn refuted((number, row): &(usize, &Row)) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("public_api/{number}"));
    std::fs::create_dir_all(&folder).unwrap();
    let breaks = row.found.iter().any(|line| line.starts_with("breaking"));
    let before = program(row.program, row.base, &folder);
    let after = program(row.program, row.head, &folder);
    match (before, after) {
        (Err(error), _) => Some(format!("{}: was wrong before\n{error}", row.name)),
        (_, Err(error)) if !breaks => Some(format!("{}: is broken\n{error}", row.name)),
        (_, Ok(())) if breaks => Some(format!("{}: is not broken", row.name)),
        _ => None,
    }
}

/// Compiles a program against a crate that contains generated code in the same way as `opentact-api`.
fn program(program: &str, code: Code, folder: &Path) -> Result<(), String> {
    let code = code.code();
    let library = format!(
        "mod generated {{ {code} }} pub use generated::{{builder, types}};
         pub struct Client; pub struct ClientBuilder; pub struct Secret;"
    );
    rustc("api", &library, folder).unwrap_or_else(|error| panic!("{error}\n{code}"));
    let program = format!("use api::{{builder, types, Client, ClientBuilder, Secret}};\n{program}");
    rustc("program", &program, folder)
}

fn rustc(name: &str, code: &str, folder: &Path) -> Result<(), String> {
    let file = folder.join(format!("{name}.rs"));
    std::fs::write(&file, code).unwrap();
    let output = Command::new("rustc")
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "--cap-lints=allow",
        ])
        .args(["--crate-name", name, "--out-dir", "."])
        .arg(file)
        .current_dir(folder)
        .args((name != "api").then_some("--extern=api=libapi.rmeta"))
        .output()
        .unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
