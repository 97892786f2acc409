//! Whether the values of an enumeration can be said in Rust.

use std::collections::HashMap;

use unicode_ident::is_xid_continue;

use super::reachable::{self, Direction, Reachable};
use crate::ir::variant_name;
use openapi_tree::{Finding, Node, Span, Value, walk};

const RULE: &str = "enum";

/// The enumerations of what is sent: on what is received, none is imposed.
pub(super) fn enumerations(root: &Node, findings: &mut Vec<Finding>) {
    for Reachable { schema, direction } in reachable::schemas(root) {
        if direction == Direction::Sent
            && let Some(values) = schema.get("enum").map(Node::items)
        {
            distinct(values, findings);
            typed(schema, values, findings);
            alone(schema, findings);
        }
    }
}

/// Each string becomes a variant of its own.
fn distinct(values: &[Node], findings: &mut Vec<Finding>) {
    let texts = || {
        values
            .iter()
            .filter_map(|value| Some((value.as_str()?, &value.span)))
    };
    // As typify does where the first way gives two variants the same name.
    let marked = |text: &str| text.replace(|c| c == '_' || !is_xid_continue(c), "X");
    if clash(texts(), variant_name).is_none() {
        return;
    }
    if let Some((first, second, variant)) = clash(texts(), |text| variant_name(&marked(text))) {
        let (text, span) = second;
        findings.push(
            Finding::new(
                RULE,
                span,
                format!("`{}` and `{text}` are both `{variant}` in Rust", first.0),
                "take one of them away, or describe the values in `description` instead",
            )
            .with_related(first.1, "first here"),
        );
    }
}

/// A text and where it stands.
type Text<'a> = (&'a str, &'a Span);

/// The first two of which the same name is made, and that name.
fn clash<'a>(
    texts: impl Iterator<Item = Text<'a>>,
    name: impl Fn(&str) -> String,
) -> Option<(Text<'a>, Text<'a>, String)> {
    let mut seen: HashMap<String, Text<'a>> = HashMap::new();
    for text in texts {
        let name = name(text.0);
        if let Some(first) = seen.insert(name.clone(), text) {
            return Some((first, text, name));
        }
    }
    None
}

/// All values are of the schema's type and in the range of its format; without a type, of one.
fn typed(schema: &Node, values: &[Node], findings: &mut Vec<Finding>) {
    let nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    let of_values = values.iter().find_map(kind_of).map(|kind| match kind {
        "integer" => "number", // without a type, all numbers are one
        kind => kind,
    });
    let typed = schema.str_at("type");
    let Some(expected) = typed.or(of_values) else {
        return;
    };
    for value in values {
        let Some(own) = kind_of(value) else {
            if typed.is_some() && !nullable {
                let help = "add `nullable: true`, or take `null` away";
                let message = "`null`, which is not of the type beside it";
                findings.push(Finding::new(RULE, &value.span, message, help));
            }
            continue;
        };
        let fits = own == expected || (own, expected) == ("integer", "number");
        if !fits {
            let whence = match typed {
                Some(_) => "that stands beside it",
                None => "of those before it",
            };
            findings.push(Finding::new(
                RULE,
                &value.span,
                format!("the type of this value is `{own}`, and not the `{expected}` {whence}"),
                "write values of one type, and that type beside them",
            ));
        } else if !in_range(schema, value) {
            findings.push(Finding::new(
                RULE,
                &value.span,
                "this value is out of the range of its type or format",
                "write a value that fits, or another `format`",
            ));
        }
    }
}

/// The type of a value; none of `null`.
fn kind_of(value: &Node) -> Option<&'static str> {
    match &value.value {
        Value::Null => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Sequence(_) => Some("array"),
        Value::Mapping(_) => Some("object"),
    }
}

/// Whether a number is within its limits, and fits the type that its format is in Rust.
fn in_range(schema: &Node, value: &Node) -> bool {
    let (Value::Number(number), Some(float)) = (&value.value, float(value)) else {
        return true;
    };
    let limit = |keyword| schema.get(keyword).and_then(self::float);
    if limit("minimum").is_some_and(|least| float < least)
        || limit("maximum").is_some_and(|most| float > most)
    {
        return false;
    }
    let format = schema.str_at("format");
    let Some(integer) = number.as_i128() else {
        let most = f64::from(f32::MAX);
        return format != Some("float") || float.abs() <= most;
    };
    let (least, most) = match format {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("uint8") => (0, u8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("int" | "int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint" | "uint32") => (0, u32::MAX.into()),
        Some("uint64") => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    (least..=most).contains(&integer)
}

fn float(value: &Node) -> Option<f64> {
    match &value.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

/// What progenitor cannot take beside an enumeration.
fn alone(schema: &Node, findings: &mut Vec<Finding>) {
    let Some(values) = schema.entry("enum") else {
        return;
    };
    let typed = schema.get("type").is_some();
    let others = [
        "properties",
        "required",
        "additionalProperties",
        "minProperties",
        "maxProperties",
    ];
    if !typed && let Some(other) = others.iter().find(|keyword| schema.get(keyword).is_some()) {
        findings.push(Finding::new(
            RULE,
            &values.key_span,
            format!("`enum` beside `{other}` without `type`, on which progenitor panics"),
            "add `type: object`",
        ));
    }
    let mut refers = false;
    walk(schema, &mut |node, _| {
        refers |= node.get("$ref").is_some();
    });
    let is_composed = |value: &Node| matches!(kind_of(value), Some("array" | "object"));
    if refers && values.node.items().iter().any(is_composed) {
        findings.push(Finding::new(
            RULE,
            &values.key_span,
            "lists or objects as values of an `enum` whose schema has a `$ref`, on which \
             progenitor panics",
            "describe the values in `description` instead",
        ));
    }
}
