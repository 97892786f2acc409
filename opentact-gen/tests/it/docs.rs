//! The lines of doc comments.

use openapi_tree::Source;
use opentact_gen::generate;

use crate::support::single_file::single_file;

const THINGS: &str = include_str!("../fixtures/things.yaml");

#[test]
fn link_longer_than_a_line_is_kept_in_one() {
    let name = format!("update_thing_{}", "again_and_".repeat(8) + "again");
    let description = "      description: Keeps cross-references whole, as they are well-known words-with-hyphens.\n";
    let method = format!("      x-rust-name: {name}\n");
    let spec = THINGS.replacen(
        "      x-rust-name: update_thing\n",
        &(method + description),
        1,
    );
    let code = single_file(&generate(Source::new("things.yaml", &spec)).unwrap());
    let link = format!("[`Client::{name}`](crate::Client::{name})");
    assert!(code.contains(&link), "{code}");
    let mut docs = code.lines().map(str::trim);
    assert!(docs.all(|line| !line.starts_with("///") || !line.ends_with('-')));
}
