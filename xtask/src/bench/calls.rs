//! One call, client side: instructions and allocations.

use std::path::Path;

use super::comparands::openapi_generator_package;
use super::process::{Server, examples};
use super::section::{Goal, Section, count, ratio};
use super::{Bench, BenchError, valgrind};

pub(super) const TITLE: &str = "One call";

/// What is done before anything is counted: the client is made, its connection is opened.
const FEW: u32 = 100;
const MANY: u32 = 600;
/// How many times the instructions of a call by hand a call may take.
const LIMIT: f64 = 1.05;
const OPENTACT: &str = "opentact-api";
const BY_HAND: &str = "reqwest and serde_json, by hand";
const OPENAPI_GENERATOR: &str = "openapi-generator's client";

struct Cost {
    instructions: f64,
    allocations: f64,
}

pub(super) fn measure(bench: &Bench) -> Result<Section, BenchError> {
    valgrind::required()?;
    let mut section = Section {
        title: TITLE,
        method: format!(
            "`list_groups`, answered with two groups by a server in another process, over a kept\n\
             connection without TLS, on one thread: what {MANY} calls take more than {FEW} do, divided by {}.\n\
             By hand there are limits in time and no redirects, as in opentact-api, and the envelope is\n\
             looked at; there is no repetition, no limit to the size of an answer, no error that says what\n\
             happened where, and no `tracing`. openapi-generator's client has none of these, and no limits in\n\
             time. The three allocations that opentact-api makes more than by hand are the copy of the\n\
             request (its URL and headers) that is kept to be sent again.",
            MANY - FEW
        ),
        columns: &["", "instructions", "allocations", "instructions : by hand"],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    let programs = examples(bench, &bench.package("by-hand"))?;
    let server = Server::start(&programs.join("server"))?;
    let cost = |folder: &Path| -> Result<Cost, BenchError> {
        let program = folder.join("call");
        Ok(Cost {
            instructions: each(&server, |arguments| {
                valgrind::instructions(&program, arguments)
            })?,
            allocations: each(&server, |arguments| {
                valgrind::allocations(&program, arguments)
            })?,
        })
    };
    let by_hand = cost(&programs)?;
    let opentact = cost(&examples(bench, &bench.package("opentact"))?)?;
    section.rows.push(row(OPENTACT, &opentact, &by_hand));
    section.rows.push(row(BY_HAND, &by_hand, &by_hand));
    if !bench.brief {
        let generated = openapi_generator_package(bench)
            .and_then(|package| examples(bench, &package))
            .and_then(|programs| cost(&programs));
        match generated {
            Ok(cost) => section.rows.push(row(OPENAPI_GENERATOR, &cost, &by_hand)),
            Err(error) => section.skip(OPENAPI_GENERATOR, &error.reason()),
        }
    }
    section.goals.push(Goal {
        text: format!("a call takes at most {LIMIT:.2} times the instructions of one by hand"),
        met: opentact.instructions <= by_hand.instructions * LIMIT,
    });
    Ok(section)
}

fn row(what: &str, cost: &Cost, base: &Cost) -> Vec<String> {
    vec![
        what.to_owned(),
        count(cost.instructions),
        count(cost.allocations),
        ratio(cost.instructions, base.instructions),
    ]
}

/// What one more call takes.
fn each(
    server: &Server,
    figure: impl Fn(&[&str]) -> Result<f64, BenchError>,
) -> Result<f64, BenchError> {
    let of = |calls: u32| figure(&[&server.url, &calls.to_string(), "1"]);
    Ok((of(MANY)? - of(FEW)?) / f64::from(MANY - FEW))
}
