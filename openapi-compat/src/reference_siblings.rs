//! Keywords beside a `$ref` of a schema in OpenAPI 3.0, which have no effect.

use std::collections::BTreeSet;

use openapi_tree::{is_extension, reference};
use serde_json::{Value, json};

use crate::change_id::ChangeId;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::level::ChangeKind;
use crate::revision::ElementTree;

/// Returns the differences of the keywords beside references.
pub(crate) fn differences(
    (older, newer): (&ElementTree<'_>, &ElementTree<'_>),
    pair: &Pair<'_>,
) -> Vec<Difference> {
    if !older.is_openapi_3_0() || !newer.is_openapi_3_0() {
        return Vec::new();
    }
    let (base, head) = (siblings(&pair.base), siblings(&pair.head));
    let keywords: BTreeSet<&str> = base.iter().chain(&head).copied().collect();
    let mut differences = Vec::new();
    for keyword in keywords {
        let (was, is) = (base.contains(&keyword), head.contains(&keyword));
        if was && is && !pair.differs(keyword) {
            continue;
        }
        let kind = match (was, is) {
            (true, true) => ChangeKind::Changed,
            (true, false) => ChangeKind::Removed,
            _ => ChangeKind::Added,
        };
        let place = |element: &Element<'_>, has: bool| match has {
            true => element.pointer.child(keyword),
            false => element.pointer.clone(),
        };
        let (old, new) = (place(&pair.base, was), place(&pair.head, is));
        let changed = Difference::between(ChangeId::KeywordIneffective, kind, &old, &new);
        let old = was.then(|| values(&pair.base, keyword));
        let new = is.then(|| values(&pair.head, keyword));
        differences.push(changed.named(keyword).values(old, new));
    }
    differences
}

/// Returns the keywords beside a reference.
fn siblings<'a>(schema: &Element<'a>) -> Vec<&'a str> {
    if reference(schema.node).is_none() {
        return Vec::new();
    }
    let keywords = schema.entries().map(|(keyword, _)| keyword);
    keywords
        .filter(|keyword| *keyword != "$ref" && !is_extension(keyword))
        .collect()
}

fn values(schema: &Element<'_>, keyword: &str) -> Value {
    json!({ keyword: schema.json(keyword), "$ref": schema.json("$ref") })
}
