//! Schemas with a discriminator that others include by `allOf`.

use openapi_compat::{Change, Level};

use super::changes;

/// Returns a document with a response of the type `Pet`.
fn document(discriminator: &str, cat: &str, others: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Pets, version: 1.0.0 }}
paths:
  /pet:
    get:
      responses:
        '200':
          description: The pet.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet' }} }} }}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {{ kind: {{ type: string }} }}
      discriminator: {{ propertyName: kind{discriminator} }}
    Cat: {{ allOf: [{{ $ref: '#/components/schemas/Pet' }}, {cat}] }}
    Dog: {{ allOf: [{{ $ref: '#/components/schemas/Pet' }}, {{ properties: {{ bark: {{ type: string }} }} }}] }}
    {others}
"
    )
}

const WIDE: &str = "{ properties: { claws: { type: integer }, name: { type: string } } }";
const NARROW: &str = "{ properties: { name: { type: string } } }";

fn messages(changes: &[Change], level: Level) -> Vec<String> {
    let of_level = changes.iter().filter(|change| change.level == level);
    of_level.map(Change::message).collect()
}

#[test]
fn schema_that_includes_the_one_with_a_discriminator_is_compared() {
    let mapping = ", mapping: { cat: Cat, dog: '#/components/schemas/Dog' }";
    for discriminator in ["", mapping] {
        let [wide, narrow] = [WIDE, NARROW].map(|cat| document(discriminator, cat, ""));
        assert_eq!(
            messages(&changes(&wide, &narrow), Level::Breaking),
            ["`Cat.claws` was removed: clients that read it can no longer rely on it"]
        );
        assert_eq!(
            messages(&changes(&narrow, &wide), Level::Additive),
            ["`Cat.claws` was added: clients ignore unknown properties"]
        );
    }
}

#[test]
fn schema_that_newly_includes_the_one_with_a_discriminator_is_a_new_value() {
    let lizard = "Lizard: { allOf: [{ $ref: '#/components/schemas/Cat' }] }";
    let [without, with] = ["", lizard].map(|others| document("", NARROW, others));
    assert_eq!(
        messages(&changes(&without, &with), Level::Breaking),
        [
            "the discriminator of `Pet` now has the value `Lizard`: clients may receive values that \
          they do not expect"
        ]
    );
    assert_eq!(
        messages(&changes(&with, &without), Level::Breaking),
        [""; 0]
    );
}

#[test]
fn value_mapped_to_another_schema_is_compared_with_it() {
    let [straight, crossed] = ["cat: Cat, dog: Dog", "cat: Dog, dog: Cat"]
        .map(|mapping| document(&format!(", mapping: {{ {mapping} }}"), WIDE, ""));
    let breaking = messages(&changes(&straight, &crossed), Level::Breaking);
    assert!(
        breaking.iter().any(|line| line.contains("`cat`")),
        "{breaking:#?}"
    );
    assert!(
        breaking.iter().any(|line| line.contains("`dog`")),
        "{breaking:#?}"
    );
}
