//! The cost of a client for the crate that depends on it: build time, crates, size.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::competitors::{openapi_generator_package, progenitor_package};
use super::process::{Run, cargo, run};
use super::section::{Goal, Section, ratio, time};
use super::settings::{Settings, announce};

pub(super) const TITLE: &str = "Building a crate that depends on it";

/// The allowed ratio of the CPU time of a build to that with progenitor's client.
const LIMIT: f64 = 1.1;
const OPENTACT: &str = "opentact-api";
const PROGENITOR: &str = "progenitor's client";

/// The builds of a package, and their result.
struct Build {
    debug: Run,
    release: Run,
    crates: usize,
    /// The size of the stripped program.
    bytes: u64,
}

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let ours = build(settings, OPENTACT, &settings.package("opentact"))?;
    let in_place = |name: &str| Ok(settings.package(name));
    let packages: [(&str, Result<PathBuf>); 5] = [
        (PROGENITOR, progenitor_package(settings)),
        (
            "openapi-generator's client",
            openapi_generator_package(settings),
        ),
        (
            "hand-written, with reqwest and serde_json",
            in_place("by-hand"),
        ),
        ("octocrab", in_place("octocrab")),
        ("async-stripe, customers only", in_place("async-stripe")),
    ];
    let mut section = Section {
        title: TITLE,
        method: "The CPU time of Cargo and all compilers for a clean build of a program that lists groups\n\
                 (repositories, customers). It depends on the client and Tokio only, and its crates are already\n\
                 downloaded. All clients use rustls. Crates are those that are compiled; the size is that of the\n\
                 stripped release build. progenitor's client is generated from the same spec, and has no token,\n\
                 limits, retries or errors of the service. octocrab and async-stripe show the scale."
            .to_owned(),
        columns: &["", "debug", "release", "crates", "size", "debug : ours", "release : ours"],
        rows: vec![row(OPENTACT, &ours, &ours)],
        goals: Vec::new(),
    };
    for (name, package) in packages {
        match package.and_then(|package| build(settings, name, &package)) {
            Ok(build) => {
                section.rows.push(row(name, &build, &ours));
                if name == PROGENITOR {
                    section.goals.push(goal(&ours, &build));
                }
            }
            // Without this build, there is no goal to check.
            Err(error) if name == PROGENITOR && settings.brief => return Err(error),
            Err(error) => section.skip(name, &error),
        }
    }
    Ok(section)
}

fn goal(ours: &Build, theirs: &Build) -> Goal {
    let within = |ours: &Run, theirs: &Run| ours.cpu <= theirs.cpu.mul_f64(LIMIT);
    Goal {
        text: format!("a build takes at most {LIMIT:.2} times as long as with {PROGENITOR}"),
        met: within(&ours.debug, &theirs.debug) && within(&ours.release, &theirs.release),
    }
}

fn row(name: &str, build: &Build, ours: &Build) -> Vec<String> {
    let cpu = |run: &Run| run.cpu.as_secs_f64();
    vec![
        name.to_owned(),
        time(build.debug.cpu),
        time(build.release.cpu),
        build.crates.to_string(),
        format!("{:.1} MiB", mib(build.bytes)),
        ratio(cpu(&build.debug), cpu(&ours.debug)),
        ratio(cpu(&build.release), cpu(&ours.release)),
    ]
}

fn mib(bytes: u64) -> f64 {
    // Programs have fewer bytes than a float counts exactly.
    bytes as f64 / 1024.0 / 1024.0
}

fn build(settings: &Settings, name: &str, package: &Path) -> Result<Build> {
    run(&mut cargo(settings, "fetch", package))?;
    let target = settings.target.join("clean");
    let clean = |profile: &str, arguments: &[&str]| {
        announce(&format!("  {name}, {profile} build"));
        settings.shell.remove_path(&target)?;
        let build = cargo(settings, "build", package).arg("--bins");
        run(&mut build.args(arguments).env("CARGO_TARGET_DIR", &target))
    };
    let debug = clean("debug", &[])?;
    let release = clean("release", &["--release"])?;
    let bytes = program_size(&target.join("release"))?;
    let compiled = |line: &&str| line.trim_start().starts_with("Compiling ");
    let compiled = release.stderr.lines().filter(compiled).count();
    Ok(Build {
        crates: compiled.saturating_sub(1), // without the program itself
        debug,
        release,
        bytes,
    })
}

/// Returns the size of the only program in a folder.
fn program_size(folder: &Path) -> Result<u64> {
    let folder = fs::read_dir(folder).context("cargo has built nothing")?;
    let mut sizes = folder.filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_program = path.file_name()?.to_str()?.starts_with("bench-");
        let is_program = is_program && path.extension().is_none_or(|end| end == "exe");
        is_program.then(|| fs::metadata(&path).ok().map(|data| data.len()))?
    });
    sizes.next().context("cargo has built no program")
}
