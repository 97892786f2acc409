//! The instructions of decoding lists of users.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::competitors::openapi_generator_package;
use super::process::examples;
use super::section::{Goal, Section, count, ratio};
use super::settings::Settings;
use super::valgrind;

pub(super) const TITLE: &str = "Decoding a list of users";

/// The number of users of each list, and the number of times it is decoded.
const LISTS: [(u32, u32); 3] = [(1, 500), (1_000, 2), (100_000, 1)];
/// The allowed ratio of the instructions to those of serde_json with the same fields.
const LIMIT: f64 = 1.1;
const OPENTACT: &str = "opentact-api";
const BY_HAND: &str = "serde_json with the same fields";
const OPENAPI_GENERATOR: &str = "openapi-generator's types";

pub(super) fn measure(settings: &Settings) -> Result<Section> {
    valgrind::require(&settings.shell)?;
    let mut section = Section {
        title: TITLE,
        method: "The instructions for each user of a list whose users have every property: from the response\n\
                 body to the values, and dropping them. opentact-api opens the envelope as a call does, and\n\
                 overwrites secrets when they are dropped. It checks once that the body is UTF-8; so does\n\
                 openapi-generator's client, which decodes from a string. serde_json decodes from bytes, as\n\
                 reqwest's `json` does, and checks each string."
            .to_owned(),
        columns: &["", "1", "1,000", "100,000", "1,000 : serde_json"],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    let by_hand = each(settings, &examples(settings, &settings.package("by-hand"))?)?;
    let opentact = each(
        settings,
        &examples(settings, &settings.package("opentact"))?,
    )?;
    section.rows.push(row(OPENTACT, &opentact, &by_hand));
    section.rows.push(row(BY_HAND, &by_hand, &by_hand));
    if !settings.brief {
        let generated = openapi_generator_package(settings)
            .and_then(|package| examples(settings, &package))
            .and_then(|programs| each(settings, &programs));
        match generated {
            Ok(each) => section.rows.push(row(OPENAPI_GENERATOR, &each, &by_hand)),
            Err(error) => section.skip(OPENAPI_GENERATOR, &error),
        }
    }
    section.goals.push(Goal {
        text: format!(
            "decoding a list takes at most {LIMIT:.2} times the instructions of serde_json"
        ),
        met: opentact
            .iter()
            .zip(&by_hand)
            .all(|(ours, theirs)| *ours <= theirs * LIMIT),
    });
    Ok(section)
}

/// Counts the instructions for each user, of each list.
fn each(settings: &Settings, programs: &Path) -> Result<Vec<f64>> {
    let program = programs.join("decode");
    let lists = if settings.brief { &LISTS[..2] } else { &LISTS };
    let each = lists.iter().map(|(users, rounds)| {
        let file = list(settings, *users)?;
        let file = file.to_string_lossy();
        let count = |rounds: u32| {
            valgrind::instructions(&settings.shell, &program, &[&file, &rounds.to_string()])
        };
        Ok((count(*rounds)? - count(0)?) / f64::from(users * rounds))
    });
    each.collect()
}

/// Writes a response body with a list of users to a file.
fn list(settings: &Settings, users: u32) -> Result<PathBuf> {
    let shell = &settings.shell;
    let user = shell.read_file(settings.package("support").join("user.json"))?;
    let payload = vec![user.trim(); users as usize].join(",");
    let path = settings.target.join(format!("users-{users}.json"));
    shell.write_file(
        &path,
        format!(r#"{{"success":true,"payload":[{payload}]}}"#),
    )?;
    Ok(path)
}

fn row(name: &str, each: &[f64], base: &[f64]) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    row.extend(each.iter().map(|each| count(*each)));
    row.resize(LISTS.len() + 1, String::new());
    row.push(ratio(each[1], base[1]));
    row
}
