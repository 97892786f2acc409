//! The code in the README of the repository.

fn code(readme: &str) -> Option<&str> {
    readme.split("```rust,no_run").nth(1)?.split("```").next()
}

/// The code in the README of the crate is compiled as a documentation test.
#[test]
fn readmes_of_repository_and_crate_show_the_same_code() {
    let shown = code(include_str!("../../../README.md"));
    assert!(shown.is_some());
    assert_eq!(shown, code(include_str!("../../README.md")));
}
