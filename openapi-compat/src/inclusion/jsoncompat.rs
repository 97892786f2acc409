//! The prover of the crate `jsoncompat`, with counterexamples of its own.

use jsoncompat::{
    AnalysisOptions, CompatibilityResult, Role, SchemaDocument, analyze_compat_with_options,
};
use serde_json::{Value, json};

use super::{Inclusion, Prover};

/// The prover of the crate `jsoncompat`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jsoncompat;

impl Prover for Jsoncompat {
    fn includes(&self, wide: &Value, narrow: &Value) -> Inclusion {
        let documents = (
            SchemaDocument::from_json(wide),
            SchemaDocument::from_json(narrow),
        );
        let (Ok(wide_document), Ok(narrow_document)) = documents else {
            return Inclusion::Unknown;
        };
        // Random candidates would make the result depend on chance.
        let options = AnalysisOptions {
            max_generated_candidates: 0,
            ..AnalysisOptions::default()
        };
        // "Serializer": readers of the older schema read values of the newer one.
        let role = Role::Serializer;
        match analyze_compat_with_options(&wide_document, &narrow_document, role, options) {
            Ok(CompatibilityResult::Compatible) => Inclusion::Proved,
            Ok(CompatibilityResult::Incompatible { .. }) => Inclusion::Refuted,
            Ok(CompatibilityResult::Unknown { .. }) | Err(_) => {
                let refutes = |value: &Value| {
                    narrow_document.is_valid(value).unwrap_or(false)
                        && !wide_document.is_valid(value).unwrap_or(true)
                };
                match witnesses(narrow, wide).iter().any(refutes) {
                    true => Inclusion::Refuted,
                    false => Inclusion::Unknown,
                }
            }
        }
    }
}

/// The greatest length of strings and lists that are tried.
const LONGEST: usize = 10_000;

/// Returns values at the limits that two schemas set. If the limits differ, one of these values is
/// valid against one schema only.
fn witnesses(a: &Value, b: &Value) -> Vec<Value> {
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
        let size = limit.as_u64().and_then(|limit| usize::try_from(limit).ok());
        match (keyword.as_str(), size) {
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", _) => {
                values.push(limit.clone());
                if let Some(limit) = limit.as_f64() {
                    values.extend([-1.0, -0.5, 0.5, 1.0].map(|step| number(limit + step)));
                }
            }
            ("minLength" | "maxLength", Some(limit @ ..=LONGEST)) => {
                values.extend(around(limit).map(|length| "a".repeat(length).into()));
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
fn around(limit: usize) -> [usize; 3] {
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
