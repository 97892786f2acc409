//! Proofs about schemas that contain each other.

use crate::support::changes;

/// Returns a document with two operations that receive schemas which contain each other. One of them
/// has a limit.
fn linked(limit: u32, operations: [(&str, &str); 2]) -> String {
    let object = |properties: &str| format!("{{ type: object, properties: {{ {properties} }} }}");
    let to = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
    let linked = |name: &str, links: &[(&str, &str)], more: &str| {
        let links = links.iter();
        let mut properties: Vec<String> = links
            .map(|(property, target)| format!("{property}: {}", to(target)))
            .collect();
        properties.push(more.to_owned());
        properties.retain(|property| !property.is_empty());
        format!("{name}: {}", object(&properties.join(", ")))
    };
    let size = format!("size: {{ type: integer, maximum: {limit} }}");
    let schemas = [
        linked("Room", &[("door", "Door")], ""),
        linked("Door", &[("key", "Key"), ("lock", "Lock")], &size),
        linked("Key", &[("ring", "Ring")], ""),
        linked("Ring", &[("label", "Label"), ("room", "Room")], ""),
        linked("Label", &[("key", "Key")], ""),
        linked("Lock", &[("bolt", "Bolt")], ""),
        linked("Bolt", &[("label", "Label")], ""),
    ];
    let operation = |(path, target): (&str, &str)| {
        let schema = object(&format!("part: {}", to(target)));
        format!(
            "{path}: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: \
             {{ anyOf: [{schema}, {{ type: boolean }}] }} }} }} }}, \
             responses: {{ 204: {{ description: Done. }} }} }} }}"
        )
    };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: House, version: 1.0.0 }}\npaths: {{ {}, {} }}\n\
         components: {{ schemas: {{ {} }} }}\n",
        operation(operations[0]),
        operation(operations[1]),
        schemas.join(", ")
    )
}

#[test]
fn proof_that_assumed_what_failed_later_is_not_remembered() {
    let (rooms, locks) = (("/rooms", "Room"), ("/locks", "Lock"));
    for operations in [[rooms, locks], [locks, rooms]] {
        let changes = changes(&linked(10, operations), &linked(9, operations));
        let reached: Vec<_> = changes
            .iter()
            .map(|change| change.operations.len())
            .collect();
        assert_eq!(reached, [2], "{changes:#?}");
    }
}
