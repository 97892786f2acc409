//! Findings in a spec of several files.

use openapi_tree::load;
use opentact_gen::check;

use crate::support::spec::Spec;

#[test]
fn finding_in_one_of_several_files_points_into_that_file() {
    let page = include_str!("../fixtures/connections.yaml");
    let spec = Spec::of_today().with("openapi/connections.yaml", page);
    for (from, to, place) in [
        (
            "x-rust-name: list_trunk_users",
            "x-rust-name: listUsers",
            "connections.yaml",
        ),
        (
            "x-rust-name: list_groups",
            "x-rust-name: listGroups",
            "groups.yaml",
        ),
        ("name: X-Auth-HA1B-Token", "name: X Auth", "common.yaml"),
        ("status: 404", "status: '404'", "common.yaml"),
    ] {
        let found = load(spec.replaced(from, to).sources());
        let found = found.and_then(|document| check(&document)).unwrap_err();
        for finding in found.to_json().as_array().unwrap() {
            let path = finding["path"].as_str().unwrap();
            assert!(path.ends_with(place), "{to}: {finding}");
        }
    }
}
