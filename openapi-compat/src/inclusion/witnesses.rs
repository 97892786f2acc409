//! Candidates for counterexamples.

use serde_json::{Value, json};

/// The greatest length of strings and lists that are tried.
const LONGEST: u64 = 10_000;

/// Returns values at the limits that two schemas set. If the limits differ, one of these values is
/// valid against one schema only.
pub(super) fn witnesses(a: &Value, b: &Value) -> Vec<Value> {
    let mut values = vec![
        json!(0),
        json!(0.5),
        json!(""),
        json!([]),
        json!({}),
        json!(null),
        json!(true),
    ];
    let limits = [a, b].into_iter().filter_map(Value::as_object).flatten();
    for (keyword, limit) in limits {
        match (keyword.as_str(), limit.as_u64()) {
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", _) => {
                values.push(limit.clone());
                if let Some(limit) = limit.as_f64() {
                    values.extend([-1.0, -0.5, 0.5, 1.0].map(|step| number(limit + step)));
                }
            }
            ("minLength" | "maxLength", Some(limit @ ..=LONGEST)) => {
                values.extend(around(limit).map(|length| "a".repeat(usize_of(length)).into()));
            }
            ("minItems" | "maxItems", Some(limit @ ..=LONGEST)) => {
                values.extend(around(limit).map(|length| (0..length).map(Value::from).collect()));
            }
            ("minProperties" | "maxProperties", Some(limit @ ..=LONGEST)) => {
                values.extend(around(limit).map(|length| {
                    let properties = (0..length).map(|at| (at.to_string(), json!(at)));
                    Value::Object(properties.collect())
                }));
            }
            ("uniqueItems", _) => values.push(json!([0, 0])),
            _ => {}
        }
    }
    values
}

/// Returns a limit with its neighbours.
fn around(limit: u64) -> [u64; 3] {
    [limit.saturating_sub(1), limit, limit + 1]
}

/// Returns a number as JSON has it: whole numbers without a fraction.
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)] // it is whole and small enough
    match value.fract() == 0.0 && value.abs() < EXACT {
        true => json!(value as i64),
        false => json!(value),
    }
}

fn usize_of(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}
