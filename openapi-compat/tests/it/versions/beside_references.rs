//! Keywords beside a `$ref`.

use openapi_compat::{Change, Level};

use super::{around, changes};

/// Returns a document that refers to a component of each kind. The texts stand beside the references.
fn document(version: &str, texts: [&str; 5]) -> String {
    let [parameter, body, response, header, example] = texts;
    format!(
        "openapi: {version}
info: {{ title: Names, version: 1.0.0 }}
paths:
  /value:
    put:
      parameters: [{{ $ref: '#/components/parameters/P'{parameter} }}]
      requestBody: {{ $ref: '#/components/requestBodies/B'{body} }}
      responses:
        '204': {{ $ref: '#/components/responses/R'{response} }}
components:
  examples: {{ E: {{ summary: One., value: 1 }} }}
  headers: {{ H: {{ description: One., schema: {{ type: string }} }} }}
  parameters:
    P:
      name: p
      in: query
      description: One.
      schema: {{ type: integer }}
      examples: {{ e: {{ $ref: '#/components/examples/E'{example} }} }}
  requestBodies: {{ B: {{ description: One., content: {{ application/json: {{}} }} }} }}
  responses:
    R: {{ description: One., headers: {{ H: {{ $ref: '#/components/headers/H'{header} }} }} }}
"
    )
}

const NONE: [&str; 5] = [""; 5];

/// Returns the facts of the changes, which all concern the documentation.
#[track_caller]
fn facts(base: &str, head: &str) -> Vec<String> {
    let changes = changes(base, head);
    let is_documentation = |level: Level| level == Level::Documentation;
    assert!(
        changes.iter().all(|change| is_documentation(change.level)),
        "{changes:#?}"
    );
    let mut facts: Vec<String> = changes.iter().map(Change::fact).collect();
    facts.sort();
    facts
}

const TITLES: [&str; 5] = [
    "the query parameter `p`",
    "the request body",
    "the response `R`",
    "the header `H`",
    "the example `e` of the query parameter `p`",
];

#[test]
fn description_beside_a_reference_of_3_1_takes_the_place_of_the_other_one() {
    for (position, title) in TITLES.into_iter().enumerate() {
        let keyword = match position {
            4 => "summary",
            _ => "description",
        };
        let with = |text: &str| {
            let mut texts = NONE;
            let own = format!(", {keyword}: {text}");
            texts[position] = &own;
            document("3.1.0", texts)
        };
        let (without, same, other) = (document("3.1.0", NONE), with("One."), with("Two."));
        let changed = |old: &str, new: &str| {
            [format!(
                "`{keyword}` of {title} changed from `{old}` to `{new}`"
            )]
        };
        assert_eq!(facts(&without, &same), [""; 0]);
        assert_eq!(facts(&without, &other), changed("One.", "Two."));
        assert_eq!(facts(&other, &without), changed("Two.", "One."));
        assert_eq!(facts(&other, &with("Three.")), changed("Two.", "Three."));
        assert_eq!(facts(&other, &other), [""; 0]);
        // The text has no effect in OpenAPI 3.0.
        let upgraded = other.replace("3.1.0", "3.0.3");
        assert_eq!(facts(&upgraded, &other), changed("One.", "Two."));
        assert_eq!(facts(&other, &upgraded), changed("Two.", "One."));
    }
}

#[test]
fn keyword_beside_a_reference_has_no_effect_in_3_0() {
    let with = |text: &str| {
        let own = format!(", description: {text}");
        document("3.0.3", [&own; 5])
    };
    let facts = facts(&document("3.0.3", NONE), &with("Two."));
    for title in TITLES {
        let expected = format!(
            "`description` of {title} is now `Two.` (was unset), but it has no effect beside `$ref` in OpenAPI 3.0"
        );
        assert!(facts.contains(&expected), "{expected}\n{facts:#?}");
    }
    assert_eq!(facts.len(), TITLES.len(), "{facts:#?}");
}

#[test]
fn other_keyword_beside_a_reference_has_no_effect() {
    for version in ["3.0.3", "3.1.0"] {
        let mut texts = NONE;
        texts[0] = ", required: true";
        let changes = changes(&document(version, NONE), &document(version, texts));
        assert_eq!(changes.len(), 1, "{changes:#?}");
        assert!(changes[0].id.is_warning());
        assert_eq!(
            changes[0].fact(),
            "`required` of the query parameter `p` is now `true` (was unset), but it has no effect beside `$ref`"
        );
    }
}

#[test]
fn keyword_beside_a_reference_in_a_merged_schema_has_no_effect_in_3_0() {
    let with = |text: &str| {
        let schema = format!(
            "{{ allOf: [{{ $ref: '#/components/schemas/Card'{text} }}, {{ type: object, properties: {{ a: {{ type: string }} }} }}] }}"
        );
        around("3.0.3", &schema)
    };
    let (without, limited) = (with(""), with(", maxProperties: 3"));
    for (base, head, change) in [
        (&without, &limited, "is now `3` (was unset)"),
        (&limited, &without, "is now unset (was `3`)"),
        (
            &limited,
            &with(", maxProperties: 4"),
            "changed from `3` to `4`",
        ),
    ] {
        let expected = format!("`maxProperties` of the request body {change}");
        let facts = facts(base, head);
        assert!(!facts.is_empty());
        assert!(
            facts.iter().any(|fact| fact.starts_with(&expected)),
            "{facts:#?}"
        );
    }
    assert_eq!(facts(&limited, &limited), [""; 0]);
}
