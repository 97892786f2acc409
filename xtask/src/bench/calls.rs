//! The instructions and allocations that a call costs the client.

use std::path::Path;

use anyhow::Result;

use super::competitors::openapi_generator_package;
use super::process::{Server, examples};
use super::section::{Goal, Section, count, ratio};
use super::settings::Settings;
use super::valgrind;

pub(super) const TITLE: &str = "One call";

/// The numbers of calls in two runs. Their difference excludes the making of the client and the
/// opening of its connection.
const FEW: u32 = 100;
const MANY: u32 = 600;
/// The allowed ratio of the instructions of a call to those of the hand-written one.
const LIMIT: f64 = 1.05;
const OPENTACT: &str = "opentact-api";
const BY_HAND: &str = "hand-written, with reqwest and serde_json";
const OPENAPI_GENERATOR: &str = "openapi-generator's client";

struct Cost {
    instructions: f64,
    allocations: f64,
}

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    valgrind::require(&settings.shell)?;
    let mut section = Section {
        title: TITLE,
        method: format!(
            "A call of `list_groups`. A server in another process responds with two groups, over one\n\
             connection without TLS that stays open. The client runs on one thread. The figures are the\n\
             difference between {MANY} and {FEW} calls, divided by {}.\n\
             The hand-written client has timeouts, follows no redirects and checks the envelope, as\n\
             opentact-api does. It has no retries, no size limit for responses, no errors with operation and\n\
             place, and no `tracing`. openapi-generator's client has none of these, and no timeouts.\n\
             opentact-api makes a few allocations more than the hand-written client, because it keeps a copy\n\
             of the request (URL and headers) for a retry.",
            MANY - FEW
        ),
        columns: &[
            "",
            "instructions",
            "allocations",
            "instructions : hand-written",
        ],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    let programs = examples(settings, &settings.package("by-hand"))?;
    let server = Server::start(&programs.join("server"))?;
    let cost = |folder: &Path| -> Result<Cost> {
        let program = folder.join("call");
        Ok(Cost {
            instructions: each(&server, |arguments| {
                valgrind::instructions(&settings.shell, &program, arguments)
            })?,
            allocations: each(&server, |arguments| {
                valgrind::allocations(&settings.shell, &program, arguments)
            })?,
        })
    };
    let by_hand = cost(&programs)?;
    let opentact = cost(&examples(settings, &settings.package("opentact"))?)?;
    section.rows.push(row(OPENTACT, &opentact, &by_hand));
    section.rows.push(row(BY_HAND, &by_hand, &by_hand));
    if !settings.brief {
        let generated = openapi_generator_package(settings)
            .and_then(|package| examples(settings, &package))
            .and_then(|programs| cost(&programs));
        match generated {
            Ok(cost) => section.rows.push(row(OPENAPI_GENERATOR, &cost, &by_hand)),
            Err(error) => section.skip(OPENAPI_GENERATOR, &error),
        }
    }
    section.goals.push(Goal {
        text: format!(
            "a call takes at most {LIMIT:.2} times the instructions of a hand-written one"
        ),
        met: opentact.instructions <= by_hand.instructions * LIMIT,
    });
    Ok(section)
}

fn row(name: &str, cost: &Cost, base: &Cost) -> Vec<String> {
    vec![
        name.to_owned(),
        count(cost.instructions),
        count(cost.allocations),
        ratio(cost.instructions, base.instructions),
    ]
}

/// Returns the figure for one call.
fn each(server: &Server, figure: impl Fn(&[&str]) -> Result<f64>) -> Result<f64> {
    let of = |calls: u32| figure(&[&server.url, &calls.to_string(), "1"]);
    Ok((of(MANY)? - of(FEW)?) / f64::from(MANY - FEW))
}
