//! References by `$anchor` and `$id`, which become JSON pointers.

use std::collections::HashMap;

use openapi_tree::{Node, Pointer, Value, change_schemas, walk_schemas};

/// Rewrites the references of schemas that are no JSON pointers from the root of the document.
pub(super) fn rewrite(root: &mut Node) {
    let names = names(root);
    let targets = targets(root, &names);
    if targets.is_empty() {
        return;
    }
    change_schemas(root, &mut |schema| {
        let dynamic = match schema.get("$ref") {
            None => schema.remove("$dynamicRef"),
            Some(_) => None,
        };
        if let Some(mut entry) = dynamic {
            entry.key = "$ref".into();
            schema.add(entry);
        }
        if let Some(reference) = schema.get_mut("$ref")
            && let Some(target) = targets.get(&reference.span.start)
        {
            reference.value = Value::String(target.as_str().into());
        }
    });
}

/// Returns the schemas with names: the pointer for each `$id`, and for each anchor with `#`.
fn names(root: &Node) -> HashMap<String, Pointer> {
    let mut names = HashMap::new();
    walk_schemas(root, &mut |schema, pointer| {
        let anchors = ["$anchor", "$dynamicAnchor"].into_iter();
        let anchors = anchors.filter_map(|keyword| schema.str_at(keyword));
        let anchors = anchors.map(|anchor| format!("#{anchor}"));
        let id = schema
            .str_at("$id")
            .map(|id| id.trim_end_matches('#').to_owned());
        for name in anchors.chain(id) {
            names.entry(name).or_insert_with(|| pointer.clone());
        }
    });
    names
}

/// Returns the new text of each reference, by the place of its old one.
fn targets(root: &Node, names: &HashMap<String, Pointer>) -> HashMap<u32, String> {
    let mut targets = HashMap::new();
    walk_schemas(root, &mut |schema, pointer| {
        let Some(reference) = schema.get("$ref").or_else(|| schema.get("$dynamicRef")) else {
            return;
        };
        let Some(text) = reference.as_str() else {
            return;
        };
        if let Some(target) = target(root, names, pointer, text) {
            targets.insert(reference.span.start, format!("#{target}"));
        }
    });
    targets
}

/// Returns the pointer to the schema that a reference names, or `None` if it is such a pointer
/// already, or leads nowhere.
fn target(
    root: &Node,
    names: &HashMap<String, Pointer>,
    from: &Pointer,
    reference: &str,
) -> Option<Pointer> {
    if let Some(local) = Pointer::of_reference(reference) {
        // A schema that is a resource of its own refers to its own `$defs`.
        return match root.at(&local) {
            Some(_) => None,
            None => enclosing(from).find_map(|outer| within(root, &outer, &local)),
        };
    }
    if let Some(named) = names.get(reference) {
        return Some(named.clone());
    }
    let (resource, fragment) = reference.split_once('#')?;
    match fragment.starts_with('/') {
        true => {
            let local = Pointer::of_reference(&reference[resource.len()..])?;
            within(root, names.get(resource)?, &local)
        }
        false if fragment.is_empty() => names.get(resource).cloned(),
        false => names.get(&format!("#{fragment}")).cloned(),
    }
}

/// Returns the pointers to the elements around a schema, the innermost first.
fn enclosing(schema: &Pointer) -> impl Iterator<Item = Pointer> {
    std::iter::successors(Some(schema.clone()), Pointer::parent)
}

/// Returns the pointer to an element inside another one, if it exists.
fn within(root: &Node, outer: &Pointer, local: &Pointer) -> Option<Pointer> {
    let pointer = Pointer::parse(&format!("{outer}{local}"))?;
    root.at(&pointer).is_some().then_some(pointer)
}
