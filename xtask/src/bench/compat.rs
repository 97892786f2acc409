//! Comparing two versions of published documents, beside other tools.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;
use xshell::cmd;

use super::process::{cargo, run};
use super::section::{Goal, Section, ratio, time};
use super::settings::Settings;

pub(super) const TITLE: &str = "Comparing two versions of a document";
/// The script that installs the tools and the documents, and measures.
const SCRIPT: &str = "openapi-compat/comparison/bench.py";
const OURS: &str = "openapi-compat";
/// The allowed ratio of the peak memory to the size of a document.
const MEMORY: f64 = 20.0;

/// The figures of a tool for a pair of documents.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Figure {
    cpu: Duration,
    /// The peak memory in MiB.
    memory: f64,
}

/// The output of the script.
#[derive(Debug, PartialEq)]
struct Figures {
    pairs: Vec<String>,
    /// The size of the larger document of each pair in MiB.
    sizes: Vec<f64>,
    /// The figures of each tool, one for each pair that it compares.
    tools: Vec<(String, Vec<Option<Figure>>)>,
    /// The reason for each tool that was not run.
    skipped: BTreeMap<String, String>,
}

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    let shell = &settings.shell;
    let build = cargo(settings, "build", &settings.root);
    run(&mut build.args(["--release", "--package", OURS]))?;
    let program = settings.target.join("cargo/release").join(OURS);
    let folder = settings.target.join("comparison");
    let brief = settings.brief.then_some("--brief");
    let script = run(&mut cmd!(
        shell,
        "python3 {SCRIPT} --folder {folder} --binary {program} {brief...}"
    ))?;
    section(&read(&script.stdout)?)
}

fn section(figures: &Figures) -> Result<Section> {
    let ours = figures
        .tools
        .iter()
        .find(|(name, _)| name.starts_with(OURS));
    let (_, ours) = ours.context("the script printed no figures of this tool")?;
    let mut rows = Vec::new();
    let mut memory = 0.0_f64;
    for (place, pair) in figures.pairs.iter().enumerate() {
        let size = figures.sizes[place];
        let own = ours[place].with_context(|| format!("{OURS} does not compare {pair}"))?;
        // Below some MiB, the program itself counts for more than the document.
        if size >= 1.0 {
            memory = memory.max(own.memory / size);
        }
        for (tool, of_tool) in &figures.tools {
            rows.push(row(
                &format!("{size:.1} MiB: {tool}"),
                of_tool[place],
                own,
                size,
            ));
        }
    }
    let mut section = Section {
        title: TITLE,
        method: format!(
            "Two versions of a document that npm has, named by the size of the larger one:{}.\n\
             Whole processes in turn, release builds, from the files to the verdict; median of 3 runs. The\n\
             other tools are those of `openapi-compat/comparison/README.md`. openapi-compat proves its verdicts.\n\
             oasdiff checks rules, and the others compare keywords.",
            documents(figures)
        ),
        columns: &[
            "",
            "CPU time",
            "CPU time : ours",
            "peak memory",
            "memory : size",
        ],
        rows,
        goals: vec![Goal {
            text: format!(
                "the peak memory is at most {MEMORY:.0} times the size of a document of more than 1 MiB"
            ),
            met: memory <= MEMORY,
        }],
    };
    for (tool, reason) in &figures.skipped {
        section.skip(tool, &anyhow!("{reason}"));
    }
    Ok(section)
}

/// Returns the documents with their sizes.
fn documents(figures: &Figures) -> String {
    let sizes = figures
        .sizes
        .iter()
        .map(|size| format!("\n{size:.1} MiB, "));
    let documents = sizes.zip(&figures.pairs).map(|(size, pair)| size + pair);
    documents.collect::<Vec<_>>().join(";")
}

fn row(name: &str, figure: Option<Figure>, ours: Figure, size: f64) -> Vec<String> {
    let mut cells = vec![name.to_owned()];
    match figure {
        Some(figure) => cells.extend([
            time(figure.cpu),
            ratio(figure.cpu.as_secs_f64(), ours.cpu.as_secs_f64()),
            format!("{:.0} MiB", figure.memory),
            format!("{:.0}", figure.memory / size),
        ]),
        None => cells.extend(["fails", "", "", ""].map(str::to_owned)),
    }
    cells
}

/// Reads the output of the script.
fn read(output: &str) -> Result<Figures> {
    let value: Value = serde_json::from_str(output)
        .with_context(|| format!("{SCRIPT} printed no figures:\n{output}"))?;
    let figures = parse(&value).with_context(|| format!("{SCRIPT} printed others:\n{output}"))?;
    let pairs = figures.pairs.len();
    ensure!(
        figures.sizes.len() == pairs && figures.tools.iter().all(|(_, it)| it.len() == pairs),
        "{SCRIPT} printed figures of other pairs:\n{output}"
    );
    Ok(figures)
}

fn parse(value: &Value) -> Option<Figures> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let figure = |value: &Value| {
        let cpu = Duration::try_from_secs_f64(value["cpu"].as_f64()?).ok()?;
        let memory = value["memory"].as_f64()?;
        Some(Figure { cpu, memory })
    };
    let tool = |value: &Value| {
        let figures = value.get(1)?.as_array()?.iter().map(figure).collect();
        Some((text(value.get(0)?)?, figures))
    };
    let reason = |(name, reason): (&String, &Value)| Some((name.clone(), text(reason)?));
    Some(Figures {
        pairs: value["pairs"]
            .as_array()?
            .iter()
            .map(text)
            .collect::<Option<_>>()?,
        sizes: value["sizes"]
            .as_array()?
            .iter()
            .map(Value::as_f64)
            .collect::<Option<_>>()?,
        tools: value["tools"]
            .as_array()?
            .iter()
            .map(tool)
            .collect::<Option<_>>()?,
        skipped: value["skipped"]
            .as_object()?
            .iter()
            .map(reason)
            .collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = r#"{"pairs": ["one to two"], "sizes": [2.0], "skipped": {"drift": "no network"},
        "tools": [["openapi-compat 0.1.0", [{"cpu": 0.5, "memory": 30.0}]], ["oasdiff 1.28.0", [null]],
                  ["api-smart-diff 1.0.6", [{"cpu": 1.0, "memory": 50.0}]]]}"#;

    #[test]
    fn section_has_a_row_for_each_tool_and_pair() {
        let section = section(&read(OUTPUT).unwrap()).unwrap();
        let rows: Vec<String> = section.rows.iter().map(|row| row.join("; ")).collect();
        assert_eq!(
            rows,
            [
                "2.0 MiB: openapi-compat 0.1.0; 500 ms; 1.00; 30 MiB; 15",
                "2.0 MiB: oasdiff 1.28.0; fails; ; ; ",
                "2.0 MiB: api-smart-diff 1.0.6; 1.0 s; 2.00; 50 MiB; 25",
                "drift; skipped: no network; ; ; ",
            ]
        );
        assert!(section.goals[0].met);
    }

    #[test]
    fn section_misses_the_goal_if_a_process_takes_more_memory() {
        let output = OUTPUT.replace("30.0", "41.0");
        let section = section(&read(&output).unwrap()).unwrap();
        assert!(section.misses_a_goal());
    }

    #[test]
    fn read_of_figures_for_other_pairs_is_an_error() {
        let output = OUTPUT.replace("\"sizes\": [2.0]", "\"sizes\": []");
        let error = read(&output).unwrap_err().to_string();
        assert!(error.contains("other pairs"), "{error}");
    }
}
