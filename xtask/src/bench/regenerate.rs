//! Generating the client from the spec, compared with other generators.

use std::env;
use std::time::Duration;

use anyhow::{Context, Result};
use xshell::cmd;

use super::competitors::{OPENAPI_GENERATOR, openapi_generator, openapi_generator_run};
use super::process::{generation, medians};
use super::scale::{self, shortest, stage_time};
use super::section::{Section, ratio, time};
use super::settings::Settings;
use crate::workspace::DOCUMENT;

pub(super) const TITLE: &str = "Generating the client";
const ROUNDS: usize = 5;

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let shell = &settings.shell;
    let program = generation(settings)?;
    let spec = settings.root.join(DOCUMENT);
    let xtask = env::current_exe().context("cannot find this program")?;
    let generator = openapi_generator(settings);
    let build = match cfg!(debug_assertions) {
        true => "debug",
        false => "release",
    };
    let mut names = vec![
        format!("`cargo xtask generate`, whole process, {build} build"),
        "progenitor alone, whole process, release build".to_owned(),
    ];
    let mut commands = vec![
        cmd!(shell, "{xtask} generate --check"),
        cmd!(shell, "{program} progenitor {spec}"),
    ];
    if let Ok(generator) = &generator {
        names.push(format!(
            "openapi-generator {OPENAPI_GENERATOR}, whole process"
        ));
        let client = settings.target.join("openapi-generator-client");
        commands.push(openapi_generator_run(settings, generator, &client));
    }
    let times = medians(ROUNDS, &mut commands)?;
    let base = times[0].0;
    let row = |name: String, cpu: Duration, wall: String, base: Duration| {
        let ratio = ratio(cpu.as_secs_f64(), base.as_secs_f64());
        vec![name, time(cpu), wall, ratio]
    };
    let mut rows: Vec<Vec<String>> = names
        .into_iter()
        .zip(&times)
        .map(|(name, (cpu, wall))| row(name, *cpu, time(*wall), base))
        .collect();
    let ours = shortest(&mut cmd!(shell, "{program} stages {spec}"))?;
    let ours = stage_time(&ours, "generate")?;
    let alone = shortest(&mut cmd!(shell, "{program} progenitor {spec}"))?;
    let alone = stage_time(&alone, "progenitor")?;
    rows.push(row(
        "opentact-gen, in process, release build".to_owned(),
        ours,
        String::new(),
        ours,
    ));
    rows.push(row(
        "progenitor alone, in process, release build".to_owned(),
        alone,
        String::new(),
        ours,
    ));
    let mut section = Section {
        title: TITLE,
        method: format!(
            "From `{DOCUMENT}` to the text of the client. Whole processes: median of {ROUNDS} runs\n\
             in turn, with the ratio to `cargo xtask generate` as contributors run it. In process: the\n\
             shortest of {} runs, with the ratio to opentact-gen. progenitor alone reads the spec with\n\
             `serde-saphyr`, checks nothing, and formats its code with prettyplease. Its code sends no token\n\
             and returns envelopes.",
            scale::ROUNDS
        ),
        columns: &["", "CPU time", "wall time", "CPU time : ours"],
        rows,
        goals: Vec::new(),
    };
    if let Err(error) = generator {
        section.skip("openapi-generator", &error);
    }
    Ok(section)
}
