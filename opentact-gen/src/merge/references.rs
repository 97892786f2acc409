//! References from file to file.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::node::{Node, Value};
use crate::spec::{reference, walk};

/// Where a reference leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Target<'a> {
    /// The position of the file among those of the document.
    pub(crate) file: usize,
    /// What stands behind the name of the file, from `#` on, or nothing.
    pub(crate) fragment: &'a str,
}

/// Where a reference in the file at the position `own` leads, by the names of all files;
/// nothing where it leads out of the document. Files refer to each other by their names, for
/// they lie in the same folder.
pub(crate) fn target<'a>(reference: &'a str, names: &[&str], own: usize) -> Option<Target<'a>> {
    let (file, fragment) = match reference.find('#') {
        Some(at) => reference.split_at(at),
        None => (reference, ""),
    };
    let name: Cow<'_, str> = percent_decode_str(file).decode_utf8().ok()?;
    let name = name.strip_prefix("./").unwrap_or(&name);
    let file = match name {
        "" => own,
        name => names.iter().position(|known| *known == name)?,
    };
    Some(Target { file, fragment })
}

/// Makes every reference to one of the files a reference within the document.
pub(super) fn rewrite(root: &mut Node, names: &[&str], own: usize) {
    let mut rewritten: HashMap<usize, String> = HashMap::new();
    let mut note = |node: Option<&Node>| {
        let Some((node, text)) = node.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        if let Some(target) = target(text, names, own)
            && !target.fragment.is_empty()
            && target.fragment != text
        {
            rewritten.insert(node.span.start, target.fragment.to_owned());
        }
    };
    walk(root, "", &mut |node, _| {
        if reference(node).is_some() {
            note(node.get("$ref"));
        }
        note(node.get("operationRef"));
        let mapping = node.pointer("/discriminator/mapping");
        let alternatives = mapping.map_or(&[][..], Node::entries);
        alternatives
            .iter()
            .for_each(|entry| note(Some(&entry.node)));
    });
    if !rewritten.is_empty() {
        replace(root, &rewritten);
    }
}

/// Replaces the texts that stand at these bytes.
fn replace(node: &mut Node, texts: &HashMap<usize, String>) {
    let span = &node.span;
    match &mut node.value {
        Value::String(text) => {
            if let Some(new) = texts.get(&span.start) {
                text.clone_from(new);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| replace(item, texts)),
        Value::Mapping(mapping) => mapping
            .entries_mut()
            .for_each(|(_, node)| replace(node, texts)),
        _ => {}
    }
}
