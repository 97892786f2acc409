//! Limits beyond the numbers that programs read exactly.

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
