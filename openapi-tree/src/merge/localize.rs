//! References between the files become references within the document.

use std::collections::HashMap;

use crate::node::{Node, Value};
use crate::reference::{file_target, reference};
use crate::walk::walk;

/// Makes every reference to one of the files a reference within the document. `own` is the position
/// of the file of `root`.
pub(super) fn localize(root: &mut Node, names: &[&str], own: usize) {
    let mut rewritten: HashMap<u32, String> = HashMap::new();
    let mut note = |node: Option<&Node>| {
        let Some((node, text)) = node.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        if let Some(target) = file_target(text, names, own)
            && !target.fragment.is_empty()
            && target.fragment != text
        {
            rewritten.insert(node.span.start, target.fragment.to_owned());
        }
    };
    walk(root, &mut |node, _| {
        if reference(node).is_some() {
            note(node.get("$ref"));
        }
        note(node.get("operationRef"));
        let mapping = node.descend(["discriminator", "mapping"]);
        let alternatives = mapping.map_or(&[][..], Node::entries).iter();
        alternatives.for_each(|entry| note(Some(&entry.node)));
    });
    if !rewritten.is_empty() {
        replace(root, &rewritten);
    }
}

/// Replaces the strings that start at these bytes.
pub(crate) fn replace(node: &mut Node, texts: &HashMap<u32, String>) {
    let span = &node.span;
    match &mut node.value {
        Value::String(text) => {
            if let Some(new) = texts.get(&span.start) {
                *text = new.as_str().into();
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| replace(item, texts)),
        Value::Mapping(mapping) => mapping
            .entries_mut()
            .for_each(|(_, node)| replace(node, texts)),
        _ => {}
    }
}
