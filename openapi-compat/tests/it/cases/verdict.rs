//! Verdicts in words: `breaking request; additive response`, or several of them with `or`.

use std::collections::BTreeMap;

use openapi_compat::{Change, Direction, Level};

/// Returns the most serious level above documentation for each direction.
fn levels(changes: &[Change]) -> BTreeMap<String, Level> {
    let mut levels = BTreeMap::new();
    for change in changes {
        let directions: &[Direction] = match change.direction {
            Direction::Both => &[Direction::Request, Direction::Response],
            Direction::Request => &[Direction::Request],
            Direction::Response => &[Direction::Response],
            Direction::Metadata => &[],
        };
        for direction in directions {
            if change.level > Level::Documentation {
                let level = levels.entry(direction.to_string()).or_insert(change.level);
                *level = change.level.max(*level);
            }
        }
    }
    levels
}

/// Returns the verdict of some changes.
pub(crate) fn actual(changes: &[Change]) -> String {
    let levels = levels(changes);
    let words: Vec<String> = levels
        .iter()
        .map(|(direction, level)| format!("{level} {direction}"))
        .collect();
    match (words.is_empty(), changes.is_empty()) {
        (false, _) => words.join("; "),
        (true, false) => "documentation".to_owned(),
        (true, true) => "unchanged".to_owned(),
    }
}

/// Returns `true` if the verdict of the changes is one of those expected. A level without a
/// direction stands for any direction.
pub(crate) fn fits(expected: &str, changes: &[Change]) -> bool {
    let verdict = actual(changes);
    let worst = levels(changes).into_values().max();
    expected.split(" or ").any(|expected| {
        let any_direction = worst.is_some_and(|level| level.to_string() == expected);
        expected == verdict || any_direction
    })
}
