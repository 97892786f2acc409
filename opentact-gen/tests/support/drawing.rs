//! How properties draw.

use std::env;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many cases, the same each time: `PROPTEST_CASES` draws more, `PROPTEST_RNG_SEED` others.
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
