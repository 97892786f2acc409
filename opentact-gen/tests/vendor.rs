//! The spec says what the vendor's page says: operations, paths, headers, bodies, limits, and
//! the properties of its sample answers in their order.

mod support;

#[test]
fn the_spec_says_what_the_vendor_says() {
    let differences = support::differences(support::Spec::of_today().sources());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
