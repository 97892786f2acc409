//! Schemas that would become wrong code.

use openapi_tree::{JsonSchemas, Node, Value, subschemas, walk_schemas};

use super::context::{Context, is_join};
use super::report::Report;

/// The longest array of a fixed length that `serde` reads.
const LONGEST: u64 = 32;

/// The keywords that progenitor truncates to 32 bits.
#[rustfmt::skip] // a list
const LENGTHS: [&str; 6] = [
    "maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties",
];

/// The keywords that apply to values of one type only.
#[rustfmt::skip] // a list
const TYPED: [&str; 11] = [
    "format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum",
    "multipleOf", "pattern", "uniqueItems",
];

/// Reports keywords that progenitor ignores, or whose code would not compile.
pub(super) fn keywords(context: &Context<'_>, report: &mut Report<'_>) {
    walk_schemas(context.root, &mut |schema, _| {
        let mut entries = schema.entries().iter();
        let has_type = |key: &str| matches!(key, "type" | "$ref") || is_join(key);
        if !entries.clone().any(|entry| has_type(&entry.key))
            && let Some(entry) = entries.find(|entry| TYPED.contains(&entry.key.as_str()))
        {
            let message = format!("`{}` without a `type` has no effect", entry.key);
            report.add(&entry.key_span, message, "add `type`");
        }
        for entry in schema.entries().iter().filter(|entry| is_join(&entry.key)) {
            if entry.node.items().is_empty() {
                let message = format!("`{}` lists no schemas", entry.key);
                report.add(&entry.key_span, message, "list some, or remove the keyword");
            }
        }
        if schema.str_at("type") == Some("number")
            && !matches!(
                schema.str_at("format"),
                Some("decimal" | "double" | "float")
            )
            && let Some(entry) = schema.entry("type")
        {
            report.add(
                &entry.key_span,
                "a `number` without a `format` would lose digits as a floating-point number",
                "write `type: integer`, or add `format: decimal` to keep every digit; `double` and \
                 `float` are for values that are not exact",
            );
        }
        if let Some(not) = schema.entry("not") {
            let message = "progenitor does not support `not`";
            report.add(&not.key_span, message, "describe the allowed values");
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

/// Returns the schemas of requests. The limits of other schemas do not reach the generated code.
fn sent<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Node> {
    let schemas = context.schemas.iter();
    let sent = schemas.filter(|reachable| reachable.is_sent);
    sent.map(|reachable| reachable.schema)
}

/// Reports values of enumerations that do not fit the schema beside them.
pub(super) fn enumerations(context: &Context<'_>, report: &mut Report<'_>) {
    const HELP: &str = "correct the value, or the keywords beside `enum`";
    let schemas = JsonSchemas::new(context.root);
    for schema in sent(context) {
        let values = schema.items_at("enum");
        let validator = (!values.is_empty()).then(|| schemas.compile(schema));
        let Some(Ok(validator)) = validator else {
            continue;
        };
        for value in values {
            if let Some(error) = validator.errors(&value.to_json()).next() {
                let message = format!("this value does not fit its schema: {}", error.message);
                report.add(&value.span, message, HELP);
            } else if !is_in_range(schema.str_at("format"), value) {
                let message = "this value is out of the range of its `format`";
                report.add(&value.span, message, HELP);
            } else if subschemas(schema).next().is_some()
                && matches!(value.value, Value::Sequence(_) | Value::Mapping(_))
            {
                let message = "an `enum` cannot hold lists or objects whose parts have schemas";
                report.add(&value.span, message, "list the values in `description`");
            }
        }
    }
}

/// Returns `true` if a number fits the type that its format becomes in Rust.
fn is_in_range(format: Option<&str>, value: &Node) -> bool {
    let Some(number) = value.as_number() else {
        return true;
    };
    let Some(integer) = number.as_i128() else {
        let most = Some(f32::MAX.into());
        return format != Some("float") || number.as_f64().map(f64::abs) <= most;
    };
    match format {
        Some("int8") => i8::try_from(integer).is_ok(),
        Some("uint8") => u8::try_from(integer).is_ok(),
        Some("int16") => i16::try_from(integer).is_ok(),
        Some("uint16") => u16::try_from(integer).is_ok(),
        Some("int" | "int32") => i32::try_from(integer).is_ok(),
        Some("uint" | "uint32") => u32::try_from(integer).is_ok(),
        Some("uint64") => u64::try_from(integer).is_ok(),
        _ => i64::try_from(integer).is_ok(),
    }
}

/// Reports lengths that the generated code cannot check.
pub(super) fn lengths(context: &Context<'_>, report: &mut Report<'_>) {
    for schema in sent(context) {
        for entry in LENGTHS.iter().filter_map(|keyword| schema.entry(keyword)) {
            let length = entry.node.as_number().and_then(serde_json::Number::as_f64);
            if length > Some(u32::MAX.into()) {
                let (keyword, most) = (&entry.key, u32::MAX);
                let message =
                    format!("`{keyword}` is more than {most}, which progenitor truncates");
                let help = "use a smaller number, or remove the keyword";
                report.add(&entry.node.span, message, help);
            }
        }
        let length = |keyword| schema.get(keyword)?.as_number()?.as_u64();
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
