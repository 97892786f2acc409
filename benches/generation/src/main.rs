//! Derives clients and compares specs in this process, and prints how much CPU time each stage took
//! as one line of JSON.
//!
//! ```console
//! $ generation stages SPEC         all stages, one by one
//! $ generation progenitor SPEC     progenitor alone, as its README has it in a build script
//! $ generation client SPEC FILE    the same, and the code is written to a file
//! $ generation scale OPERATIONS    a synthetic spec of so many operations: stages and comparison
//! ```

#[path = "../../../opentact-gen/tests/support/large.rs"]
mod large;

use std::error::Error;
use std::time::Duration;
use std::{env, fs, hint};

use cpu_time::ProcessTime;
use opentact_gen::diff::wire_changes;
use opentact_gen::{Source, check, generate_tokens, harden, load, prepare, render};
use serde_json::{Map, Value, json};

/// Adds up the CPU time of stages.
#[derive(Default)]
struct Stages(Map<String, Value>);

impl Stages {
    fn time<T>(&mut self, stage: &str, work: impl FnOnce() -> T) -> T {
        let start = ProcessTime::now();
        let result = hint::black_box(work());
        self.note(stage, start.elapsed());
        result
    }

    fn note(&mut self, stage: &str, time: Duration) {
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

/// All stages, from the text of a spec to that of the code.
fn generation(path: &str, text: &str) -> Result<Stages, Box<dyn Error>> {
    let mut stages = Stages::default();
    let start = ProcessTime::now();
    let document = stages.time("load", || load(Source::new(path, text)))?;
    stages.time("check", || check(&document))?;
    let prepared = stages.time("prepare", || prepare(&document))?;
    let tokens = stages.time("progenitor", || generate_tokens(&prepared))?;
    let code = stages.time("harden", || harden(tokens, &prepared.facts))?;
    stages.time("render", || render(&code, &document.sources));
    stages.note("generate", start.elapsed());
    Ok(stages)
}

/// From the text of a spec to that of the code by progenitor, as it is.
fn progenitor(text: &str) -> Result<(Stages, String), Box<dyn Error>> {
    let mut stages = Stages::default();
    let start = ProcessTime::now();
    let spec: openapiv3::OpenAPI = serde_saphyr::from_str(text)?;
    let tokens = ::progenitor::Generator::default().generate_tokens(&spec)?;
    let code = prettyplease::unparse(&syn::parse2(tokens)?);
    stages.note("progenitor", start.elapsed());
    Ok((stages, code))
}

/// A synthetic spec, and the same with every page edited.
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
        return Err(format!("{pages} pages, and {changes} changes").into());
    }
    Ok(stages)
}
