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
pub(super) const ROUNDS: usize = 5;
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
    let mut rows = Vec::new();
    let mut goals = Vec::new();
    for (stage, name) in STAGES {
        let times = sizes.iter().map(|times| stage_time(times, stage));
        let times: Vec<Duration> = times.collect::<Result<_>>()?;
        let mut row = vec![name.to_owned()];
        row.extend(times.iter().copied().map(time));
        row.push(ratio(times[2].as_secs_f64(), times[1].as_secs_f64()));
        rows.push(row);
        if ["generate", "diff"].contains(&stage) {
            goals.push(Goal {
                text: format!(
                    "`{stage}` takes at most {LINEAR:.0} times as long for ten times the operations"
                ),
                met: times
                    .windows(2)
                    .all(|sizes| sizes[1] <= sizes[0].mul_f64(LINEAR)),
            });
        }
    }
    goals.push(Goal {
        text: format!(
            "generating for {} operations takes less than {} seconds",
            count(SIZES[2].into()),
            LIMIT.as_secs()
        ),
        met: stage_time(&sizes[2], "generate")? < LIMIT,
    });
    Ok(Section {
        title: TITLE,
        method: format!(
            "The CPU time in process, release build, the shortest of {ROUNDS} runs. The spec is synthetic, in\n\
             the style of `openapi/groups.yaml`: pages of five operations and four types each, with\n\
             envelopes and examples (`opentact-gen/tests/it/support/large.rs`)."
        ),
        columns: &["", "10", "100", "1,000", "1,000 : 100"],
        rows,
        goals,
    })
}

/// Returns the time of a stage, which the program must report.
pub(super) fn stage_time(times: &Times, stage: &str) -> Result<Duration> {
    let seconds = times.get(stage).copied();
    let seconds = seconds.with_context(|| format!("generation printed no time for {stage}"))?;
    Ok(Duration::from_secs_f64(seconds))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_time_of_an_unknown_stage_is_an_error() {
        let times = Times::from([("load".to_owned(), 0.5)]);
        assert_eq!(
            stage_time(&times, "load").unwrap(),
            Duration::from_millis(500)
        );
        let error = stage_time(&times, "check").unwrap_err().to_string();
        assert_eq!(error, "generation printed no time for check");
    }
}
