//! Schemas that are composed of others with `allOf`, `anyOf`, `oneOf` and `not`.

use serde_json::{Value, json};

use super::alignment::{Alignment, name};
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact};
use crate::context::{Context, Located, SchemaTask};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::inclusion::Inclusion;
use crate::inclusion::provable;
use crate::level::ChangeKind;

const NARROWER: Compatibility = Compatibility::NARROWER;
const WIDER: Compatibility = Compatibility::WIDER;

/// Compares the schemas that two schemas are composed of.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    let lists = [
        ("allOf", &base.all_of, &head.all_of, WIDER, NARROWER),
        ("anyOf", &base.any_of, &head.any_of, NARROWER, WIDER),
        ("oneOf", &base.one_of, &head.one_of, NARROWER, WIDER),
    ];
    let mut inside: Vec<(Element<'a>, Element<'a>)> = Vec::new();
    let mut is_same_list = true;
    for (keyword, older, newer, if_removed, if_added) in lists {
        let Alignment {
            both,
            removed,
            added,
        } = Alignment::new(context, older, newer);
        inside.extend(both);
        let of_list = match (removed.is_empty(), added.is_empty()) {
            (true, true) => continue,
            (false, true) => if_removed,
            (true, false) => if_added,
            (false, false) => Compatibility::BREAKING,
        };
        is_same_list = false;
        let compatibility = schemas.of_whole(context, of_list);
        if compatibility == Compatibility::DOCUMENTATION {
            let of_all = schemas.of_whole(context, Compatibility::BREAKING);
            if of_all == Compatibility::DOCUMENTATION {
                // The same values are valid, although the parts differ.
                return;
            }
            // The list allows the same values, but an aligned schema may have changed.
            continue;
        }
        let names = |list: &[Element<'a>]| json!(list.iter().map(name).collect::<Vec<_>>());
        let changed = changed(ChangeId::CompositionChanged, schemas.pair, keyword);
        let changed = changed.named(keyword).with(compatibility);
        let changed = changed.values(Some(names(&removed)), Some(names(&added)));
        schemas.record(context, changed);
    }
    for (base, head) in inside {
        schemas.enter(context, &base, &head, schemas.path.clone());
    }
    exclusion(context, schemas);
    if !head.one_of.is_empty() && is_same_list {
        context.one_ofs.push(SchemaTask {
            vertex: schemas.vertex,
            pair: schemas.pair.clone(),
            path: schemas.path.clone(),
        });
    }
}

/// Compares `not`. The fewer values it excludes, the more the whole schema allows.
fn exclusion<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (id, kind, of_part) = match (&schemas.base.not, &schemas.head.not) {
        (None, None) => return,
        (Some(_), None) => (ChangeId::NotRemoved, ChangeKind::Removed, WIDER),
        (None, Some(_)) => (ChangeId::NotAdded, ChangeKind::Added, NARROWER),
        (Some(base), Some(head)) => {
            let (base, head) = (base.clone(), head.clone());
            let excluded = Pair { base, head };
            let request = context.base_includes_head(&excluded);
            let response = context.head_includes_base(&excluded);
            let of_part = Compatibility::of_values(request, response);
            (ChangeId::NotChanged, ChangeKind::Changed, of_part)
        }
    };
    if of_part == Compatibility::DOCUMENTATION {
        return;
    }
    let compatibility = schemas.of_whole(context, of_part);
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let base = schemas.base.not.as_ref().unwrap_or(&schemas.pair.base);
    let head = schemas.head.not.as_ref().unwrap_or(&schemas.pair.head);
    let changed = Difference::between(id, kind, &base.pointer, &head.pointer).with(compatibility);
    schemas.record(context, changed);
}

/// Compares `oneOf` as a whole after an alternative changed inside, unless the alternatives are
/// proved to exclude each other. A wider alternative can match the values of another one, which are
/// then invalid.
pub(crate) fn compare_one_of(context: &mut Context<'_>, task: &SchemaTask<'_>) {
    let SchemaTask { vertex, pair, path } = task;
    let base = (&context.base, &pair.base);
    let head = (&context.head, &pair.head);
    if are_exclusive(context, base) && are_exclusive(context, head) {
        return;
    }
    let loss = |inclusion: Inclusion| match Impact::from(inclusion) {
        impact if impact.is_loss() => impact,
        _ => Impact::None,
    };
    let compatibility = Compatibility::new(
        loss(context.includes(head, base)),
        loss(context.includes(base, head)),
    );
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let changed = changed(ChangeId::AlternativesOverlap, pair, "oneOf");
    let changed = changed.of(path).with(compatibility);
    context.graph.record(*vertex, changed);
}

/// Returns `true` if there is a proof that every value that matches some alternatives matches one.
fn are_exclusive<'a>(context: &Context<'a>, (document, schema): Located<'_, 'a>) -> bool {
    let schema = provable::schema(document.root().node, schema.node);
    let Some(Value::Object(one_of)) = schema else {
        return false;
    };
    let mut any_of = one_of.clone();
    if let Some(alternatives) = any_of.remove("oneOf") {
        any_of.insert("anyOf".to_owned(), alternatives);
    }
    let (one_of, any_of) = (Value::Object(one_of), Value::Object(any_of));
    context.prover.includes(&one_of, &any_of) == Inclusion::Proved
}

/// Creates a difference of a keyword that either schema can have in a part of its `allOf`.
fn changed(id: ChangeId, pair: &Pair<'_>, keyword: &str) -> Difference {
    let (base, head) = (
        pair.base.pointer.child(keyword),
        pair.head.pointer.child(keyword),
    );
    Difference::between(id, ChangeKind::Changed, &base, &head)
}
