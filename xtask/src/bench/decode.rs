//! Decoding lists of users.

use std::fs;
use std::path::Path;

use super::comparands::openapi_generator_package;
use super::process::{cargo, examples, run};
use super::section::{Goal, Section, count, ratio};
use super::{Bench, BenchError, valgrind};

pub(super) const TITLE: &str = "Decoding a list of users";

/// How many users are in a list, and how often it is decoded.
const LISTS: [(u32, u32); 3] = [(1, 500), (1_000, 2), (100_000, 1)];
/// How many times the instructions of serde_json into the same fields it may take.
const LIMIT: f64 = 1.1;
const OPENTACT: &str = "opentact-api";
const BY_HAND: &str = "serde_json into the same fields";
const OPENAPI_GENERATOR: &str = "openapi-generator's types";

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    valgrind::required()?;
    let mut section = Section {
        title: TITLE,
        method: "Instructions for each user of a list whose users have every property, from the body of the\n\
                 answer to the values, and dropping these. opentact-api opens the envelope as a call does, and\n\
                 overwrites secrets where they are dropped; it looks once at whether the body is UTF-8, as\n\
                 openapi-generator's client does, which decodes from a string. serde_json decodes from bytes,\n\
                 as reqwest's `json` does, and looks at each string."
            .to_owned(),
        columns: &["", "1", "1,000", "100,000", "1,000 : serde_json"],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    let by_hand = each(bench, &examples(bench, &bench.package("by-hand"))?)?;
    let opentact = each(bench, &opentact(bench)?)?;
    section.rows.push(row(OPENTACT, &opentact, &by_hand));
    section.rows.push(row(BY_HAND, &by_hand, &by_hand));
    if !bench.brief {
        let generated = openapi_generator_package(bench)
            .and_then(|package| examples(bench, &package))
            .and_then(|programs| each(bench, &programs));
        match generated {
            Ok(each) => section.rows.push(row(OPENAPI_GENERATOR, &each, &by_hand)),
            Err(error) => section.skip(OPENAPI_GENERATOR, &error.reason()),
        }
    }
    section.goals.push(Goal {
        text: format!(
            "decoding a list takes at most {LIMIT:.2} times the instructions of serde_json"
        ),
        met: opentact
            .iter()
            .zip(&by_hand)
            .all(|(ours, theirs)| *ours <= theirs * LIMIT),
    });
    Ok(section)
}

/// The examples for opentact-api, compiled so that the way of an answer can be reached.
fn opentact(bench: &Bench) -> Result<std::path::PathBuf, BenchError> {
    let target = bench.target.join("cargo-fuzzing");
    let mut command = cargo(bench, &bench.package("opentact"));
    run(command
        .args(["build", "--profile", "profiling", "--example", "decode"])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "--cfg fuzzing"))?;
    Ok(target.join("profiling/examples"))
}

/// Instructions for each user, of each list.
fn each(bench: &Bench, programs: &Path) -> Result<Vec<f64>, BenchError> {
    let program = programs.join("decode");
    let lists = if bench.brief { &LISTS[..2] } else { &LISTS };
    let each = lists.iter().map(|(users, rounds)| {
        let file = list(bench, *users)?;
        let file = file.to_string_lossy();
        let of = |rounds: u32| valgrind::instructions(&program, &[&file, &rounds.to_string()]);
        Ok((of(*rounds)? - of(0)?) / f64::from(users * rounds))
    });
    each.collect()
}

/// A file with an answer in it.
fn list(bench: &Bench, users: u32) -> Result<std::path::PathBuf, BenchError> {
    let user = bench.package("support").join("user.json");
    let user = fs::read_to_string(&user).map_err(BenchError::io(&user))?;
    let payload = vec![user.trim(); users as usize].join(",");
    let path = bench.target.join(format!("users-{users}.json"));
    fs::write(
        &path,
        format!(r#"{{"success":true,"payload":[{payload}]}}"#),
    )
    .map_err(BenchError::io(&path))?;
    Ok(path)
}

fn row(what: &str, each: &[f64], base: &[f64]) -> Vec<String> {
    let mut row = vec![what.to_owned()];
    row.extend(each.iter().map(|each| count(*each)));
    row.resize(LISTS.len() + 1, String::new());
    row.push(ratio(each[1], base[1]));
    row
}
