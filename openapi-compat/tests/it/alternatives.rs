//! The alternatives that correspond to each other, and their names in sentences.

use openapi_compat::{Change, Level};

use crate::support::changes;

/// Returns a document whose only operation receives a schema, with further components.
fn receiving(schema: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Zoo, version: 1.0.0 }}\npaths: {{ /animals: {{ post: {{ \
         requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}, \
         responses: {{ 204: {{ description: Done. }} }} }} }} }}\n\
         components: {{ schemas: {{ {components} }} }}\n"
    )
}

/// Returns an inline alternative with a property of a single value and another property.
fn animal(kind: &str, property: &str) -> String {
    format!(
        "{{ type: object, required: [kind], properties: {{ kind: {{ type: string, enum: [{kind}] }}, \
         {property}: {{ type: string }} }} }}"
    )
}

fn one_of(alternatives: &[String]) -> String {
    format!("{{ oneOf: [{}] }}", alternatives.join(", "))
}

/// Returns the levels and facts of changes.
fn facts(changes: &[Change]) -> Vec<String> {
    let facts = changes.iter();
    let facts = facts.map(|change| format!("{}: {}", change.level, change.fact()));
    facts.collect()
}

/// Returns the facts of the changes of the received schema.
fn facts_between(base: &str, head: &str) -> Vec<String> {
    facts(&changes(&receiving(base, ""), &receiving(head, "")))
}

#[test]
fn alternatives_in_another_order_are_paired_by_their_marker() {
    let base: Vec<String> = (0..20)
        .map(|number| animal(&format!("kind{number}"), "name"))
        .collect();
    let mut head = base.clone();
    head.reverse();
    assert_eq!(facts_between(&one_of(&base), &one_of(&head)), [""; 0]);
    head[3] = animal("kind16", "name: { type: string }, age");
    assert_eq!(
        facts_between(&one_of(&base), &one_of(&head)),
        ["additive: `age` in the request body (alternative `kind: \"kind16\"`) was added"]
    );
}

#[test]
fn alternative_added_to_hundreds_is_proved_exclusive_by_its_tag() {
    let base: Vec<String> = (0..300)
        .map(|number| animal(&format!("kind{number}"), "name"))
        .collect();
    let head = [base.clone(), vec![animal("kind300", "name")]].concat();
    let changes = changes(
        &receiving(&one_of(&base), ""),
        &receiving(&one_of(&head), ""),
    );
    let levels: Vec<_> = changes.iter().map(|change| change.level).collect();
    assert_eq!(levels, [Level::Additive]);
}

#[test]
fn alternative_added_to_a_long_list_is_one_line() {
    let base: Vec<String> = (0..40)
        .map(|number| animal(&format!("kind{number}"), "name"))
        .collect();
    let mut head = base.clone();
    head.insert(20, animal("cat", "name"));
    assert_eq!(
        facts_between(&one_of(&base), &one_of(&head)),
        ["additive: `oneOf` of the request body now includes `kind: \"cat\"`"]
    );
    let removed = "breaking: `oneOf` of the request body no longer includes `kind: \"cat\"`";
    assert_eq!(facts_between(&one_of(&head), &one_of(&base)), [removed]);
}

#[test]
fn alternatives_of_components_are_paired_by_their_discriminator_values() {
    let document = |first: &str| {
        let alternatives = format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/{first}' }}, \
             {{ $ref: '#/components/schemas/Dog' }}], discriminator: {{ propertyName: kind, \
             mapping: {{ cat: {first}, dog: Dog }} }} }}"
        );
        let component = |name: &str| {
            format!("{name}: {{ type: object, properties: {{ kind: {{ type: string }} }} }}")
        };
        receiving(
            &alternatives,
            &format!("{}, {}", component(first), component("Dog")),
        )
    };
    assert_eq!(changes(&document("Cat"), &document("Tomcat")), []);
}

#[test]
fn alternative_with_a_listed_value_is_named_after_it() {
    let state = |values: &[&str]| {
        let alternatives = values.iter().map(|value| {
            format!("{{ description: It is {value}., type: string, enum: [{value}] }}")
        });
        one_of(&alternatives.collect::<Vec<_>>())
    };
    assert_eq!(
        facts_between(
            &state(&["idle", "busy"]),
            &state(&["idle", "busy", "jammed", "empty"])
        ),
        ["additive: `oneOf` of the request body now includes `\"jammed\"`, `\"empty\"`"]
    );
}

#[test]
fn alternatives_without_a_marker_are_named_after_title_properties_or_type() {
    let base = "{ anyOf: [{ type: boolean }, { type: integer }] }";
    let head = "{ anyOf: [{ type: boolean }, { type: integer }, { title: Name, type: string }, \
                { type: object, properties: { a: {}, b: {} } }, { type: string, format: uuid }, \
                { type: array, items: { type: string } }] }";
    assert_eq!(
        facts_between(base, head),
        [
            "additive: `anyOf` of the request body now includes `Name`, `{ a, b }`, \
          `string (format: \"uuid\")`, `array of string`"
        ]
    );
}

#[test]
fn alternative_with_most_properties_in_common_is_the_same_one() {
    let object = |names: &str| {
        let properties: Vec<String> = names.chars().map(|name| format!("{name}: {{}}")).collect();
        format!(
            "{{ type: object, properties: {{ {} }} }}",
            properties.join(", ")
        )
    };
    let base = one_of(&["abc", "xyz"].map(object));
    let head = one_of(&["xyzw", "abc"].map(object));
    let facts = facts_between(&base, &head);
    let added = "`w` in the request body (alternative `{ x, y, z, … }`) was added";
    assert!(facts.iter().any(|fact| fact.ends_with(added)), "{facts:?}");
    assert!(
        !facts.iter().any(|fact| fact.contains("includes")),
        "{facts:?}"
    );
}

#[test]
fn alternatives_around_a_schema_are_compared_with_it() {
    let cat = |limit: u32| format!("Cat: {{ type: string, maxLength: {limit} }}");
    let alone = "{ $ref: '#/components/schemas/Cat' }";
    let around = "{ anyOf: [{ type: integer }, { $ref: '#/components/schemas/Cat' }] }";
    let base = receiving(alone, &cat(20));
    assert_eq!(
        facts(&changes(&base, &receiving(around, &cat(10)))),
        [
            "breaking: `maxLength` of `Cat` changed from `20` to `10`",
            "additive: `anyOf` of the request body now includes `integer`",
        ]
    );
    assert_eq!(
        facts(&changes(&receiving(around, &cat(20)), &base)),
        ["breaking: `anyOf` of the request body no longer includes `integer`"]
    );
}

#[test]
fn all_of_around_a_shared_schema_is_that_schema() {
    let cat = |limit: u32| format!("Cat: {{ type: string, maxLength: {limit} }}");
    let object = |second: &str| {
        format!(
            "{{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/Cat' }}, b: {second} }} }}"
        )
    };
    let reference = "{ $ref: '#/components/schemas/Cat' }";
    let wrapped = "{ allOf: [{ $ref: '#/components/schemas/Cat' }] }";
    let (old, new) = (cat(20), cat(10));
    for second in [reference, wrapped] {
        for third in [reference, wrapped] {
            let (base, head) = (
                receiving(&object(second), &old),
                receiving(&object(third), &new),
            );
            let facts = facts(&changes(&base, &head));
            assert_eq!(
                facts,
                ["breaking: `maxLength` of `Cat` changed from `20` to `10`"]
            );
        }
    }
}

#[test]
fn change_of_a_schema_that_others_include_is_one_line_about_it() {
    let components = |property: &str| {
        let part = "allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: { x: {} } }]";
        format!(
            "Animal: {{ type: object, properties: {{ name: {{}}{property} }} }}, \
             Cat: {{ {part} }}, Dog: {{ {part} }}"
        )
    };
    let schema = "{ type: object, properties: { cat: { $ref: '#/components/schemas/Cat' }, \
                  dog: { $ref: '#/components/schemas/Dog' } } }";
    let base = receiving(schema, &components(""));
    let head = receiving(schema, &components(", age: { type: integer }"));
    assert_eq!(
        facts(&changes(&base, &head)),
        ["additive: `Animal.age` was added"]
    );
    assert_eq!(
        facts(&changes(&head, &base)),
        ["breaking: `Animal.age` was removed"]
    );
}

#[test]
fn part_of_all_of_that_cannot_be_merged_any_more_is_compared_with_itself() {
    let components = |closed: bool| {
        format!(
            "Animal: {{ type: object, additionalProperties: {}, properties: {{ name: {{}} }} }}, \
             Cat: {{ allOf: [{{ $ref: '#/components/schemas/Animal' }}, {{ type: object, \
             properties: {{ name: {{}} }} }}] }}",
            !closed
        )
    };
    let schema = "{ $ref: '#/components/schemas/Cat' }";
    let (open, closed) = (components(false), components(true));
    let facts = facts(&changes(
        &receiving(schema, &open),
        &receiving(schema, &closed),
    ));
    assert_eq!(
        facts,
        ["breaking: `Animal` no longer allows additional properties"]
    );
}

/// Both messages have the same schemas, and each is named in its own message.
#[test]
fn schema_replaced_in_a_request_and_a_response_is_named_in_each() {
    let text = |name: &str, property: &str| {
        let body = format!(
            "content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }}"
        );
        format!(
            "openapi: 3.0.3\ninfo: {{ title: Zoo, version: 1.0.0 }}\npaths: {{ /animals: {{ post: {{ \
             requestBody: {{ {body} }}, responses: {{ 200: {{ description: Done., {body} }} }} }} }} }}\n\
             components: {{ schemas: {{ {name}: {{ type: object, properties: {{ {property}: {{}} }} }} }} }}\n"
        )
    };
    let changes = changes(&text("Cat", "a"), &text("Dog", "b"));
    let lines: Vec<String> = changes
        .iter()
        .map(|change| format!("{}: {}", change.direction, change.fact()))
        .collect();
    assert_eq!(
        lines,
        [
            "request: the schema of the request body changed from `Cat` to `Dog`",
            "response: the schema of the response 200 changed from `Cat` to `Dog`",
        ]
    );
}

#[test]
fn discriminator_value_of_an_alternative_changed_is_one_line() {
    let document = |value: &str| {
        let schema = format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ type: string }}], \
             discriminator: {{ propertyName: kind, mapping: {{ {value}: Cat }} }} }}"
        );
        receiving(
            &schema,
            "Cat: { type: object, properties: { kind: { type: string } } }",
        )
    };
    assert_eq!(
        facts(&changes(&document("cat"), &document("CAT"))),
        [
            "breaking: the discriminator of the request body now has the value `CAT` instead of `cat` for `Cat`"
        ]
    );
}

#[test]
fn alternatives_with_different_markers_are_not_paired_however_alike() {
    let alike = |kind| animal(kind, "name");
    let (base, head) = (["cat", "dog"].map(alike), ["cat", "fox"].map(alike));
    assert_eq!(
        facts_between(&one_of(&base), &one_of(&head)),
        [
            "breaking: `oneOf` of the request body no longer includes `kind: \"dog\"`",
            "additive: `oneOf` of the request body now includes `kind: \"fox\"`",
        ]
    );
}

#[test]
fn component_that_became_alternatives_is_described() {
    let document = |component: &str| {
        let schema = "{ $ref: '#/components/schemas/Kind' }";
        receiving(schema, &format!("Kind: {component}"))
    };
    let base = document("{ type: integer, enum: [1, 2] }");
    let head =
        document("{ oneOf: [{ title: ONE, type: boolean }, { type: string, enum: [two] }] }");
    assert_eq!(
        facts(&changes(&base, &head)),
        ["breaking: `Kind` changed from `integer` to `oneOf` of `ONE`, `\"two\"`"]
    );
}

#[test]
fn values_of_a_discriminator_that_trade_places_are_one_line_each() {
    let document = |cat: &str, dog: &str| {
        let schema = format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}], \
             discriminator: {{ propertyName: kind, mapping: {{ {cat}: Cat, {dog}: Dog }} }} }}"
        );
        let animal = |name, own| {
            format!(
                "{name}: {{ type: object, required: [kind, {own}], properties: {{ \
                 kind: {{ type: string }}, {own}: {{ type: string }} }} }}"
            )
        };
        let components = [animal("Cat", "claws"), animal("Dog", "tail")].join(", ");
        receiving(&schema, &components)
    };
    assert_eq!(
        facts(&changes(&document("a", "b"), &document("b", "a"))),
        [
            "breaking: the discriminator of the request body now has the value `a` instead of `b` for `Dog`",
            "breaking: the discriminator of the request body now has the value `b` instead of `a` for `Cat`",
        ]
    );
}

#[test]
fn overlap_of_alternatives_is_named_only_if_the_head_has_it() {
    let one_of = |least: &str, most: u32| {
        format!("{{ oneOf: [{{ type: string{least} }}, {{ type: string, maxLength: {most} }}] }}")
    };
    let (none, some) = (one_of(", minLength: 6", 5), one_of(", minLength: 6", 7));
    let overlap = |base: &str, head: &str| {
        let facts = facts_between(base, head).into_iter();
        facts
            .filter(|fact| fact.contains("several"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        overlap(&none, &some),
        [
            "breaking: the alternatives of the request body changed, and a value may now match several of them"
        ]
    );
    assert_eq!(
        overlap(&one_of("", 5), &none),
        [
            "breaking: the alternatives of the request body changed, and no value matches several of them any more"
        ]
    );
}
