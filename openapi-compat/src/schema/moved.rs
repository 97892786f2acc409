//! Properties that another part of `allOf` describes than before, or several parts.
//!
//! Parts that one schema cannot express together are compared apart from each other, and each of them
//! sees only its own properties. Here, the properties of all parts are seen together.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::alignment::Alignment;
use super::alternative::Alternative;
use super::described::Described;
use super::flattened::{Additional, Flattened};
use super::properties;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact, Judgement};
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::inclusion::proof::Proof;
use crate::level::{ChangeKind, Direction};
use crate::revision::ElementTree;
use crate::schema_task::Settled;

/// A part of `allOf` with all of its own parts, by its number. A part of the base revision has the
/// number of the part of the head revision that it is compared with.
type PartNumber = usize;

/// The schemas that describe a property, or the entries that require it, each with its part.
type InParts<'a> = Vec<(PartNumber, Element<'a>)>;

/// The properties of a schema, each with the parts that describe or require it.
struct Parts<'a> {
    described: BTreeMap<&'a str, InParts<'a>>,
    required: BTreeMap<&'a str, InParts<'a>>,
    /// `true` if no part limits properties that it does not describe.
    is_open: bool,
}

impl<'a> Parts<'a> {
    fn new(
        document: &ElementTree<'a>,
        merged: &Flattened<'a>,
        separate: impl Iterator<Item = (PartNumber, Element<'a>)>,
    ) -> Self {
        let mut parts = Self {
            described: BTreeMap::new(),
            required: BTreeMap::new(),
            is_open: true,
        };
        parts.add(0, merged);
        for (number, part) in separate {
            let mut known = HashSet::new();
            let mut pending = vec![part];
            while let Some(part) = pending.pop() {
                let part = document.resolve(part);
                if known.insert(part.pointer.clone()) {
                    let part = Flattened::new(document, &part);
                    parts.add(number, &part);
                    pending.extend(part.all_of);
                }
            }
        }
        parts
    }

    fn add(&mut self, number: PartNumber, part: &Flattened<'a>) {
        for (name, element) in &part.properties {
            let described = self.described.entry(name).or_default();
            described.push((number, element.clone()));
        }
        for (name, element) in &part.required {
            let required = self.required.entry(name).or_default();
            required.push((number, element.clone()));
        }
        self.is_open &= matches!(part.additional, Additional::Any);
    }

    fn described(&self, name: &str) -> &[(PartNumber, Element<'a>)] {
        self.described.get(name).map_or(&[][..], Vec::as_slice)
    }

    fn requiring(&self, name: &str) -> BTreeSet<PartNumber> {
        let required = self.required.get(name).into_iter().flatten();
        required.map(|(number, _)| *number).collect()
    }
}

/// Compares the properties that moved between parts of `allOf`, or that several parts describe now or
/// did before. Returns those that need not be compared in the parts.
pub(super) fn settle<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) -> Settled<'a> {
    let known = schemas.setting.settled.clone();
    let (base, head) = (&schemas.base, &schemas.head);
    if base.all_of.is_empty() && head.all_of.is_empty() {
        return known;
    }
    let (older, newer) = parts(context, schemas);
    let is_open = older.is_open && newer.is_open;
    let described_otherwise = OnceCell::new();
    let is_described_otherwise = |context: &Context<'a>, name: &str| {
        let described = described_otherwise
            .get_or_init(|| Described::beside_properties(&context.base, &schemas.pair.base));
        described.has(name)
    };
    let mut settled: BTreeSet<&'a str> = BTreeSet::new();
    let (mut in_base, mut in_head) = (base.without_properties(), head.without_properties());
    for name in newer.described.keys().copied() {
        let (old, new) = (older.described(name), newer.described(name));
        if known.contains(name) || !is_moved(&older, &newer, name) {
            continue;
        }
        let is_simple = is_open && !is_described_otherwise(context, name);
        match (old, new) {
            ([], _) if is_simple => continue,
            ([(_, old)], [(_, new)]) if is_simple => {
                in_base.properties.push((name, old.clone()));
                in_head.properties.push((name, new.clone()));
            }
            ([_, ..], [_, ..]) if is_simple && has_one_access(context, old, new) => {
                let compatibility = of_conjunctions(context, schemas, old, new);
                record(context, schemas, name, [old, new], compatibility);
            }
            _ => {
                // The properties remain changes of the parts, which do not see that values are lost.
                let request = context.judge(context.no_request_lost(schemas.pair));
                if request.impact.is_loss() {
                    let compatibility = Compatibility::judged(request, Impact::None);
                    record(context, schemas, name, [old, new], compatibility);
                }
                continue;
            }
        }
        settled.insert(name);
        for (parts, schema) in [(&older, &mut in_base), (&newer, &mut in_head)] {
            let entry = parts.required.get(name).and_then(|all| all.first());
            (schema.required).extend(entry.map(|(_, entry)| (name, entry.clone())));
        }
    }
    if !settled.is_empty() {
        properties::compare(context, &schemas.with(in_base, in_head));
    }
    settled.extend(known.iter());
    settled.into()
}

/// Returns the properties of the parts of both schemas.
fn parts<'a>(context: &Context<'a>, schemas: &SchemaPair<'_, 'a>) -> (Parts<'a>, Parts<'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    let older = Alternative::all(&context.base, base, &base.all_of);
    let newer = Alternative::all(&context.head, head, &head.all_of);
    let Alignment {
        both,
        removed,
        added,
        ..
    } = Alignment::new(older, newer);
    let after_both = both.len() + 1;
    let after_removed = after_both + removed.len();
    let (older, newer): (Vec<_>, Vec<_>) = both
        .into_iter()
        .map(|(base, head)| (base.element, head.element))
        .unzip();
    let removed = removed.into_iter().map(|part| part.element);
    let added = added.into_iter().map(|part| part.element);
    let older = (1..).zip(older).chain((after_both..).zip(removed));
    let newer = (1..).zip(newer).chain((after_removed..).zip(added));
    (
        Parts::new(&context.base, base, older),
        Parts::new(&context.head, head, newer),
    )
}

/// Returns `true` if other parts describe a property than before, or other ones require it.
fn is_moved(older: &Parts<'_>, newer: &Parts<'_>, name: &str) -> bool {
    let numbers = |parts: &Parts<'_>| -> Vec<PartNumber> {
        let described = parts.described(name).iter();
        described.map(|(number, _)| *number).collect()
    };
    let (was_required, is_required) = (older.requiring(name), newer.requiring(name));
    let stays_required = !was_required.is_empty() && !is_required.is_empty();
    numbers(older) != numbers(newer) || stays_required && was_required != is_required
}

/// Returns `true` if all descriptions of a property say the same about requests and responses.
fn has_one_access<'a>(
    context: &Context<'a>,
    old: &[(PartNumber, Element<'a>)],
    new: &[(PartNumber, Element<'a>)],
) -> bool {
    let access = |document: &ElementTree<'a>, described: &[(PartNumber, Element<'a>)]| {
        let described = described.iter();
        let access = described.map(|(_, element)| {
            ["readOnly", "writeOnly"].map(|keyword| document.is_marked(element, keyword))
        });
        access.collect::<BTreeSet<_>>()
    };
    let mut all = access(&context.base, old);
    all.append(&mut access(&context.head, new));
    all.len() == 1
}

/// Returns the compatibility of the descriptions of a property, which must all hold. Nothing is lost if
/// each description of one revision includes one of the other revision.
fn of_conjunctions<'a>(
    context: &Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    old: &[(PartNumber, Element<'a>)],
    new: &[(PartNumber, Element<'a>)],
) -> Compatibility {
    let judgement = |wide: &ElementTree<'a>,
                     wider: &[(PartNumber, Element<'a>)],
                     narrow: &ElementTree<'a>,
                     narrower: &[(PartNumber, Element<'a>)],
                     direction: Direction|
     -> Judgement {
        let is_proved = wider.iter().all(|(_, includes)| {
            narrower.iter().any(|(_, included)| {
                context
                    .includes((wide, includes), (narrow, included), direction)
                    .is_proved()
            })
        });
        let whole = || match direction {
            Direction::Request => context.no_request_lost(schemas.pair),
            _ => context.no_response_lost(schemas.pair),
        };
        context.judge(match is_proved {
            true => Proof::Proved,
            false => whole(),
        })
    };
    let (base, head) = (&context.base, &context.head);
    Compatibility::of_values(
        judgement(head, new, base, old, Direction::Request),
        judgement(base, old, head, new, Direction::Response),
    )
}

/// Records that other schemas describe a property.
fn record<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    [old, new]: [&[(PartNumber, Element<'a>)]; 2],
    compatibility: Compatibility,
) {
    let place = |described: &[(PartNumber, Element<'a>)]| Some(described.last()?.1.pointer.clone());
    let (base, head) = (&schemas.pair.base.pointer, &schemas.pair.head.pointer);
    let base = place(old).unwrap_or_else(|| base.clone());
    let head = place(new).unwrap_or_else(|| head.clone());
    let (id, kind) = (ChangeId::SchemaReplaced, ChangeKind::Changed);
    let changed = Difference::between(id, kind, &base, &head);
    let changed = changed.of(&schemas.path.property(name)).with(compatibility);
    context.graph.record(schemas.vertex, changed);
}
