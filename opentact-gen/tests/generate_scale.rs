//! Regenerating large specs: the time grows with the size. `cargo xtask bench --only scale` has the
//! figures of a release build.
#![allow(clippy::unwrap_used)] // helpers of tests

#[path = "support/large.rs"]
mod large;

use std::time::{Duration, Instant};

use opentact_gen::{Source, generate};

use self::large::{PAGE, large};

/// The shortest of some times, for a machine may be busy with something else.
fn regenerated(operations: usize) -> Duration {
    let spec = large(operations / PAGE);
    let once = || {
        let start = Instant::now();
        let generated = generate(Source::new("large.yaml", &spec)).unwrap();
        assert_eq!(generated.operations, operations);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn ten_times_the_operations_take_about_ten_times_as_long() {
    let (few, many) = (regenerated(20), regenerated(200));
    assert!(
        many < few * 20,
        "20 operations: {few:?}, ten times as many: {many:?}"
    );
}
