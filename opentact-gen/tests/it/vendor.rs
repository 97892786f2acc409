//! The spec against the vendor's page: operations, paths, headers, bodies, limits, and the properties
//! of its sample responses in their order.

use crate::support::spec::Spec;
use crate::support::vendor::differences;

#[test]
fn spec_equals_the_vendor_page() {
    let differences = differences(Spec::of_today().sources());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
