//! The cost of the pages of the API for the compiler.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use xshell::Cmd;

use super::competitors::progenitor_client;
use super::process::{cargo, run};
use super::section::{Section, ratio, time};
use super::settings::{Settings, announce};

pub(super) const TITLE: &str = "Compiling the client for some pages";

/// The clients to compile: a name, the features, and the files of the spec beside `common.yaml`.
const CLIENTS: [(&str, &str, &[&str]); 3] = [
    ("one page: groups", "groups", &["groups"]),
    ("default: app and groups", "app,groups", &["app", "groups"]),
    ("full: all pages", "full", &[]),
];
const ROUNDS: usize = 3;

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let mut section = Section {
        title: TITLE,
        method: "The CPU time of Cargo and rustc for the client alone, in a debug build; its dependencies are\n\
                 compiled before. The shortest of 3 runs. progenitor's client is generated from the same\n\
                 operations. opentact-api has a fixed part in addition: tokens, retries, deadlines, redaction\n\
                 and errors, which are the first row. All pages but app and groups need the sign-in, too."
            .to_owned(),
        columns: &["", "opentact-api", "progenitor's client", "opentact-api : progenitor's"],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    announce("  no page");
    let fixed = shortest(|| ours(settings, ""))?;
    section.rows.push(row("no page", fixed, None));
    for (name, features, pages) in CLIENTS {
        announce(&format!("  {name}"));
        let ours = shortest(|| ours(settings, features))?;
        let package = progenitor_client(settings, pages)?;
        let theirs = shortest(|| alone(settings, &package, "bench-progenitor", &[]))?;
        section.rows.push(row(name, ours, Some(theirs)));
    }
    Ok(section)
}

fn row(name: &str, ours: Duration, theirs: Option<Duration>) -> Vec<String> {
    let of_theirs = |theirs: Duration| ratio(ours.as_secs_f64(), theirs.as_secs_f64());
    vec![
        name.to_owned(),
        time(ours),
        theirs.map(time).unwrap_or_default(),
        theirs.map(of_theirs).unwrap_or_default(),
    ]
}

fn ours(settings: &Settings, pages: &str) -> Result<Duration> {
    let package = settings.root.join("opentact-api");
    let features = format!("rustls,{pages}");
    let arguments = ["--no-default-features", "--features", &features];
    alone(settings, &package, "opentact-api", &arguments)
}

fn shortest(mut build: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let times = (0..ROUNDS).map(|_| build()).collect::<Result<Vec<_>>>()?;
    times.into_iter().min().context("nothing was measured")
}

/// Returns the CPU time for compiling a library without its dependencies.
fn alone(settings: &Settings, package: &Path, name: &str, arguments: &[&str]) -> Result<Duration> {
    let build = || -> Cmd<'_> {
        let build = cargo(settings, "build", package).args(["--lib", "--quiet"]);
        build
            .args(arguments)
            .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
    };
    run(&mut build())?;
    let cargo = cargo(settings, "clean", package).args(["--quiet", "--package", name]);
    run(&mut cargo.env("CARGO_TERM_QUIET", "true"))?;
    Ok(run(&mut build())?.cpu)
}
