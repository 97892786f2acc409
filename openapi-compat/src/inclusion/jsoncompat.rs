//! The prover of the crate `jsoncompat`, with counterexamples of its own.

use jsoncompat::{
    AnalysisOptions, CompatibilityResult, Role, SchemaDocument, analyze_compat_with_options,
};
use serde_json::Value;

use super::witnesses::witnesses;
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
