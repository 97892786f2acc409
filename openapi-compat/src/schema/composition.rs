//! Schemas that are composed of others with `allOf`, `anyOf`, `oneOf` and `not`.

use serde_json::json;

use super::alignment::{Alignment, name};
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact};
use crate::context::{Context, SchemaTask};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::inclusion::proof::Proof;
use crate::level::{ChangeKind, Direction};

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
        // An alternative more can match values that another one matches, which are then invalid.
        let of_list = match keyword == "oneOf" && !are_exclusive(context, schemas.pair) {
            true => Compatibility::BREAKING,
            false => of_list,
        };
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
            // The fewer values are excluded, the more are valid.
            let (base, head) = ((&context.base, base), (&context.head, head));
            let request = context.judge(context.includes(base, head, Direction::Request));
            let response = context.judge(context.includes(head, base, Direction::Response));
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
pub(crate) fn compare_one_of<'a>(context: &mut Context<'a>, task: &SchemaTask<'a>) {
    let SchemaTask { vertex, pair, path } = task;
    if are_exclusive(context, pair) {
        return;
    }
    let loss = |proof: Proof| match context.judge(proof) {
        judgement if judgement.impact.is_loss() => judgement,
        _ => Impact::None.into(),
    };
    let compatibility = Compatibility::judged(
        loss(context.no_request_lost(pair)),
        loss(context.no_response_lost(pair)),
    );
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let changed = changed(ChangeId::AlternativesOverlap, pair, "oneOf");
    let changed = changed.of(path).with(compatibility);
    context.graph.record(*vertex, changed);
}

/// Returns `true` if there is a proof that every value that matches some alternatives matches one,
/// in both revisions.
fn are_exclusive<'a>(context: &Context<'a>, pair: &Pair<'a>) -> bool {
    context.has_exclusive_alternatives((&context.base, &pair.base))
        && context.has_exclusive_alternatives((&context.head, &pair.head))
}

/// Creates a difference of a keyword that either schema can have in a part of its `allOf`.
fn changed(id: ChangeId, pair: &Pair<'_>, keyword: &str) -> Difference {
    let (base, head) = (
        pair.base.pointer.child(keyword),
        pair.head.pointer.child(keyword),
    );
    Difference::between(id, ChangeKind::Changed, &base, &head)
}
