//! Deriving the client from the spec, beside what else derives clients.

use std::env;
use std::process::Command;
use std::time::Duration;

use super::comparands::{OPENAPI_GENERATOR, openapi_generator, openapi_generator_run};
use super::process::{generation, medians};
use super::scale::shortest;
use super::section::{Section, ratio, time};
use super::{Bench, BenchError};
use crate::files::DOCUMENT;

pub(super) const TITLE: &str = "Regenerating the client";
const ROUNDS: usize = 5;

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    let program = generation(bench)?;
    let spec = bench.root.join(DOCUMENT);
    let xtask = env::current_exe().map_err(BenchError::io(&bench.root))?;
    let mut whole = Command::new(xtask);
    whole.current_dir(&bench.root).args(["generate", "--check"]);
    let mut progenitor = Command::new(&program);
    progenitor.arg("progenitor").arg(&spec);
    let generator = openapi_generator(bench);
    let build = match cfg!(debug_assertions) {
        true => "debug",
        false => "release",
    };
    let mut names = vec![
        format!("`cargo xtask generate`, whole process, {build} build"),
        "progenitor alone, whole process, release build".to_owned(),
    ];
    let mut commands = vec![whole, progenitor];
    if let Ok(generator) = &generator {
        names.push(format!(
            "openapi-generator {OPENAPI_GENERATOR}, whole process"
        ));
        let client = bench.target.join("openapi-generator-client");
        commands.push(openapi_generator_run(bench, generator, &client));
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
    let path = spec.to_string_lossy();
    let ours = seconds(shortest(&program, &["stages", &path])?.get("generate"));
    let alone = seconds(shortest(&program, &["progenitor", &path])?.get("progenitor"));
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
            "From `{DOCUMENT}` to the text of the client. Whole processes: median of {ROUNDS} runs in turn, and\n\
             the ratio is to `cargo xtask generate` as contributors run it; in process: the shortest of 5, and\n\
             the ratio is to opentact-gen. progenitor alone reads the spec with `serde-saphyr`, checks\n\
             nothing, and its code is formatted with prettyplease; that code knows no token, and its answers\n\
             are envelopes."
        ),
        columns: &["", "CPU time", "wall time", "CPU time : ours"],
        rows,
        goals: Vec::new(),
    };
    if let Err(error) = generator {
        section.skip("openapi-generator", &error.reason());
    }
    Ok(section)
}

fn seconds(time: Option<&f64>) -> Duration {
    Duration::from_secs_f64(time.copied().unwrap_or_default())
}
