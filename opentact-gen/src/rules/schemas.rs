//! Schemas that would become wrong code.

use openapi_tree::{Node, Value, walk_schemas};

use super::context::{Context, Direction, is_join};
use super::report::Report;

/// The longest array of a fixed length that `serde` reads.
const LONGEST: u64 = 32;

/// The keywords that progenitor truncates to 32 bits.
const LENGTHS: [&str; 6] = [
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
];

/// The keywords that apply to values of one type only.
const TYPED: [&str; 11] = [
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Reports keywords that progenitor ignores, or whose code would not compile.
pub(super) fn keywords(context: &Context<'_>, report: &mut Report<'_>) {
    walk_schemas(context.root, &mut |schema, _| {
        let mut entries = schema.entries().iter();
        let has_type = |key: &str| matches!(key, "type" | "$ref") || is_join(key);
        if !entries.clone().any(|entry| has_type(&entry.key))
            && let Some(entry) = entries.find(|entry| TYPED.contains(&entry.key.as_str()))
        {
            report.add(
                &entry.key_span,
                format!("`{}` without a `type` has no effect", entry.key),
                "add `type`",
            );
        }
        if let Some(not) = schema.entry("not") {
            report.add(
                &not.key_span,
                "progenitor does not support `not`",
                "describe the allowed values",
            );
        }
        if let Some(pattern) = schema.entry("pattern")
            && schema.str_at("format") != Some("uuid")
        {
            report.add(
                &pattern.key_span,
                "the code that checks a `pattern` needs a crate that opentact-api does not use",
                "describe the form in `description`, or with `minLength` and `maxLength`",
            );
        }
    });
}

/// Reports `nullable` without a `type`.
pub(super) fn nullable(context: &Context<'_>, report: &mut Report<'_>) {
    walk_schemas(context.root, &mut |schema, _| {
        // Beside a `$ref`, see the rule `ref-sibling`.
        if let Some(nullable) = schema.entry("nullable")
            && schema.get("type").is_none()
            && schema.get("$ref").is_none()
        {
            report.add(
                &nullable.key_span,
                "`nullable` without a `type` has no effect in OpenAPI 3.0.3",
                "add `type`; for any other schema that may be null write \
                 `anyOf: [{…}, {type: object, nullable: true, enum: [null]}]`",
            );
        }
    });
}

/// Reports lengths that the generated code cannot check.
pub(super) fn lengths(context: &Context<'_>, report: &mut Report<'_>) {
    let sent = context
        .schemas
        .iter()
        .filter(|reachable| reachable.direction == Direction::Sent);
    for schema in sent.map(|reachable| reachable.schema) {
        for entry in LENGTHS.iter().filter_map(|keyword| schema.entry(keyword)) {
            if number(&entry.node).is_some_and(|length| length.as_f64() > Some(u32::MAX.into())) {
                report.add(
                    &entry.node.span,
                    format!(
                        "`{}` is more than {}, which progenitor truncates",
                        entry.key,
                        u32::MAX
                    ),
                    "use a smaller number, or remove the keyword",
                );
            }
        }
        let length = |keyword| number(schema.get(keyword)?)?.as_u64();
        // Such a list becomes an array.
        if let (Some(least), Some(most)) = (length("minItems"), schema.entry("maxItems"))
            && Some(least) == length("maxItems")
            && least > LONGEST
        {
            report.add(
                &most.key_span,
                format!(
                    "a list always has {least} items, but `serde` reads arrays of up to {LONGEST}"
                ),
                "remove `minItems` or `maxItems`, and state the length in `description`",
            );
        }
    }
}

fn number(node: &Node) -> Option<&serde_json::Number> {
    match &node.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}
