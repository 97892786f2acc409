//! A spec that is much larger than the real one. `cargo xtask bench --only scale` has its run times.

use openapi_tree::Source;
use opentact_gen::generate;

use crate::support::large::{PAGE, large};

#[test]
fn large_spec_becomes_a_method_for_each_operation() {
    let generated = generate(Source::new("large.yaml", &large(10))).unwrap();
    assert_eq!(generated.operations, 10 * PAGE);
}
