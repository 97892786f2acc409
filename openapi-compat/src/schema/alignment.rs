//! The alignment of the schemas in two lists of `allOf`, `anyOf` or `oneOf`.

use openapi_tree::reference;

use super::types::types_without_null;
use crate::context::Context;
use crate::element::Element;
use crate::revision::ElementTree;

/// Returns `true` if two schemas are alike.
type Likeness<'t, 'a> = &'t dyn Fn(&Element<'a>, &Element<'a>) -> bool;

/// Two lists of schemas, aligned. Equally similar schemas are aligned in their order.
pub(super) struct Alignment<'a> {
    pub(super) both: Vec<(Element<'a>, Element<'a>)>,
    pub(super) removed: Vec<Element<'a>>,
    pub(super) added: Vec<Element<'a>>,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(context: &Context<'a>, base: &[Element<'a>], head: &[Element<'a>]) -> Self {
        let kind = |document: &ElementTree<'a>, schema: &Element<'a>| {
            types_without_null(document.resolve(schema.clone()).node)
        };
        let same_type = |base: &Element<'a>, head: &Element<'a>| {
            kind(&context.base, base) == kind(&context.head, head)
        };
        let is_reference = |schema: &Element<'a>| reference(schema.node).is_some();
        let mut both = Vec::new();
        let mut removed = base.to_vec();
        let mut added = head.to_vec();
        // The similarity by which two schemas are aligned, the most reliable first.
        let likenesses: [Likeness<'_, 'a>; 3] = [
            // They are equal, as references to the same component are.
            &|base, head| base.node.same(head.node),
            // They have the same type, and both or neither are references.
            &|base, head| is_reference(base) == is_reference(head) && same_type(base, head),
            // They have the same type: an inline schema may have become a component.
            &same_type,
        ];
        for is_like in likenesses {
            added.retain(|head| {
                let Some(position) = removed.iter().position(|base| is_like(base, head)) else {
                    return true;
                };
                both.push((removed.remove(position), head.clone()));
                false
            });
        }
        Self {
            both,
            removed,
            added,
        }
    }
}

/// Returns the name of a schema in a list: the name of its component, its title, or its type.
pub(super) fn name(schema: &Element<'_>) -> Option<String> {
    let component = reference(schema.node).and_then(|target| target.rsplit('/').next());
    let name = component.or_else(|| schema.str_at("title"));
    let kind = || types_without_null(schema.node)?.first().copied();
    name.or_else(kind).map(str::to_owned)
}
