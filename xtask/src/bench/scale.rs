//! Generating and comparing specs of several sizes.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use xshell::{Cmd, cmd};

use super::process::{generation, run};
use super::section::{Goal, Section, count, ratio, time};
use super::settings::Settings;

pub(super) const TITLE: &str = "Specs of 10, 100 and 1,000 operations";
const SIZES: [u32; 3] = [10, 100, 1_000];
/// The number of measurements, of which the shortest counts.
const ROUNDS: usize = 5;
/// The allowed growth of the time for ten times the operations.
const LINEAR: f64 = 15.0;
/// The allowed time for 1,000 operations.
const LIMIT: Duration = Duration::from_secs(2);
/// The stages that the program reports, each with its name in the table.
const STAGES: [(&str, &str); 8] = [
    ("generate", "generate"),
    ("load", "generate: load"),
    ("rules", "generate: rules"),
    ("lower", "generate: lower"),
    ("progenitor", "generate: progenitor, unchanged"),
    ("rewrite", "generate: rewrite"),
    ("render", "generate: render"),
    ("diff", "diff, with an edit in each page"),
];

/// The CPU time of each stage, in seconds.
pub(super) type Times = BTreeMap<String, f64>;

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let program = generation(settings)?;
    let mut sizes = Vec::new();
    for size in SIZES {
        let size = size.to_string();
        let mut command = cmd!(settings.shell, "{program} scale {size}");
        sizes.push(shortest(&mut command)?);
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
        text: format!(
            "`{stage}` takes at most {LINEAR:.0} times as long for ten times the operations"
        ),
        met: at(1, stage) <= at(0, stage) * LINEAR && at(2, stage) <= at(1, stage) * LINEAR,
    });
    let limit = Goal {
        text: format!(
            "generating for {} operations takes less than {} seconds",
            count(SIZES[2].into()),
            LIMIT.as_secs()
        ),
        met: Duration::from_secs_f64(at(2, "generate")) < LIMIT,
    };
    Ok(Section {
        title: TITLE,
        method: format!(
            "The CPU time in process, release build, the shortest of {ROUNDS} runs. The spec is synthetic, in\n\
             the style of `openapi/groups.yaml`: pages of five operations and four types each, with\n\
             envelopes and examples (`opentact-gen/tests/it/support/large.rs`)."
        ),
        columns: &["", "10", "100", "1,000", "1,000 : 100"],
        rows: rows.collect(),
        goals: goals.into_iter().chain([limit]).collect(),
    })
}

/// Runs the program several times, and returns the shortest time of each stage.
pub(super) fn shortest(command: &mut Cmd<'_>) -> Result<Times> {
    let mut shortest = Times::new();
    for _ in 0..ROUNDS {
        let run = run(command)?;
        let times: Times = serde_json::from_str(&run.stdout)
            .with_context(|| format!("generation printed no times:\n{}", run.stdout))?;
        for (stage, time) in times {
            let known = shortest.entry(stage).or_insert(time);
            *known = known.min(time);
        }
    }
    Ok(shortest)
}
