//! The explanations of the types of changes: their examples are compared, and the list of them is
//! fresh.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use openapi_compat::{ChangeId, Direction, Explanation, Level};

use crate::cases::markdown::revisions;
use crate::support::{changes_between, document_of_any_version};

/// Set to write the list of all explanations.
const UPDATE: &str = "UPDATE_CHANGES";

fn all() -> Vec<Explanation> {
    let ids = ChangeId::ALL.iter();
    ids.map(|id| id.explanation()).collect()
}

/// Returns the level of each direction that the example of an explanation reaches, and the ids.
fn of_example(explanation: &Explanation) -> (BTreeMap<Direction, Level>, BTreeSet<ChangeId>) {
    let documents = revisions(explanation.place, &explanation.example);
    let [base, head] = documents.map(|text| document_of_any_version(&text));
    let changes = changes_between(&base, &head);
    let mut levels = BTreeMap::new();
    let of_id = changes.iter().filter(|change| change.id == explanation.id);
    for change in of_id {
        let directions = match change.direction {
            Direction::Both => vec![Direction::Request, Direction::Response],
            direction => vec![direction],
        };
        for direction in directions {
            let level = levels.entry(direction).or_insert(change.level);
            *level = change.level.max(*level);
        }
    }
    (levels, changes.iter().map(|change| change.id).collect())
}

#[test]
fn examples_have_only_the_changes_and_the_levels_that_the_text_states() {
    let wrong = all().into_iter().filter_map(|explanation| {
        let stated = explanation.effects.iter();
        let stated = stated.map(|effect| (effect.direction, effect.level));
        let (levels, ids) = of_example(&explanation);
        let expected = explanation.with.iter().copied().chain([explanation.id]);
        let is_right = levels == stated.collect() && ids == expected.collect();
        (!is_right).then(|| format!("{}: {levels:?} {ids:?}", explanation.id))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn explanations_are_complete() {
    for explanation in all() {
        let texts = [
            explanation.area,
            explanation.meaning,
            explanation.author,
            explanation.client,
        ];
        let id = explanation.id;
        assert!(texts.iter().all(|text| !text.is_empty()), "{id}: {texts:?}");
        let reasons = explanation.effects.iter().map(|effect| effect.reason);
        for sentence in reasons.chain(texts.into_iter().skip(1)) {
            assert!(sentence.ends_with('.'), "{id}: {sentence}");
        }
    }
}

/// Returns the list of all types of changes: a table by area, and then the explanations.
fn list() -> String {
    let explanations = all();
    let mut areas: Vec<&str> = explanations.iter().map(|known| known.area).collect();
    let mut known = BTreeSet::new();
    areas.retain(|area| known.insert(*area));
    let mut list = format!(
        "# Types of changes\n\nEach of the {} types of changes has a stable id. `openapi-compat explain ID` \
         shows the same text. The level of a change depends on the direction of the messages and on a \
         proof, so that another edit of the same type can have another level than the example. \
         Options can set a level (`--level ID=LEVEL`) and accept a change (`--ignore FILE`).\n\n\
         This file is generated. `{UPDATE}=1 cargo test -p openapi-compat --test it explanations` \
         writes it.\n",
        explanations.len()
    );
    let of_area = |area: &str| {
        let all = explanations.iter();
        all.filter(|known| known.area == area).collect::<Vec<_>>()
    };
    for area in &areas {
        list += &format!("\n## {area}\n\n| Id | Meaning |\n|---|---|\n");
        for known in of_area(area) {
            list += &format!("| [`{0}`](#{0}) | {1} |\n", known.id, known.meaning);
        }
    }
    for known in areas.iter().flat_map(|area| of_area(area)) {
        list += &format!("\n## {}\n\n{}", known.id, known.to_markdown());
    }
    list
}

#[test]
fn list_of_changes_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/changes.md");
    let list = list();
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &list).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let is_fresh = written.replace("\r\n", "\n") == list;
    assert!(is_fresh, "set {UPDATE}=1 to write {}", path.display());
}
