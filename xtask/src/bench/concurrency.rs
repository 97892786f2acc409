//! A thousand calls at once on one client.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::comparands::openapi_generator_package;
use super::process::{Server, examples, medians};
use super::section::{Section, ratio, time};
use super::{Bench, BenchError};

pub(super) const TITLE: &str = "1,000 calls at once on one client";
const CONCURRENCY: u32 = 1_000;
/// How many calls a program makes, in batches of so many at once.
const CALLS: u32 = 10_000;
const ROUNDS: usize = 7;

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    let by_hand = examples(bench, &bench.package("by-hand"))?;
    let server = Server::start(&by_hand.join("server"))?;
    let opentact = examples(bench, &bench.package("opentact"))?;
    let generated = openapi_generator_package(bench).and_then(|package| examples(bench, &package));
    let call = |folder: &Path| {
        let mut command = Command::new(folder.join("call"));
        command.args([&server.url, &CALLS.to_string(), &CONCURRENCY.to_string()]);
        command
    };
    let mut names = vec!["opentact-api", "reqwest and serde_json, by hand"];
    let mut commands = vec![call(&opentact), call(&by_hand)];
    if let Ok(folder) = &generated {
        names.push("openapi-generator's client");
        commands.push(call(folder));
    }
    let times = medians(ROUNDS, &mut commands)?;
    let base = times[1].0;
    let rows = names.iter().zip(&times).map(|(name, (cpu, _))| {
        vec![
            (*name).to_owned(),
            each(*cpu),
            ratio(cpu.as_secs_f64(), base.as_secs_f64()),
        ]
    });
    let mut section = Section {
        title: TITLE,
        method: format!(
            "A program makes {CALLS} calls with one client, {CONCURRENCY} of them at a time, over as many\n\
             connections, on as many threads as there are cores. CPU time of the program, the server's\n\
             not included; median of {ROUNDS} runs in turn."
        ),
        columns: &["", "CPU time of a call", "CPU time : by hand"],
        rows: rows.collect(),
        goals: Vec::new(),
    };
    if let Err(error) = generated {
        section.skip("openapi-generator's client", &error.reason());
    }
    Ok(section)
}

fn each(time_of_all: Duration) -> String {
    time(time_of_all / CALLS)
}
