//! Every operation has an example of its request body and of each response. The rule `example`
//! validates them.

use openapi_tree::{Node, Operation, load};

use crate::support::spec::Spec;

#[test]
fn every_body_of_the_spec_has_an_example() {
    let root = load(Spec::of_today().sources()).unwrap().root;
    for operation in Operation::all(&root) {
        let responses = operation.responses(&root).map(|(_, response)| response);
        let bodies: Vec<&Node> = operation
            .request_body(&root)
            .into_iter()
            .chain(responses)
            .collect();
        assert!(
            bodies.len() >= 3,
            "{} has a success and two kinds of errors",
            operation.title()
        );
        for media_type in bodies.iter().flat_map(|body| body.entries_at("content")) {
            let examples = media_type.node.entries_at("examples");
            assert!(
                !examples.is_empty(),
                "{}: {:?}",
                operation.title(),
                media_type.key
            );
        }
    }
}
