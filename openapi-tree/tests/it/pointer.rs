//! JSON pointers.

use openapi_tree::{Pointer, Source, load};

#[test]
fn pointer_with_escapes_returns_its_segments() {
    let pointer = Pointer::root().child("a/b").child("c~d").child(7).child("");
    assert_eq!(pointer.as_str(), "/a~1b/c~0d/7/");
    assert!(pointer.segments().eq(["a/b", "c~d", "7", ""]));
    assert_eq!(pointer.last().as_deref(), Some(""));
    assert_eq!(pointer.parent(), Pointer::parse("/a~1b/c~0d/7"));
    // `~01` is `~1`, and not `/`.
    assert!(Pointer::parse("/~01").unwrap().segments().eq(["~1"]));
}

#[test]
fn root_pointer_has_neither_segment_nor_parent() {
    assert_eq!(Pointer::parse(""), Some(Pointer::root()));
    assert_eq!(Pointer::root().segments().count(), 0);
    assert_eq!(
        (Pointer::root().parent(), Pointer::root().last()),
        (None, None)
    );
    assert_eq!(Pointer::parse("a"), None);
}

#[test]
fn pointer_of_a_reference_decodes_percent_encoding() {
    let pointer = Pointer::of_reference("#/paths/~1group~1%7Buuid%7D/get").unwrap();
    assert!(pointer.segments().eq(["paths", "/group/{uuid}", "get"]));
    assert_eq!(Pointer::of_reference("#"), Some(Pointer::root()));
    for other in ["other.yaml#/a", "other.yaml", "#anchor", "#/%ff"] {
        assert_eq!(Pointer::of_reference(other), None, "{other}");
    }
}

#[test]
fn span_at_a_missing_node_is_that_of_the_last_existing_one() {
    let yaml = "a: { b: [1, 22] }\n";
    let document = load(Source::new("spec.yaml", yaml)).unwrap();
    let text = |pointer: &str| {
        let span = document.root.span_at(&Pointer::parse(pointer).unwrap());
        document.sources.text(&span)
    };
    assert_eq!(text("/a/b"), "b");
    assert_eq!(text("/a/b/1"), "22");
    assert_eq!(text("/a/b/2"), "b");
    assert_eq!(text("/a/x/y"), "a");
}
