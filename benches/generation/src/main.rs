//! Generates clients and compares specs in this process. Prints the CPU time of each stage as one
//! line of JSON.
//!
//! ```console
//! $ generation stages SPEC         all stages, one by one
//! $ generation progenitor SPEC     progenitor alone, as a build script in its README uses it
//! $ generation client SPEC FILE PAGE...    the same for some files of the spec, and writes the code to a file
//! $ generation scale OPERATIONS    a synthetic spec of this size: all stages, and a comparison
//! ```

#[path = "../../../opentact-gen/tests/it/support/large.rs"]
mod large;
mod pages;

use std::error::Error;
use std::time::Duration;
use std::{env, fs, hint};

use cpu_time::ProcessTime;
use openapi_compat::{Options, compare};
use openapi_tree::{Source, load, load_valid};
use opentact_gen::{check, stages};
use serde_json::{Map, Value, json};

/// The CPU time of each stage, in seconds.
#[derive(Default)]
struct Times(Map<String, Value>);

impl Times {
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
    let times =
        match arguments[..] {
            ["stages", path] => generation(path, &fs::read_to_string(path)?)?,
            ["progenitor", path] => progenitor(&fs::read_to_string(path)?)?.0,
            ["client", path, file, ref pages @ ..] => {
                let spec = pages::only(&fs::read_to_string(path)?, pages)?;
                let (times, code) = progenitor(&spec)?;
                fs::write(file, code)?;
                times
            }
            ["scale", operations] => scale(operations.parse()?)?,
            _ => return Err(
                "usage: generation stages|progenitor SPEC, client SPEC FILE PAGE..., or scale OPERATIONS"
                    .into(),
            ),
        };
    println!("{}", Value::Object(times.0));
    Ok(())
}

/// Runs all stages of opentact-gen, from the text of a spec to the text of the code.
fn generation(path: &str, text: &str) -> Result<Times, Box<dyn Error>> {
    let mut times = Times::default();
    let start = ProcessTime::now();
    let document = times.time("load", || load(Source::new(path, text)))?;
    times.time("rules", || check(&document))?;
    let lowered = times.time("lower", || stages::lower(&document))?;
    let tokens = times.time("progenitor", || stages::progenitor(&lowered))?;
    let code = times.time("rewrite", || stages::rewrite(tokens, &lowered.ir))?;
    times.time("render", || stages::render(&code, &document.sources));
    times.add("generate", start.elapsed());
    Ok(times)
}

/// Runs progenitor alone, from the text of a spec to the text of the code.
fn progenitor(text: &str) -> Result<(Times, String), Box<dyn Error>> {
    let mut times = Times::default();
    let start = ProcessTime::now();
    let spec: openapiv3::OpenAPI = serde_saphyr::from_str(text)?;
    let tokens = ::progenitor::Generator::default().generate_tokens(&spec)?;
    let code = prettyplease::unparse(&syn::parse2(tokens)?);
    times.add("progenitor", start.elapsed());
    Ok((times, code))
}

/// Generates from a synthetic spec, and compares it with one in which each page is edited.
fn scale(operations: usize) -> Result<Times, Box<dyn Error>> {
    let pages = operations / large::PAGE;
    let base = large::large(pages);
    let head = base.replace("maxLength: 80", "maxLength: 60");
    let mut times = generation("large.yaml", &base)?;
    let changes = times.time("diff", || -> Result<_, Box<dyn Error>> {
        let base = load_valid(Source::new("base.yaml", &base))?;
        let head = load_valid(Source::new("head.yaml", &head))?;
        Ok(compare(&base, &head, &Options::default()).len())
    })?;
    if changes != pages {
        return Err(format!("{changes} changes instead of {pages}").into());
    }
    Ok(times)
}
