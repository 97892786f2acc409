//! Tables of mistakes, with one snapshot for each table.

use openapi_tree::{Findings, Source};
use opentact_gen::generate;

/// Returns the findings in a spec, which is shown as the file `path`.
#[track_caller]
pub(crate) fn findings(path: &str, spec: &str) -> Findings {
    let generated = generate(Source::new(path, spec));
    let generated = generated.map(|generated| generated.operations);
    generated.expect_err("nothing was found")
}

/// Returns the findings of every row, below the name of the row.
#[track_caller]
pub(crate) fn all_findings(path: &str, rows: &[(&str, String)]) -> String {
    let rows = rows.iter().map(|(name, spec)| {
        let findings = findings(path, spec).to_string();
        format!("## {name}\n\n{}\n", findings.trim_end())
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Compares the findings of all rows with the snapshot of the test. A row is the name of a mistake and
/// a spec that contains it.
macro_rules! assert_findings {
    ($path:expr; $($name:ident: $spec:expr;)*) => {
        let rows = [$((stringify!($name), String::from($spec))),*];
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!($crate::support::findings::all_findings($path, &rows));
        });
    };
}
