//! Whether one schema allows all that another one does.

use std::thread;

use jsoncompat::{
    AnalysisOptions, CompatibilityResult, Role, SchemaDocument, analyze_compat_with_options,
};
use serde_json::{Value, json};

use crate::schema::dialect;
use crate::compatibility::Outcome;
use crate::revision::{At, Side};

/// What is known of "all that this allows, that allows".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Proof {
    /// It is so.
    Proved,
    /// It is not: a value shows it.
    Refuted,
    /// Neither is known.
    Unknown,
}

impl Proof {
    /// What it means to those of whom it is asked.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self::Proved => Outcome::Additive,
            Self::Refuted => Outcome::Breaking,
            Self::Unknown => Outcome::Unproven,
        }
    }
}

/// The stack of the prover in bytes: it calls itself as deep as schemas stand in each other.
const STACK: usize = 64 << 20;

/// Whether all that `narrow` allows is allowed by `wide`; both are JSON Schema 2020-12.
pub(crate) fn includes(wide: &Value, narrow: &Value) -> Proof {
    if wide == narrow {
        return Proof::Proved;
    }
    thread::scope(|scope| {
        let prover = thread::Builder::new().stack_size(STACK);
        let prover = prover.spawn_scoped(scope, || prove(wide, narrow));
        let proof = prover.ok().and_then(|prover| prover.join().ok());
        proof.unwrap_or(Proof::Unknown)
    })
}

fn prove(wide: &Value, narrow: &Value) -> Proof {
    let documents = (
        SchemaDocument::from_json(wide),
        SchemaDocument::from_json(narrow),
    );
    let (Ok(wide_document), Ok(narrow_document)) = documents else {
        return Proof::Unknown;
    };
    // Values that are drawn at random would make what is said depend on chance.
    let options = AnalysisOptions {
        max_generated_candidates: 0,
        ..AnalysisOptions::default()
    };
    // "Serializer": what the new one writes, the old one reads.
    let role = Role::Serializer;
    match analyze_compat_with_options(&wide_document, &narrow_document, role, options) {
        Ok(CompatibilityResult::Compatible) => Proof::Proved,
        Ok(CompatibilityResult::Incompatible { .. }) => Proof::Refuted,
        Ok(CompatibilityResult::Unknown { .. }) | Err(_) => {
            let refutes = |value: &Value| {
                narrow_document.is_valid(value).unwrap_or(false)
                    && !wide_document.is_valid(value).unwrap_or(true)
            };
            match witnesses(narrow, wide).iter().any(refutes) {
                true => Proof::Refuted,
                false => Proof::Unknown,
            }
        }
    }
}

/// Whether all that one schema of a spec allows is allowed by one of the other spec.
pub(crate) fn whole_includes(wide: (&Side<'_>, &At<'_>), narrow: (&Side<'_>, &At<'_>)) -> Proof {
    let wide = dialect::whole(wide.0, wide.1);
    let narrow = dialect::whole(narrow.0, narrow.1);
    match (wide, narrow) {
        (Some(wide), Some(narrow)) => includes(&wide, &narrow),
        _ => Proof::Unknown,
    }
}

/// Whether a schema of a spec allows all values.
pub(crate) fn includes_all(wide: (&Side<'_>, &At<'_>)) -> Proof {
    match dialect::whole(wide.0, wide.1) {
        Some(wide) => includes(&wide, &json!({})),
        None => Proof::Unknown,
    }
}

/// Values at the limits that two schemas set: where they differ, one of these shows it.
fn witnesses(a: &Value, b: &Value) -> Vec<Value> {
    /// Longer strings and lists are not tried.
    const LONGEST: u64 = 10_000;
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
                let lengths = [limit.saturating_sub(1), limit, limit + 1];
                values.extend(lengths.map(|length| "a".repeat(usize_of(length)).into()));
            }
            ("minItems" | "maxItems" | "uniqueItems", Some(limit @ ..=LONGEST)) => {
                let lengths = [limit.saturating_sub(1), limit, limit + 1];
                values.extend(lengths.map(|length| (0..length).map(Value::from).collect()));
            }
            ("minProperties" | "maxProperties", Some(limit @ ..=LONGEST)) => {
                let lengths = [limit.saturating_sub(1), limit, limit + 1];
                values.extend(lengths.map(|length| {
                    let properties = (0..length).map(|at| (at.to_string(), json!(at)));
                    Value::Object(properties.collect())
                }));
            }
            ("uniqueItems", None) => values.push(json!([0, 0])),
            _ => {}
        }
    }
    values
}

/// A number as JSON has it: whole numbers without a fraction.
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
