//! The command `opentact version`.

use serde_json::json;

use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};

/// The commit that was compiled, or `None` if the build script did not find git.
const COMMIT: Option<&str> = option_env!("OPENTACT_COMMIT");

const VERSION: View = View {
    columns: &[
        Column::new("VERSION", "/version", Kind::Text, 0),
        Column::new("COMMIT", "/commit", Kind::Text, 0),
    ],
    empty: "",
};

pub(crate) fn run(output: &Output) -> Result<(), Failure> {
    let version = env!("CARGO_PKG_VERSION");
    if !output.is_for_people() {
        return output.item(&VERSION, json!({ "version": version, "commit": COMMIT }));
    }
    let commit = COMMIT.unwrap_or("unknown");
    output.raw(format!("opentact {version} (commit {commit})\n").as_bytes())
}
