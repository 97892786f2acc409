//! Specs of any size: regenerating and comparing takes time in proportion.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::process::{generation, run};
use super::section::{Goal, Section, count, ratio, time};
use super::{Bench, BenchError};

pub(super) const TITLE: &str = "Specs of 10, 100 and 1,000 operations";
const SIZES: [u32; 3] = [10, 100, 1_000];
/// How often each is measured; the shortest time stands.
const ROUNDS: usize = 5;
/// How many times as long ten times as much may take.
const LINEAR: f64 = 15.0;
/// How long 1,000 operations may take.
const LIMIT: Duration = Duration::from_secs(2);
/// What this program measures, and what it is called in the table.
const STAGES: [(&str, &str); 8] = [
    ("generate", "regenerate"),
    ("load", "regenerate: load"),
    ("check", "regenerate: check"),
    ("prepare", "regenerate: prepare"),
    ("progenitor", "regenerate: progenitor, as it is"),
    ("harden", "regenerate: harden"),
    ("render", "regenerate: render"),
    ("diff", "diff, an edit in each page"),
];

/// The CPU time of each stage, in seconds.
pub(super) type Times = BTreeMap<String, f64>;

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    let program = generation(bench)?;
    let mut sizes = Vec::new();
    for size in SIZES {
        sizes.push(shortest(&program, &["scale", &size.to_string()])?);
    }
    let at = |size: usize, stage: &str| sizes[size].get(stage).copied().unwrap_or_default();
    let rows = STAGES.iter().map(|(stage, name)| {
        let times = (0..SIZES.len()).map(|size| time(Duration::from_secs_f64(at(size, stage))));
        let growth = ratio(at(2, stage), at(1, stage));
        [(*name).to_owned()]
            .into_iter()
            .chain(times)
            .chain([growth])
            .collect()
    });
    let goals = ["generate", "diff"].map(|stage| Goal {
        text: format!("{stage}: ten times the operations take at most {LINEAR:.0} times as long"),
        met: at(1, stage) <= at(0, stage) * LINEAR && at(2, stage) <= at(1, stage) * LINEAR,
    });
    let limit = Goal {
        text: format!(
            "{} operations are regenerated in less than {} seconds",
            count(SIZES[2].into()),
            LIMIT.as_secs()
        ),
        met: Duration::from_secs_f64(at(2, "generate")) < LIMIT,
    };
    Ok(Section {
        title: TITLE,
        method: format!(
            "In process, release build, CPU time, the shortest of {ROUNDS}. The spec is synthetic, in the\n\
             style of `openapi/groups.yaml`: pages of five operations and four types each, with envelopes\n\
             and examples (`opentact-gen/tests/support/large.rs`)."
        ),
        columns: &["", "10", "100", "1,000", "1,000 : 100"],
        rows: rows.collect(),
        goals: goals.into_iter().chain([limit]).collect(),
    })
}

/// Runs the program some times; of each stage the shortest time.
pub(super) fn shortest(program: &Path, arguments: &[&str]) -> Result<Times, BenchError> {
    let mut shortest = Times::new();
    for _ in 0..ROUNDS {
        let run = run(Command::new(program).args(arguments))?;
        let times: Times =
            serde_json::from_str(&run.stdout).map_err(|_| BenchError::Unexpected {
                program: "generation".to_owned(),
                said: run.stdout,
            })?;
        for (stage, time) in times {
            let known = shortest.entry(stage).or_insert(time);
            *known = known.min(time);
        }
    }
    Ok(shortest)
}
