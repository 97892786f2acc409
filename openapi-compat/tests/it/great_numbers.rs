//! Numbers with more digits than programs read.

use crate::support::changes;

/// Returns the changes of a schema that an operation receives, with their levels.
fn messages(base: &str, head: &str) -> Vec<String> {
    let document = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: T, version: 1.0.0 }}\npaths: {{ /a: {{ post: {{ \
             requestBody: {{ content: {{ application/json: {{ schema: {{ {schema} }} }} }} }}, \
             responses: {{ '204': {{ description: Done. }} }} }} }} }}\n"
        )
    };
    let changes = changes(&document(base), &document(head));
    let messages = changes.iter();
    let messages = messages.map(|change| format!("{}: {}", change.level, change.fact()));
    messages.collect()
}

#[test]
fn great_limits_with_other_digits_are_a_change() {
    for (base, head, forward, backward) in [
        (
            "maxLength: 99999999999999999999999",
            "maxLength: 99999999999999999999998",
            "breaking",
            "additive",
        ),
        (
            "maximum: 18446744073709551616",
            "maximum: 18446744073709551615",
            "breaking",
            "additive",
        ),
        (
            "minimum: 99999999999999999999998",
            "minimum: 99999999999999999999999",
            "breaking",
            "additive",
        ),
        (
            "minimum: -99999999999999999999998",
            "minimum: -99999999999999999999999",
            "additive",
            "breaking",
        ),
    ] {
        let keyword = base.split(':').next().unwrap();
        let [older, newer] = [base, head].map(|limit| limit.split(' ').nth(1).unwrap());
        let message = |level, old, new| {
            [format!(
                "{level}: `{keyword}` of the request body changed from `{old}` to `{new}`"
            )]
        };
        assert_eq!(messages(base, head), message(forward, older, newer));
        assert_eq!(messages(head, base), message(backward, newer, older));
        assert!(messages(base, base).is_empty(), "{base}");
    }
}

#[test]
fn equal_numbers_in_another_form_are_no_change() {
    for (base, head) in [
        ("maximum: 1.0", "maximum: 1"),
        ("maximum: 1e3", "maximum: 1000"),
    ] {
        assert!(messages(base, head).is_empty(), "{base} -> {head}");
    }
}

const GREAT: &str = "99999999999999999999999";

#[test]
fn other_keywords_with_other_digits_are_a_change() {
    for (keyword, message) in [
        (
            "multipleOf: {}",
            "breaking: `multipleOf` of the request body changed from `{old}` to `{new}`",
        ),
        (
            "default: {}",
            "breaking: `default` of the request body changed from `{old}` to `{new}`",
        ),
        (
            "enum: [1, {}]",
            "breaking: `enum` of the request body no longer allows `{old}` and now allows `{new}`",
        ),
        (
            "enum: [{a: [{}]}]",
            "breaking: `enum` of the request body no longer allows `{\"a\":[\"{old}\"]}` and now allows `{\"a\":[\"{new}\"]}`",
        ),
    ] {
        for (old, new) in [
            (GREAT, "99999999999999999999998"),
            ("0.10000000000000000001", "0.10000000000000000002"),
            ("1.00000000000000000001", "1.00000000000000000002"),
        ] {
            let schema = |number| keyword.replace("{}", number);
            let expected = message.replace("{old}", old).replace("{new}", new);
            assert_eq!(
                messages(&schema(old), &schema(new)),
                [expected],
                "{keyword}"
            );
            assert!(messages(&schema(old), &schema(old)).is_empty(), "{keyword}");
        }
    }
}

#[test]
fn great_number_next_to_one_that_is_read_exactly_is_a_change() {
    let schema = |number: &str| format!("default: {number}");
    assert_eq!(
        messages(&schema(GREAT), &schema("100000000000000000000000")),
        [
            "breaking: `default` of the request body changed from `99999999999999999999999` to `1e+23`"
        ]
    );
}

#[test]
fn great_number_among_alternatives_is_a_change() {
    for list in ["anyOf", "oneOf"] {
        for keyword in [
            "type: integer, maximum: {}",
            "type: integer, enum: [{}]",
            "type: number, multipleOf: {}",
            "type: object, required: [a], properties: { a: { maximum: {} } }",
            "type: integer, not: { minimum: {} }",
        ] {
            let schema = |number| {
                let alternative = keyword.replace("{}", number);
                format!("{list}: [{{ {alternative} }}, {{ type: boolean }}]")
            };
            let less = "99999999999999999999998";
            let messages = messages(&schema(GREAT), &schema(less));
            let is_breaking = messages
                .iter()
                .any(|message| message.starts_with("breaking"));
            assert!(is_breaking, "{list} {keyword}: {messages:#?}");
        }
    }
}

#[test]
fn equal_great_numbers_beside_a_change_are_no_break() {
    for (base, head) in [
        (
            format!("enum: [1, {GREAT}]"),
            format!("enum: [1, {GREAT}, 2]"),
        ),
        (
            format!("anyOf: [{{ type: integer, maximum: {GREAT} }}, {{ type: boolean }}]"),
            format!(
                "anyOf: [{{ type: integer, maximum: {GREAT} }}, {{ type: boolean }}, {{ type: 'string' }}]"
            ),
        ),
        (
            format!("type: integer, maximum: {GREAT}"),
            "type: integer, maximum: 1e23".to_owned(),
        ),
    ] {
        let messages = messages(&base, &head);
        let [message] = &messages[..] else {
            panic!("{messages:#?}");
        };
        assert!(message.starts_with("additive"), "{message}");
    }
}
