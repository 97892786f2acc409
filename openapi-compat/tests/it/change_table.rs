//! The table of edits, each with the changes that it causes in both directions.

mod fragments;
mod rows;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use openapi_compat::{Change, ChangeId, Direction, Level};

use self::fragments::ROWS;
use self::rows::{OF_EVENTS, OF_GROUPS, OF_ORDERS};
use crate::support::mutations::MUTATIONS;
use crate::support::{changes, changes_between, document, document_of_any_version, level};

/// A fixed revision of the real document, so that operations added later do not change the table.
const GROUPS: &str = include_str!("../../../opentact-gen/tests/fixtures/groups.yaml");
/// A document with everything that `groups.yaml` lacks.
const ORDERS: &str = include_str!("../fixtures/orders.yaml");
/// A document of OpenAPI 3.1.
const EVENTS: &str = include_str!("../fixtures/events.yaml");

/// The operations by short names. All of them together are `all`.
const OPERATIONS: [(&str, &str); 17] = [
    ("GET /app/group", "list"),
    ("GET /app/groups", "list"),
    ("POST /app/group", "create"),
    ("POST /app/groups", "create"),
    ("PATCH /app/group/{uuid}", "update"),
    ("PATCH /app/group/{id}", "update"),
    ("PUT /app/group/{uuid}", "update"),
    ("DELETE /app/group/{uuid}", "delete"),
    ("DELETE /app/group/{id}", "delete"),
    ("GET /app/group/{uuid}/users", "users"),
    ("POST /app/group/{uuid}/users", "add_users"),
    ("PATCH /app/group/{uuid}/users/{sip_user_uuid}", "add_user"),
    (
        "DELETE /app/group/{uuid}/users/{sip_user_uuid}",
        "remove_user",
    ),
    ("GET /orders", "list"),
    ("POST /orders", "create"),
    ("PUT /orders", "create"),
    ("PUT /orders/{id}", "replace"),
];
const ALL: [&str; 2] = [
    "list, create, update, delete, users, add_users, add_user, remove_user",
    "list, create, get",
];

/// A row, compared in one direction.
pub(crate) struct Comparison {
    title: String,
    expected: &'static str,
    pub(crate) changes: Vec<Change>,
}

/// All rows, compared in both directions.
pub(crate) static COMPARISONS: LazyLock<Vec<Comparison>> = LazyLock::new(|| {
    let (groups, orders) = (document(GROUPS), document(ORDERS));
    let events = document_of_any_version(EVENTS);
    let of_groups = OF_GROUPS.iter().map(|row| (GROUPS, &groups, row));
    let of_orders = OF_ORDERS.iter().map(|row| (ORDERS, &orders, row));
    let of_events = OF_EVENTS.iter().map(|row| (EVENTS, &events, row));
    let both_directions =
        of_groups
            .chain(of_orders)
            .chain(of_events)
            .flat_map(|(text, original, row)| {
                let known = MUTATIONS.iter().find(|mutation| mutation.name == row.name);
                let edit = row.edit.as_ref().or(known).expect(row.name);
                let edited = document_of_any_version(&edit.of(text).expect(row.name));
                [
                    Comparison {
                        title: format!("{}, forward", row.name),
                        expected: row.forward,
                        changes: changes_between(original, &edited),
                    },
                    Comparison {
                        title: format!("{}, backward", row.name),
                        expected: row.backward,
                        changes: changes_between(&edited, original),
                    },
                ]
            });
    let of_fragments = ROWS.iter().flat_map(|row| {
        let [base, head] = [row.base, row.head].map(|fragment| {
            let text = fragments::document(row.place, fragment);
            document_of_any_version(&text)
        });
        [
            Comparison {
                title: format!("{}, forward", row.name),
                expected: row.forward,
                changes: changes_between(&base, &head),
            },
            Comparison {
                title: format!("{}, backward", row.name),
                expected: row.backward,
                changes: changes_between(&head, &base),
            },
        ]
    });
    both_directions.chain(of_fragments).collect()
});

/// Returns the changes in the words of the table, each once.
fn summary(changes: &[Change]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for change in changes {
        let short = |title: &str| {
            let known = OPERATIONS.iter().find(|(known, _)| *known == title);
            known.map_or("get", |(_, short)| short)
        };
        let operations: Vec<&str> = change.operations.iter().map(short).collect();
        let mut operations = operations.join(", ");
        if ALL.contains(&operations.as_str()) {
            operations = "all".to_owned();
        }
        let direction = match change.direction {
            Direction::Metadata => String::new(),
            direction => format!(" {direction}"),
        };
        let line = match operations.is_empty() {
            true => format!("{}{direction}", change.level),
            false => format!("{}{direction}: {operations}", change.level),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("; ")
}

#[test]
fn edits_cause_the_expected_changes_in_both_directions() {
    let wrong = COMPARISONS.iter().filter_map(|comparison| {
        let summary = summary(&comparison.changes);
        let title = &comparison.title;
        (summary != comparison.expected).then(|| format!("{title}: {summary:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mutations_of_groups_all_have_a_row() {
    let known = MUTATIONS.iter().filter(|known| known.of(GROUPS).is_some());
    let missing: Vec<&str> = known
        .map(|mutation| mutation.name)
        .filter(|name| !OF_GROUPS.iter().any(|row| row.name == *name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn change_ids_are_reached_by_a_row() {
    let changes = COMPARISONS.iter().flat_map(|known| &known.changes);
    let reached: BTreeSet<ChangeId> = changes.map(|change| change.id).collect();
    let missing = ChangeId::ALL.iter().filter(|id| !reached.contains(id));
    let missing: Vec<&str> = missing.map(|id| id.as_str()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn messages_of_all_rows_match_the_snapshot() {
    let changes = COMPARISONS.iter().flat_map(|known| &known.changes);
    let lines: BTreeSet<String> = changes
        .map(|change| format!("{}: {}", change.id, change.message()))
        .collect();
    let lines: Vec<String> = lines.into_iter().collect();
    insta::assert_snapshot!("messages", lines.join("\n"));
}

/// Without a mapping, a discriminator transmits the names of the components.
#[test]
fn alternative_renamed_without_mapping_is_breaking() {
    let renamed = ORDERS
        .replace("schemas/Card", "schemas/Cash")
        .replace("    Card:", "    Cash:");
    for (base, head) in [(ORDERS, renamed.as_str()), (&renamed, ORDERS)] {
        assert_eq!(level(&changes(base, head)), Some(Level::Breaking));
    }
}

/// Two paths can share a path item by reference.
#[test]
fn path_item_by_reference_added_and_removed_is_compared() {
    let alias = ORDERS.replace(
        "components:\n",
        "  /order/{id}: { $ref: \"#/paths/~1orders~1{id}\" }\ncomponents:\n",
    );
    let (added, removed) = (changes(ORDERS, &alias), changes(&alias, ORDERS));
    assert_eq!(level(&added), Some(Level::Additive), "{added:?}");
    assert_eq!(level(&removed), Some(Level::Breaking), "{removed:?}");
}

#[test]
fn example_by_reference_changed_is_documentation() {
    for (from, to) in [
        ("name: Sales EMEA", "name: Sales APAC"),
        ("Sales", "Support"),
    ] {
        let edited = GROUPS.replace(from, to);
        assert_ne!(edited, GROUPS);
        let changes = changes(GROUPS, &edited);
        let examples = changes
            .iter()
            .filter(|change| change.id == ChangeId::ExampleChanged);
        assert!(examples.count() > 0, "{from}: {changes:?}");
        assert_eq!(level(&changes), Some(Level::Documentation), "{from}");
    }
}

/// The names of components and security schemes are in no request and in no response.
#[test]
fn component_renamed_is_unchanged() {
    for (from, to) in [("Event", "Happening"), (" Key:", " ApiKey:")] {
        let renamed = ORDERS.replace(from, to);
        assert_ne!(renamed, ORDERS);
        for (base, head) in [(ORDERS, renamed.as_str()), (&renamed, ORDERS)] {
            assert_eq!(changes(base, head), [], "{from}");
        }
    }
}
