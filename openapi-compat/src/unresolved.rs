//! References that lead nowhere. What they stand for is left out of the comparison.

use std::collections::HashSet;

use openapi_tree::reference;

use crate::change_id::ChangeId;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

/// Returns `true` if an element is still a reference after references were followed.
pub(crate) fn is_unresolved(element: &Element<'_>) -> bool {
    reference(element.node).is_some()
}

/// Returns the difference of two elements of which at least one is a reference that leads nowhere.
/// Returns `None` if both have the same one, because then nothing changed.
pub(crate) fn difference(pair: &Pair<'_>) -> Option<Difference> {
    let (base, head) = (reference(pair.base.node), reference(pair.head.node));
    of_texts(pair, base.as_slice(), head.as_slice())
}

/// Returns the difference of the references in `allOf` that lead nowhere, if they changed.
pub(crate) fn difference_of_parts<'a>(
    (base, head): (&ElementTree<'a>, &ElementTree<'a>),
    pair: &Pair<'a>,
) -> Option<Difference> {
    of_texts(pair, &parts(base, &pair.base), &parts(head, &pair.head))
}

fn of_texts(pair: &Pair<'_>, base: &[&str], head: &[&str]) -> Option<Difference> {
    if base == head {
        return None;
    }
    let only_in = |texts: &[&str], others: &[&str]| {
        let mut texts = texts.iter().filter(|text| !others.contains(text));
        texts.next().map(|text| (*text).to_owned())
    };
    let name = only_in(head, base).or_else(|| only_in(base, head))?;
    let changed = Difference::changed(ChangeId::ReferenceUnresolved, &pair.base, &pair.head);
    Some(changed.named(name))
}

/// Returns the references in `allOf` that lead nowhere, at any depth.
fn parts<'a>(document: &ElementTree<'a>, schema: &Element<'a>) -> Vec<&'a str> {
    let mut texts = Vec::new();
    // Without it, a part would be read once for each way that leads to it.
    let mut seen = HashSet::from([std::ptr::from_ref(schema.node)]);
    let mut pending = vec![schema.clone()];
    while let Some(schema) = pending.pop() {
        for part in schema.items("allOf") {
            let part = document.resolve(part);
            match reference(part.node) {
                Some(text) => texts.push(text),
                None if seen.insert(part.node) => pending.push(part),
                None => {}
            }
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}
