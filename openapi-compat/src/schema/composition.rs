//! Schemas that are composed of others with `allOf`, `anyOf`, `oneOf` and `not`.

use openapi_tree::{Pointer, reference};
use serde_json::{Value, json};

use super::alignment::Alignment;
use super::alternative::Alternative;
use super::annotations;
use super::described;
use super::discriminator;
use super::exclusion;
use super::flattened::{Additional, Flattened};
use super::ineffective;
use super::schema_pair::SchemaPair;
use super::wrapper;
use crate::annotation::is_annotation_or_access;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::dialect::FOLDED;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::level::{ChangeKind, Direction};
use crate::schema_task::{Composition, SchemaTask, Setting};

const NARROWER: Compatibility = Compatibility::NARROWER;
const WIDER: Compatibility = Compatibility::WIDER;

/// A list of schemas in both revisions.
struct List<'s, 'a> {
    keyword: &'static str,
    base: &'s [Element<'a>],
    head: &'s [Element<'a>],
}

impl<'a> List<'_, 'a> {
    /// Returns the places of the list. A schema can have it from a part of its `allOf`.
    fn places(&self, schemas: &SchemaPair<'_, 'a>) -> (Pointer, Pointer) {
        let list = |members: &[Element<'a>]| {
            let list = members.first()?.pointer.parent()?;
            (list.last().as_deref() == Some(self.keyword)).then_some(list)
        };
        let (base, head) = (list(self.base), list(self.head));
        let schema = |list: &Option<Pointer>| list.as_ref()?.parent();
        let (in_base, in_head) = schemas.parents(schema(&base), schema(&head));
        (
            base.unwrap_or_else(|| in_base.child(self.keyword)),
            head.unwrap_or_else(|| in_head.child(self.keyword)),
        )
    }
}

/// Compares the schemas that two schemas are composed of.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    let lists = [
        ("allOf", &base.all_of, &head.all_of),
        ("anyOf", &base.any_of, &head.any_of),
        ("oneOf", &base.one_of, &head.one_of),
    ];
    let lists = lists.map(|(keyword, base, head)| List {
        keyword,
        base,
        head,
    });
    let mut inside = Vec::new();
    let mut is_same_list = true;
    for list in lists {
        let older = Alternative::all(&context.base, base, list.base);
        let newer = Alternative::all(&context.head, head, list.head);
        let alignment = Alignment::new(older, newer);
        if alignment.is_same() {
            inside.push((list.keyword, alignment));
            continue;
        }
        is_same_list = false;
        if members(context, schemas, &list, &alignment) == Members::Different {
            inside.push((list.keyword, alignment));
        }
    }
    let aligned = inside.iter().flat_map(|(_, alignment)| &alignment.both);
    discriminator::compare(context, schemas, &aligned.collect::<Vec<_>>());
    for (keyword, alignment) in &inside {
        enter(context, schemas, keyword, alignment);
    }
    exclusion::compare(context, schemas);
    if !head.one_of.is_empty() && is_same_list {
        context.one_ofs.push(SchemaTask {
            vertex: schemas.vertex,
            pair: schemas.pair.clone(),
            path: schemas.path.clone(),
            setting: Setting::default(),
        });
    }
}

/// Compares a schema with the alternatives that were put around it, or that were around it before.
/// Returns `false` if there are none.
pub(super) fn compare_around<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) -> bool {
    let (base, head) = (&schemas.base, &schemas.head);
    let Pair {
        base: older,
        head: newer,
    } = schemas.pair;
    let (older, newer) = (folded(older), folded(newer));
    let is_folded = older.len() + newer.len() > 2;
    let (older, newer) = (&older[..], &newer[..]);
    // A component is recognised among alternatives, also if it has alternatives itself.
    let is_component = |list: &[Element<'a>]| match list {
        [only] => reference(only.node).is_some() || only.component("schemas").is_some(),
        _ => false,
    };
    let list = match (only_alternatives(base), only_alternatives(head)) {
        (None, Some((keyword, head))) if !base.is_composed() => List {
            keyword,
            base: older,
            head,
        },
        (Some((keyword, base)), None) if !head.is_composed() => List {
            keyword,
            base,
            head: newer,
        },
        (Some(_), Some((keyword, head))) if is_component(older) && !is_component(newer) => List {
            keyword,
            base: older,
            head,
        },
        (Some((keyword, base)), Some(_)) if is_component(newer) && !is_component(older) => List {
            keyword,
            base,
            head: newer,
        },
        _ => return false,
    };
    let older = Alternative::all(&context.base, base, list.base);
    let newer = Alternative::all(&context.head, head, list.head);
    let alignment = Alignment::new(older, newer);
    let is_around = match is_folded {
        true => !alignment.both.is_empty(),
        false => alignment.both.len() == 1,
    };
    if !is_around {
        return false;
    }
    annotations::compare_around(context, schemas);
    if members(context, schemas, &list, &alignment) != Members::Equivalent {
        enter(context, schemas, list.keyword, &alignment);
    }
    true
}

/// Returns the alternatives that the dialect wrote as a list of types, or else the schema itself. Of
/// a schema that only adds annotations to another one, it is the other one.
fn folded<'a>(schema: &Element<'a>) -> Vec<Element<'a>> {
    let alternatives = schema.items(FOLDED);
    match alternatives.is_empty() {
        true => vec![wrapper::target(schema).unwrap_or_else(|| schema.clone())],
        false => alternatives,
    }
}

/// Returns the alternatives of a schema that consists of nothing else.
fn only_alternatives<'s, 'a>(
    schema: &'s Flattened<'a>,
) -> Option<(&'static str, &'s [Element<'a>])> {
    let is_annotated =
        |keyword: &str| is_annotation_or_access(keyword) || keyword == "discriminator";
    let is_bare = schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.items.is_none()
        && schema.not.is_none()
        && matches!(schema.additional, Additional::Any)
        && schema.keywords().all(is_annotated);
    match schema.shape() {
        [false, true, false] if is_bare => Some(("anyOf", &schema.any_of)),
        [false, false, true] if is_bare => Some(("oneOf", &schema.one_of)),
        _ => None,
    }
}

/// The consequence of a list with other members.
#[derive(Debug, Eq, PartialEq)]
enum Members {
    /// The same values are valid, although the members differ, also inside.
    Equivalent,
    /// The members that are aligned must be compared.
    Different,
}

/// Records the schemas that were added to a list and removed from it.
fn members<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    list: &List<'_, 'a>,
    alignment: &Alignment<'a>,
) -> Members {
    let has_discriminator = |schema: &Flattened<'a>| schema.value("discriminator").is_some();
    let (if_removed, if_added) = match list.keyword {
        "allOf" => (WIDER, NARROWER),
        // A discriminator excludes values that it does not name.
        _ if has_discriminator(&schemas.base) != has_discriminator(&schemas.head) => {
            (Compatibility::BREAKING, Compatibility::BREAKING)
        }
        // An alternative more can match values that another one matches, which are then invalid.
        "oneOf" if !are_exclusive(context, schemas.pair) => {
            (Compatibility::BREAKING, Compatibility::BREAKING)
        }
        _ => (NARROWER, WIDER),
    };
    let sides = [
        (&alignment.removed, if_removed),
        (&alignment.added, if_added),
    ];
    let sides = sides.map(|(members, of_list)| match members.is_empty() {
        true => Compatibility::DOCUMENTATION,
        false => schemas.of_whole(context, of_list),
    });
    // A proof leaves out the properties that only the removed schemas describe.
    let sides = match described::loses(context, schemas.pair, &alignment.removed) {
        true if list.keyword == "allOf" => [Compatibility::BREAKING, sides[1]],
        true if !sides[0].request.is_loss() => [if_removed, sides[1]],
        _ => sides,
    };
    if sides == [Compatibility::DOCUMENTATION; 2] {
        let of_all = schemas.of_whole(context, Compatibility::BREAKING);
        let loses = described::loses_any(context, schemas.pair);
        return match of_all == Compatibility::DOCUMENTATION && !loses {
            true => Members::Equivalent,
            false => Members::Different,
        };
    }
    let [of_removed, of_added] = sides;
    let (if_removed, if_added) = match list.keyword {
        "allOf" => (ChangeId::CompositionChanged, ChangeId::CompositionChanged),
        _ => (ChangeId::AlternativeRemoved, ChangeId::AlternativeAdded),
    };
    let elements = |members: &[Alternative<'a>]| -> Vec<Element<'a>> {
        members
            .iter()
            .map(|member| member.element.clone())
            .collect()
    };
    let (added, removed) = (elements(&alignment.added), elements(&alignment.removed));
    let of_null = ineffective::null_alternative(context, schemas, &added, &removed);
    let (if_removed, if_added) = of_null.map_or((if_removed, if_added), |id| (id, id));
    let names = |members: &[Alternative<'a>]| {
        let names = members.iter().map(|member| member.name(alignment.marker));
        json!(names.collect::<Vec<_>>())
    };
    let (in_base, in_head) = list.places(schemas);
    let place = |members: &[Alternative<'a>], list: &Pointer| match members {
        [member] => member.element.pointer.clone(),
        _ => list.clone(),
    };
    if of_removed != Compatibility::DOCUMENTATION {
        let base = place(&alignment.removed, &in_base);
        let removed = Difference::between(if_removed, ChangeKind::Removed, &base, &in_head);
        let removed = removed.values(Some(names(&alignment.removed)), None::<Value>);
        let removed = removed.named(list.keyword).with(of_removed);
        schemas.record(context, removed);
    }
    if of_added != Compatibility::DOCUMENTATION {
        let head = place(&alignment.added, &in_head);
        let added = Difference::between(if_added, ChangeKind::Added, &in_base, &head);
        let added = added.values(None::<Value>, Some(names(&alignment.added)));
        schemas.record(context, added.named(list.keyword).with(of_added));
    }
    Members::Different
}

/// Schedules the comparison of the schemas that are aligned.
fn enter<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    keyword: &str,
    alignment: &Alignment<'a>,
) {
    let first = context.graph.edges(schemas.vertex);
    for (base, head) in &alignment.both {
        if keyword == "allOf" {
            schemas.enter_part(context, &base.element, &head.element);
            continue;
        }
        let path = schemas.path.alternative(head.name(alignment.marker));
        schemas.enter(context, &base.element, &head.element, path);
    }
    if keyword != "allOf" {
        let edges = first..context.graph.edges(schemas.vertex);
        context.compositions.push(Composition {
            vertex: schemas.vertex,
            pair: schemas.pair.clone(),
            edges,
        });
    }
}

/// Proves schemas as a whole whose alternatives changed inside: values that one alternative lost can
/// match another one.
pub(crate) fn prove_whole<'a>(
    context: &mut Context<'a>,
    composition: &Composition<'a>,
    changed: &[bool],
) {
    let Composition {
        vertex,
        pair,
        edges,
    } = composition;
    // No other alternative has the values that a discriminator leads to one.
    let is_tagged = pair.base.has("discriminator") || pair.head.has("discriminator");
    if is_tagged || !context.graph.lead_to(*vertex, edges.clone(), changed) {
        return;
    }
    let request = context.no_request_lost(pair).is_proved();
    let response = context.no_response_lost(pair).is_proved();
    for (direction, is_proved) in [
        (Direction::Request, request),
        (Direction::Response, response),
    ] {
        if is_proved {
            (context.graph).lose_nothing(*vertex, edges.clone(), direction);
        }
    }
    if request && response {
        context.graph.change_nothing(*vertex, edges.clone());
    }
}

/// Compares `oneOf` as a whole after an alternative changed inside, unless the alternatives are
/// proved to exclude each other. A wider alternative can match the values of another one, which are
/// then invalid.
pub(crate) fn compare_one_of<'a>(context: &mut Context<'a>, task: &SchemaTask<'a>) {
    let SchemaTask {
        vertex, pair, path, ..
    } = task;
    if are_exclusive(context, pair) {
        return;
    }
    let request = context.judge(context.no_request_lost(pair));
    let response = context.judge(context.no_response_lost(pair));
    let compatibility = Compatibility::of_values(request, response);
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    // If no value matches several alternatives of the head, some did in the base.
    let kind = match context.has_exclusive_alternatives((&context.head, &pair.head)) {
        true => ChangeKind::Removed,
        false => ChangeKind::Added,
    };
    let changed = changed((ChangeId::AlternativesOverlap, kind), pair, "oneOf");
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
fn changed((id, kind): (ChangeId, ChangeKind), pair: &Pair<'_>, keyword: &str) -> Difference {
    let (base, head) = (
        pair.base.pointer.child(keyword),
        pair.head.pointer.child(keyword),
    );
    Difference::between(id, kind, &base, &head)
}
