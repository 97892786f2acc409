//! Properties of objects.

use std::collections::HashSet;

use openapi_tree::Pointer;
use serde_json::json;

use super::flattened::{Additional, Flattened};
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact};
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::inclusion::provable;
use crate::inclusion::prover::Inclusion;
use crate::level::{ChangeKind, Direction};
use crate::pair::Pair;
use crate::revision::IndexedDocument;

/// A property of one revision.
struct Property<'a> {
    schema: Element<'a>,
    required: bool,
    /// `true` if requests can contain it: it is not `readOnly`.
    sent: bool,
    /// `true` if responses can contain it: it is not `writeOnly`.
    received: bool,
}

impl<'a> Property<'a> {
    fn new(document: &IndexedDocument<'a>, object: &Flattened<'a>, name: &str) -> Option<Self> {
        let schema = object.property(name)?.clone();
        let target = document.resolve(schema.clone());
        Some(Self {
            required: object.required.contains_key(name),
            sent: !target.flag("readOnly"),
            received: !target.flag("writeOnly"),
            schema,
        })
    }
}

/// Compares the properties of two schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    for name in names(schemas) {
        let base = Property::new(&context.base, &schemas.base, name);
        let head = Property::new(&context.head, &schemas.head, name);
        match (base, head) {
            (Some(base), Some(head)) => both(context, schemas, name, &base, &head),
            (None, Some(head)) => added(context, schemas, name, &head),
            (Some(base), None) => removed(context, schemas, name, &base),
            (None, None) => required(context, schemas, name, (true, true)),
        }
    }
}

/// Returns the names of all properties, in the order of the head schema and then of the base
/// schema.
fn names<'a>(schemas: &SchemaPair<'_, 'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    let mut known = HashSet::new();
    for schema in [&schemas.head, &schemas.base] {
        let declared = schema.properties.iter().map(|(name, _)| *name);
        let required = schema.required.keys().copied();
        names.extend(declared.chain(required).filter(|name| known.insert(*name)));
    }
    names
}

fn both<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    base: &Property<'a>,
    head: &Property<'a>,
) {
    access(context, schemas, name, base, head);
    required(context, schemas, name, (head.sent, head.received));
    let only = match (base.sent || head.sent, base.received || head.received) {
        (true, false) => Some(Direction::Request),
        (false, true) => Some(Direction::Response),
        _ => None,
    };
    let pair = Pair {
        base: base.schema.clone(),
        head: head.schema.clone(),
    };
    context.schema_in(schemas.vertex, pair, schemas.path.property(name), only);
}

/// Compares `readOnly` and `writeOnly`.
fn access<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    base: &Property<'a>,
    head: &Property<'a>,
) {
    let impact = |was: bool, is: bool, if_new: Impact| match (was, is) {
        (false, true) => if_new,
        (true, false) => Impact::Breaking,
        _ => Impact::None,
    };
    let if_sent = match head.required {
        true => Impact::Breaking,
        false => Impact::Additive,
    };
    let compatibility = Compatibility::new(
        impact(base.sent, head.sent, if_sent),
        impact(base.received, head.received, if_received(&schemas.base)),
    );
    let read_only = match (base.sent, head.sent) {
        (true, false) => Some(ChangeId::PropertyBecameReadOnly),
        (false, true) => Some(ChangeId::PropertyNoLongerReadOnly),
        _ => None,
    };
    let write_only = match (base.received, head.received) {
        (true, false) => Some(ChangeId::PropertyBecameWriteOnly),
        (false, true) => Some(ChangeId::PropertyNoLongerWriteOnly),
        _ => None,
    };
    for id in read_only.into_iter().chain(write_only) {
        let changed = Difference::changed(id, &base.schema, &head.schema);
        let changed = changed.of(schemas.path.property(name));
        context.record(schemas.vertex, changed.with(compatibility));
    }
}

/// Compares whether a property is required, if it is sent and received.
fn required<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    (sent, received): (bool, bool),
) {
    let list = |schema: &Element<'a>| schema.pointer.child("required");
    let base = schemas.base.required.get(name);
    let head = schemas.head.required.get(name);
    let (id, base, head) = match (base, head) {
        (None, Some(head)) => (
            ChangeId::PropertyBecameRequired,
            list(&schemas.pair.base),
            head.pointer.clone(),
        ),
        (Some(base), None) => (
            ChangeId::PropertyBecameOptional,
            base.pointer.clone(),
            list(&schemas.pair.head),
        ),
        _ => return,
    };
    let compatibility = id.compatibility().limited_to(sent, received);
    // The property itself is in both revisions.
    let changed = Difference::between(id, ChangeKind::Changed, base, head);
    let changed = changed.of(schemas.path.property(name));
    context.record(schemas.vertex, changed.with(compatibility));
}

/// Returns the impact on clients that receive an undeclared property. Clients of an open object
/// ignore unknown properties.
fn if_received(base: &Flattened<'_>) -> Impact {
    match base.additional {
        Additional::Any => Impact::Additive,
        Additional::Forbidden | Additional::Constrained(_) => Impact::Breaking,
    }
}

fn added<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    head: &Property<'a>,
) {
    let (mut request, mut response) = (Impact::Additive, if_received(&schemas.base));
    let was_required = schemas.base.required.contains_key(name);
    let new = (&context.head, &head.schema);
    match &schemas.base.additional {
        Additional::Constrained(any) => {
            let any = (&context.base, any);
            request = context.includes(new, any).into();
            response = context.includes(any, new).into();
        }
        // The property existed before, and any value was valid.
        Additional::Any if was_required => {
            request = allows_any_value(context, &head.schema).into();
        }
        Additional::Any | Additional::Forbidden => {}
    }
    match (was_required, head.required) {
        (false, true) => request = Impact::Breaking,
        (true, false) => response = Impact::Breaking,
        _ => {}
    }
    let compatibility = Compatibility::new(request, response);
    let compatibility = compatibility.limited_to(head.sent, head.received);
    let id = match head.required && !was_required {
        true => ChangeId::RequiredPropertyAdded,
        false => ChangeId::PropertyAdded,
    };
    let added = Difference::between(
        id,
        ChangeKind::Added,
        properties(&schemas.pair.base),
        head.schema.pointer.clone(),
    );
    let added = added.of(schemas.path.property(name));
    context.record(schemas.vertex, added.with(compatibility));
}

fn allows_any_value<'a>(context: &Context<'a>, schema: &Element<'a>) -> Inclusion {
    match provable::schema(context.head.root().node, schema.node) {
        Some(schema) => context.prover().includes(&schema, &json!({})),
        None => Inclusion::Unknown,
    }
}

fn removed<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    name: &str,
    base: &Property<'a>,
) {
    let (mut request, mut response) = (Impact::Breaking, Impact::Breaking);
    if let Additional::Constrained(any) = &schemas.head.additional {
        let any = (&context.head, any);
        let old = (&context.base, &base.schema);
        let is_required = schemas.head.required.contains_key(name);
        if base.required || !is_required {
            request = context.includes(any, old).into();
        }
        if is_required || !base.required {
            response = context.includes(old, any).into();
        }
    }
    let compatibility = Compatibility::new(request, response);
    let compatibility = compatibility.limited_to(base.sent, base.received);
    let removed = Difference::between(
        ChangeId::PropertyRemoved,
        ChangeKind::Removed,
        base.schema.pointer.clone(),
        properties(&schemas.pair.head),
    );
    let removed = removed.of(schemas.path.property(name));
    context.record(schemas.vertex, removed.with(compatibility));
}

/// Returns the pointer to the parent of properties, even if there is none.
fn properties(object: &Element<'_>) -> Pointer {
    object.pointer.child("properties")
}
