//! The command `opentact version`.

use serde_json::json;

use crate::failure::Failure;
use crate::output::{Column, Kind, Output, View};

const VERSION: View = View {
    columns: &[
        Column::new("VERSION", "/version", Kind::Text, 0),
        Column::new("COMMIT", "/commit", Kind::Text, 0),
    ],
    empty: "",
};

pub(crate) fn run(output: &Output) -> Result<(), Failure> {
    let version = json!({ "version": env!("CARGO_PKG_VERSION"), "commit": null });
    output.item(&VERSION, version)
}
