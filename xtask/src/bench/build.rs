//! What a client costs the crate that depends on it: building, crates, size.

use std::fs;
use std::path::{Path, PathBuf};

use super::comparands::{openapi_generator_package, progenitor_package};
use super::process::{Run, cargo, run};
use super::section::{Goal, Section, ratio, time};
use super::{Bench, BenchError};

pub(super) const TITLE: &str = "Building a crate that depends on it";

/// How many times the CPU time of progenitor's client a build may take.
const LIMIT: f64 = 1.1;

/// What building a package took, and what came of it.
struct Build {
    debug: Run,
    release: Run,
    crates: usize,
    /// The size of the stripped program.
    bytes: u64,
}

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    let in_place = |name: &str| Ok(bench.package(name));
    let packages: [(&str, Result<PathBuf, BenchError>); 6] = [
        ("opentact-api", in_place("opentact")),
        ("progenitor's client", progenitor_package(bench)),
        (
            "openapi-generator's client",
            openapi_generator_package(bench),
        ),
        ("reqwest and serde_json, by hand", in_place("by-hand")),
        ("octocrab", in_place("octocrab")),
        ("async-stripe, customers only", in_place("async-stripe")),
    ];
    let mut section = Section {
        title: TITLE,
        method: "A program that lists groups (repositories, customers) and depends on the client and Tokio\n\
                 only, built from nothing: CPU time of Cargo and all compilers, with the crates at hand\n\
                 already. All have TLS by rustls. Crates are those compiled; the size is that of the release\n\
                 build, stripped. progenitor's client is what progenitor makes of the same spec, without a\n\
                 token, limits, repetition and errors of the service; octocrab and async-stripe are there\n\
                 for scale."
            .to_owned(),
        columns: &["", "debug", "release", "crates", "size", "debug : ours", "release : ours"],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    let mut builds = Vec::new();
    for (name, package) in packages {
        match package.and_then(|package| build(bench, name, &package)) {
            Ok(build) => {
                let ours = builds.first().map_or(&build, |(_, build)| build);
                section.rows.push(row(name, &build, ours));
                builds.push((name, build));
            }
            Err(error) => section.skip(name, &error.reason()),
        }
    }
    if let [(_, ours), (name, theirs), ..] = builds.as_slice()
        && name.starts_with("progenitor")
    {
        let within = |ours: &Run, theirs: &Run| ours.cpu <= theirs.cpu.mul_f64(LIMIT);
        section.goals.push(Goal {
            text: format!("a build takes at most {LIMIT:.2} times that with progenitor's client"),
            met: within(&ours.debug, &theirs.debug) && within(&ours.release, &theirs.release),
        });
    }
    Ok(section)
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

fn build(bench: &Bench, name: &str, package: &Path) -> Result<Build, BenchError> {
    run(cargo(bench, package).arg("fetch"))?;
    let target = bench.target.join("clean");
    let clean = |profile: &str, arguments: &[&str]| {
        bench.tell(&format!("  {name}, {profile} build"));
        if target.exists() {
            fs::remove_dir_all(&target).map_err(BenchError::io(&target))?;
        }
        let mut command = cargo(bench, package);
        command.env("CARGO_TARGET_DIR", &target);
        run(command.args(["build", "--bins"]).args(arguments))
    };
    let debug = clean("debug", &[])?;
    let release = clean("release", &["--release"])?;
    let bytes = program_size(&target.join("release"))?;
    let compiled = |line: &&str| line.trim_start().starts_with("Compiling ");
    Ok(Build {
        crates: release.stderr.lines().filter(compiled).count() - 1,
        debug,
        release,
        bytes,
    })
}

/// The size of the only program in a folder.
fn program_size(folder: &Path) -> Result<u64, BenchError> {
    let entries = fs::read_dir(folder).map_err(BenchError::io(folder))?;
    let mut sizes = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_program = path.file_name()?.to_str()?.starts_with("bench-");
        let is_program = is_program && path.extension().is_none_or(|end| end == "exe");
        is_program.then(|| fs::metadata(&path).ok().map(|data| data.len()))?
    });
    sizes.next().ok_or_else(|| BenchError::Unexpected {
        program: "cargo".to_owned(),
        said: "no program was built".to_owned(),
    })
}
