//! Sentences about keywords that say nothing where they stand.

use serde_json::Value;

use super::contrast::transition;
use super::shown::{code, in_code, types};

/// The keywords for the least and the greatest size, each by type.
const SIZES: [[(&str, &str); 5]; 2] = [
    [
        ("integer", "minimum"),
        ("number", "minimum"),
        ("string", "minLength"),
        ("array", "minItems"),
        ("object", "minProperties"),
    ],
    [
        ("integer", "maximum"),
        ("number", "maximum"),
        ("string", "maxLength"),
        ("array", "maxItems"),
        ("object", "maxProperties"),
    ],
];

/// Returns the change of a keyword, with the reason why it has no effect, and the probable intent.
/// The values are objects with the keyword, and with the `type`, `$ref` (of a schema), `reference` (of
/// anything else), `style` or `mediaType` that is the reason.
pub(super) fn ineffective(
    keyword: &str,
    subject: &str,
    old: Option<&Value>,
    new: Option<&Value>,
) -> String {
    let of = |values: Option<&Value>, name: &str| values?.get(name).cloned();
    let change = transition(of(old, keyword).as_ref(), of(new, keyword).as_ref());
    let reason = |name: &str| of(new, name).or_else(|| of(old, name));
    if reason("enum").is_some() {
        let said = match keyword {
            "nullable" => in_code("nullable"),
            _ => "`null` among the types".to_owned(),
        };
        let change = match new.is_some() {
            true => "added",
            false => "removed",
        };
        return format!(
            "{said} of {subject} was {change}, but it has no effect without `null` in `enum`"
        );
    }
    let effect = match (reason("$ref"), reason("type")) {
        (Some(_), _) => beside_reference(keyword),
        (None, Some(kind)) => {
            let meant = meant(keyword, &kind);
            format!("has no effect on the type {}; {meant}", types(&kind))
        }
        (None, None) if reason("reference").is_some() => beside_other_reference(keyword).to_owned(),
        (None, None) => match (reason("style"), reason("mediaType")) {
            (Some(style), _) => format!("has no effect with the style {}", code(&style)),
            (_, Some(name)) => format!("has no effect with the media type {}", code(&name)),
            (None, None) => alone(keyword).to_owned(),
        },
    };
    format!("`{keyword}` of {subject} {change}, but it {effect}")
}

fn beside_reference(keyword: &str) -> String {
    format!(
        "has no effect beside `$ref` in OpenAPI 3.0; `{keyword}` beside `allOf` with the reference is \
         probably meant"
    )
}

fn beside_other_reference(keyword: &str) -> &'static str {
    match keyword {
        "summary" | "description" => "has no effect beside `$ref` in OpenAPI 3.0",
        _ => "has no effect beside `$ref`",
    }
}

/// Returns the effect of a keyword without another one.
fn alone(keyword: &str) -> &'static str {
    match keyword {
        "then" | "else" => "has no effect without `if`",
        "if" => "has no effect without `then` or `else`",
        "minContains" | "maxContains" => "has no effect without `contains`",
        "explode" => "has no effect on a single value",
        "exclusiveMinimum" => "has no effect without `minimum`",
        "exclusiveMaximum" => "has no effect without `maximum`",
        "required" => {
            "has no effect, because it is no list; the `required` of the object around it is \
             probably meant"
        }
        "discriminator" => {
            "has no effect without `oneOf`, `anyOf` or schemas that include this one by `allOf`"
        }
        _ => "has no effect here",
    }
}

/// Returns the words about what the author probably meant.
fn meant(keyword: &str, kind: &Value) -> String {
    let kind = match kind {
        Value::Array(kinds) => kinds.first().unwrap_or(kind),
        kind => kind,
    };
    let of_end = SIZES
        .iter()
        .find(|sizes| sizes.iter().any(|(_, known)| *known == keyword));
    let size = of_end.and_then(|sizes| sizes.iter().find(|(known, _)| *kind == *known));
    if let Some((_, meant)) = size {
        return format!("`{meant}` is probably meant");
    }
    let meant = match keyword {
        "minLength" | "maxLength" | "pattern" | "format" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "items" | "minItems" | "maxItems" | "uniqueItems" | "prefixItems" | "contains"
        | "minContains" | "maxContains" | "unevaluatedItems" => "array",
        _ if *kind == *"array" => return format!("`{keyword}` of its `items` is probably meant"),
        _ => "object",
    };
    format!("`type: {meant}` is probably meant")
}
