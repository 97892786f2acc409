//! Generates clients and compares specs in this process. Prints the CPU time of each stage as one
//! line of JSON.
//!
//! ```console
//! $ generation stages SPEC         all stages, one by one
//! $ generation progenitor SPEC     progenitor alone, as a build script in its README uses it
//! $ generation client SPEC FILE    the same, and writes the code to a file
//! $ generation scale OPERATIONS    a synthetic spec of this size: all stages, and a comparison
//! ```

#[path = "../../../opentact-gen/tests/it/support/large.rs"]
mod large;

use std::error::Error;
use std::time::Duration;
use std::{env, fs, hint};

use cpu_time::ProcessTime;
use opentact_gen::diff::wire_changes;
use opentact_gen::{Source, check, generate_tokens, harden, load, prepare, render};
use serde_json::{Map, Value, json};

/// The CPU time of each stage, in seconds.
#[derive(Default)]
struct Stages(Map<String, Value>);

impl Stages {
    fn time<T>(&mut self, stage: &str, work: impl FnOnce() -> T) -> T {
        let start = ProcessTime::now();
        let result = hint::black_box(work());
        self.add(stage, start.elapsed());
        result
    }

    fn add(&mut self, stage: &str, time: Duration) {
        self.0.insert(stage.to_owned(), json!(time.as_secs_f64()));
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let stages =
        match arguments[..] {
            ["stages", path] => generation(path, &fs::read_to_string(path)?)?,
            ["progenitor", path] => progenitor(&fs::read_to_string(path)?)?.0,
            ["client", path, file] => {
                let (stages, code) = progenitor(&fs::read_to_string(path)?)?;
                fs::write(file, code)?;
                stages
            }
            ["scale", operations] => scale(operations.parse()?)?,
            _ => return Err(
                "usage: generation stages|progenitor SPEC, client SPEC FILE, or scale OPERATIONS"
                    .into(),
            ),
        };
    println!("{}", Value::Object(stages.0));
    Ok(())
}

/// Runs all stages of opentact-gen, from the text of a spec to the text of the code.
fn generation(path: &str, text: &str) -> Result<Stages, Box<dyn Error>> {
    let mut stages = Stages::default();
    let start = ProcessTime::now();
    let document = stages.time("load", || load(Source::new(path, text)))?;
    stages.time("check", || check(&document))?;
    let prepared = stages.time("lower", || prepare(&document))?;
    let tokens = stages.time("progenitor", || generate_tokens(&prepared))?;
    let code = stages.time("rewrite", || harden(tokens, &prepared.facts))?;
    stages.time("render", || render(&code, &document.sources));
    stages.add("generate", start.elapsed());
    Ok(stages)
}

/// Runs progenitor alone, from the text of a spec to the text of the code.
fn progenitor(text: &str) -> Result<(Stages, String), Box<dyn Error>> {
    let mut stages = Stages::default();
    let start = ProcessTime::now();
    let spec: openapiv3::OpenAPI = serde_saphyr::from_str(text)?;
    let tokens = ::progenitor::Generator::default().generate_tokens(&spec)?;
    let code = prettyplease::unparse(&syn::parse2(tokens)?);
    stages.add("progenitor", start.elapsed());
    Ok((stages, code))
}

/// Generates from a synthetic spec, and compares it with one in which each page is edited.
fn scale(operations: usize) -> Result<Stages, Box<dyn Error>> {
    let pages = operations / large::PAGE;
    let base = large::large(pages);
    let head = base.replace("maxLength: 80", "maxLength: 60");
    let mut stages = generation("large.yaml", &base)?;
    let changes = stages.time("diff", || -> Result<_, Box<dyn Error>> {
        let base = load(Source::new("base.yaml", &base))?;
        let head = load(Source::new("head.yaml", &head))?;
        Ok(wire_changes(&base, &head).len())
    })?;
    if changes != pages {
        return Err(format!("{changes} changes instead of {pages}").into());
    }
    Ok(stages)
}
