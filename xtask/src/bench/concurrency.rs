//! A thousand concurrent calls of one client.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use xshell::cmd;

use super::competitors::openapi_generator_package;
use super::process::{Server, examples, medians};
use super::section::{Section, ratio, time};
use super::settings::Settings;

pub(super) const TITLE: &str = "1,000 concurrent calls of one client";
const CONCURRENCY: u32 = 1_000;
/// The number of calls that a program makes, in batches of [`CONCURRENCY`].
const CALLS: u32 = 10_000;
const ROUNDS: usize = 7;

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let by_hand = examples(settings, &settings.package("by-hand"))?;
    let server = Server::start(&by_hand.join("server"))?;
    let opentact = examples(settings, &settings.package("opentact"))?;
    let generated =
        openapi_generator_package(settings).and_then(|package| examples(settings, &package));
    let (url, calls, concurrency) = (&server.url, CALLS.to_string(), CONCURRENCY.to_string());
    let call = |folder: &Path| cmd!(settings.shell, "{folder}/call {url} {calls} {concurrency}");
    let mut names = vec!["opentact-api", "hand-written, with reqwest and serde_json"];
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
            "A program makes {CALLS} calls with one client, {CONCURRENCY} at a time, over as many connections.\n\
             It has one thread for each core. The figures are the CPU time of the program without the\n\
             server; median of {ROUNDS} runs in turn."
        ),
        columns: &["", "CPU time of a call", "CPU time : hand-written"],
        rows: rows.collect(),
        goals: Vec::new(),
    };
    if let Err(error) = generated {
        section.skip("openapi-generator's client", &error);
    }
    Ok(section)
}

fn each(time_of_all: Duration) -> String {
    time(time_of_all / CALLS)
}
