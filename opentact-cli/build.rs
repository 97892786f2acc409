//! Finds the commit that is compiled, for `opentact version`. Without git, the program has none.
#![allow(clippy::print_stdout)] // Cargo reads it

use std::path::Path;
use std::process::Command;

/// The variable that names the commit. A packager who builds without git can set it.
const COMMIT: &str = "OPENTACT_COMMIT";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={COMMIT}");
    if std::env::var_os(COMMIT).is_some() {
        return;
    }
    // The sources may lie in the repository of another project, which does not track them.
    if git(&["ls-files", "--error-unmatch", "build.rs"]).is_none() {
        return;
    }
    if let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) {
        println!("cargo::rustc-env={COMMIT}={commit}");
    }
    // A checkout changes the first file, and a commit the second.
    for name in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", name]);
        if let Some(path) = path.filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
}

/// Returns the output of git in the folder of this crate, or `None` if it failed.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
