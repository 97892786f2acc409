//! Changes to the spec that matter, and what catches each.
//!
//! A change that is left unnoticed is what this project must not have. `Check`: the spec is
//! refused by this rule. `Code`: `cargo xtask generate --check` fails and, when that has been
//! mended, the snapshot of the code's public face shows the change in review. `Vendor`: the
//! spec no longer says what the vendor's page says.
#![allow(clippy::expect_used)] // helpers of tests

mod support;

use opentact_gen::generate;
use support::mutations::{Catcher, MUTATIONS};
use support::{Spec, differences, face};

#[test]
fn every_change_is_caught() {
    let spec_now = Spec::of_today();
    let face_now = face(&generate(spec_now.sources()).unwrap().single_file());
    let mut wrong = Vec::new();
    for mutation in MUTATIONS {
        let spec = spec_now.edited(|text| mutation.of(text));
        let spec = spec.expect(mutation.name).sources();
        let mut caught: Vec<Catcher> = Vec::new();
        match generate(spec.clone()) {
            Ok(generated) if face(&generated.single_file()) != face_now => {
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
