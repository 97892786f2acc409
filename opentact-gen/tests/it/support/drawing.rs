//! The configuration of property tests.

use std::env;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// Returns a configuration with a number of cases, the same in each run. `PROPTEST_CASES` changes the
/// number, `PROPTEST_RNG_SEED` the cases.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let known = ProptestConfig::default();
    ProptestConfig {
        cases: match env::var_os("PROPTEST_CASES") {
            Some(_) => known.cases,
            None => cases,
        },
        rng_seed: match known.rng_seed {
            RngSeed::Random => RngSeed::Fixed(0),
            seed => seed,
        },
        failure_persistence: None,
        max_shrink_iters: 500,
        ..known
    }
}
