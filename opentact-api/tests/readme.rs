//! The README of the repository shows the code of the crate's own, which is compiled.

fn code(readme: &str) -> Option<&str> {
    readme.split("```rust,no_run").nth(1)?.split("```").next()
}

#[test]
fn both_readmes_show_the_same_code() {
    let shown = code(include_str!("../../README.md"));
    assert!(shown.is_some());
    assert_eq!(shown, code(include_str!("../README.md")));
}
