//! Schemas that are composed of others with `allOf`, `anyOf` and `oneOf`.

use serde_json::json;

use super::alignment::{Alignment, name};
use super::exclusion;
use super::schema_pair::SchemaPair;
use super::valid_values::of_whole;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::{Context, SchemaTask};
use crate::difference::Difference;
use crate::element::Element;
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
        let compatibility = of_whole(context, schemas, of_list);
        if compatibility == Compatibility::DOCUMENTATION {
            let of_all = of_whole(context, schemas, Compatibility::BREAKING);
            if of_all == Compatibility::DOCUMENTATION {
                // The same values are valid, although the parts differ.
                return;
            }
            // The list allows the same values, but an aligned schema may have changed.
            continue;
        }
        let names = |list: &[Element<'a>]| json!(list.iter().map(name).collect::<Vec<_>>());
        let changed = Difference::between(
            ChangeId::CompositionChanged,
            ChangeKind::Changed,
            schemas.pair.base.pointer.child(keyword),
            schemas.pair.head.pointer.child(keyword),
        );
        let changed = changed.of(schemas.path).named(keyword).with(compatibility);
        let changed = changed.values(Some(names(&removed)), Some(names(&added)));
        context.record(schemas.vertex, changed);
    }
    for (base, head) in inside {
        schemas.enter(context, &base, &head, schemas.path.clone());
    }
    exclusion::compare(context, schemas);
    if !head.one_of.is_empty() && is_same_list {
        context.one_ofs.push(SchemaTask {
            vertex: schemas.vertex,
            pair: schemas.pair.clone(),
            path: schemas.path.clone(),
        });
    }
}
