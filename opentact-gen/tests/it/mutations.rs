//! Edits of the spec that change its meaning, and the checks that detect each.
//!
//! An undetected edit would be a defect of this project. `Check`: this rule refuses the spec. `Code`: `cargo xtask
//! generate --check` fails and, once the code is generated again, the snapshot of its public API
//! shows the change to a reviewer. `Vendor`: the spec contradicts the vendor's page.
//! The effect of each edit on clients is in the table of edits of `openapi-compat`.

use opentact_gen::{Generated, generate};

use crate::support::mutations::{Catcher, MUTATIONS};
use crate::support::public_api::public_api;
use crate::support::spec::Spec;
use crate::support::vendor::differences;

/// Returns the public API of each file.
fn public_apis(generated: &Generated) -> Vec<String> {
    let modules = generated.modules.iter();
    modules.map(|module| public_api(&module.code)).collect()
}

#[test]
fn every_edit_of_the_spec_is_detected() {
    let today = Spec::of_groups();
    let public_api_today = public_apis(&generate(today.sources()).unwrap());
    let mut wrong = Vec::new();
    for mutation in MUTATIONS {
        let spec = today.edited(|text| mutation.of(text));
        let spec = spec.expect(mutation.name).sources();
        let mut caught: Vec<Catcher> = Vec::new();
        match generate(spec.clone()) {
            Ok(generated) if public_apis(&generated) != public_api_today => {
                caught.push(Catcher::Code);
            }
            Ok(_) => {}
            Err(findings) => {
                caught.extend(findings.iter().map(|finding| Catcher::Check(finding.rule)));
            }
        }
        if !differences(spec).is_empty() && !matches!(caught[..], [Catcher::Check(_), ..]) {
            caught.push(Catcher::Vendor);
        }
        caught.dedup();
        if caught != mutation.caught_by || caught.is_empty() {
            wrong.push(format!("{}: caught by {caught:?}", mutation.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
