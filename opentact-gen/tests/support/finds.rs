//! A test and a snapshot for each mistake in a spec.

use opentact_gen::{Findings, Source, generate};

/// What is found in a spec that is shown as the file `path`.
#[track_caller]
pub(crate) fn findings(path: &str, spec: &str) -> Findings {
    let generated = generate(Source::new(path, spec));
    let generated = generated.map(|generated| generated.operations);
    generated.expect_err("nothing was found")
}

/// Each name is that of a test and of its snapshot; `findings` is a function of the file that has
/// the tests, from a spec to what is found in it.
macro_rules! finds {
    ($($name:ident: $spec:expr;)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), findings(&$spec));
            }
        )*
    };
}
