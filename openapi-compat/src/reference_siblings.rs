//! Keywords beside a `$ref`.
//!
//! In OpenAPI 3.0, they have no effect. In OpenAPI 3.1, those of schemas apply, and the dialect has
//! them as a part of `allOf`. A reference to anything else has a `summary` and a `description` then,
//! which take the place of those of the target.

use std::collections::BTreeSet;

use openapi_tree::{Pointer, is_extension, reference};
use serde_json::{Value, json};

use crate::change_id::ChangeId;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::level::ChangeKind;
use crate::revision::ElementTree;

const REFERENCE: &str = "$ref";

/// The keywords that take the place of those of the target.
const TEXTS: [&str; 2] = ["description", "summary"];

/// Returns the differences of the keywords beside references to schemas.
pub(crate) fn of_schemas(
    (older, newer): (&ElementTree<'_>, &ElementTree<'_>),
    pair: &Pair<'_>,
) -> Vec<Difference> {
    if !older.is_openapi_3_0() || !newer.is_openapi_3_0() {
        return Vec::new();
    }
    let keywords = &keywords(&pair.base) | &keywords(&pair.head);
    let keywords = keywords.into_iter();
    keywords
        .filter_map(|keyword| ineffective_difference(pair, keyword, REFERENCE))
        .collect()
}

/// Returns the differences of the keywords beside the references that led to two elements, which are
/// no schemas.
pub(crate) fn of_objects(
    (older, newer): (&ElementTree<'_>, &ElementTree<'_>),
    pair: &Pair<'_>,
) -> Vec<Difference> {
    if pair.base.reference.is_none() && pair.head.reference.is_none() {
        return Vec::new();
    }
    let written = Pair::new(written(&pair.base), written(&pair.head));
    let (base, head) = (keywords(&written.base), keywords(&written.head));
    let has_effect = |keyword: &str| {
        let in_base = base.contains(keyword) && !older.is_openapi_3_0();
        let in_head = head.contains(keyword) && !newer.is_openapi_3_0();
        TEXTS.contains(&keyword) && (in_base || in_head)
    };
    let all: BTreeSet<&str> = base.union(&head).copied().collect();
    let differences = all
        .into_iter()
        .filter_map(|keyword| match has_effect(keyword) {
            true => {
                let base = effective(older, &pair.base, keyword);
                let head = effective(newer, &pair.head, keyword);
                text_difference(&Pair::new(base, head), keyword)
            }
            false => ineffective_difference(&written, keyword, "reference"),
        });
    differences.collect()
}

/// Returns the reference that led to an element, or the element if there is none with keywords.
fn written<'a>(element: &Element<'a>) -> Element<'a> {
    let reference = element.reference.as_deref();
    reference.unwrap_or(element).clone()
}

/// Returns the element whose keyword applies: the reference or its target.
fn effective<'a>(document: &ElementTree<'a>, element: &Element<'a>, keyword: &str) -> Element<'a> {
    let reference = element.reference.as_deref();
    let overriding = reference.filter(|it| it.has(keyword) && !document.is_openapi_3_0());
    overriding.unwrap_or(element).clone()
}

fn text_difference(pair: &Pair<'_>, keyword: &str) -> Option<Difference> {
    let changed = Difference::of_keyword(ChangeId::AnnotationChanged, pair, keyword);
    let (old, new) = (pair.base.json(keyword), pair.head.json(keyword));
    let changed = changed.named(keyword).values(old, new);
    pair.differs(keyword).then_some(changed)
}

/// Returns the difference of a keyword that says nothing. `reason` is the name of the reference among
/// the values.
fn ineffective_difference(pair: &Pair<'_>, keyword: &str, reason: &str) -> Option<Difference> {
    let has = |element: &Element<'_>| keywords(element).contains(keyword);
    let (was, is) = (has(&pair.base), has(&pair.head));
    let kind = match (was, is) {
        (true, true) if !pair.differs(keyword) => return None,
        (true, true) => ChangeKind::Changed,
        (true, false) => ChangeKind::Removed,
        (false, true) => ChangeKind::Added,
        (false, false) => return None,
    };
    let place = |element: &Element<'_>, has: bool| -> Pointer {
        match has {
            true => element.pointer.child(keyword),
            false => element.pointer.clone(),
        }
    };
    let values = |element: &Element<'_>| -> Value {
        json!({ keyword: element.json(keyword), reason: element.json(REFERENCE) })
    };
    let (old, new) = (place(&pair.base, was), place(&pair.head, is));
    let changed = Difference::between(ChangeId::KeywordIneffective, kind, &old, &new);
    let old = was.then(|| values(&pair.base));
    let new = is.then(|| values(&pair.head));
    Some(changed.named(keyword).values(old, new))
}

/// Returns the keywords beside a reference.
fn keywords<'a>(element: &Element<'a>) -> BTreeSet<&'a str> {
    if reference(element.node).is_none() {
        return BTreeSet::new();
    }
    let keywords = element.entries().map(|(keyword, _)| keyword);
    keywords
        .filter(|keyword| *keyword != REFERENCE && !is_extension(keyword))
        .collect()
}
