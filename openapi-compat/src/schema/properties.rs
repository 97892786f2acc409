//! Properties of objects, and items of lists.

use std::collections::HashSet;

use openapi_tree::Pointer;

use super::described::Described;
use super::flattened::{Additional, Flattened};
use super::schema_pair::SchemaPair;
use super::text::TextKind;
use crate::change_id::{ChangeId, flag_change};
use crate::compatibility::{Compatibility, Impact, Judgement};
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::inclusion::proof::Proof;
use crate::level::{ChangeKind, Direction};
use crate::revision::ElementTree;
use crate::schema_task::Form;

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
    fn new(document: &ElementTree<'a>, object: &Flattened<'a>, name: &str) -> Option<Self> {
        let schema = object.property(name)?.clone();
        Some(Self {
            required: object.required.contains_key(name),
            sent: !document.is_marked(&schema, "readOnly"),
            received: !document.is_marked(&schema, "writeOnly"),
            schema,
        })
    }
}

/// Two schemas, and the name of a property that at least one of them declares or requires.
struct Properties<'s, 'a> {
    schemas: &'s SchemaPair<'s, 'a>,
    name: &'a str,
}

/// Compares the properties of two schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    if !schemas.allow("object") {
        return;
    }
    let settled = schemas.setting.settled.clone();
    for name in names(schemas)
        .into_iter()
        .filter(|name| !settled.contains(name))
    {
        let properties = Properties { schemas, name };
        let base = Property::new(&context.base, &schemas.base, name);
        let head = Property::new(&context.head, &schemas.head, name);
        match (base, head) {
            (Some(base), Some(head)) => properties.both(context, &base, &head),
            (None, Some(head)) => properties.added(context, &head),
            (Some(base), None) => properties.removed(context, &base),
            (None, None) => properties.required(context, true, true),
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

impl<'a> Properties<'_, 'a> {
    fn both(&self, context: &mut Context<'a>, base: &Property<'a>, head: &Property<'a>) {
        self.access(context, base, head);
        self.required(context, head.sent, head.received);
        let only = match (base.sent || head.sent, base.received || head.received) {
            (true, false) => Some(Direction::Request),
            (false, true) => Some(Direction::Response),
            _ => None,
        };
        let (base, head) = (base.schema.clone(), head.schema.clone());
        let (vertex, path) = (self.schemas.vertex, self.schemas.path.property(self.name));
        let pair = Pair { base, head };
        match self.schemas.setting.form {
            Form::TextProperties => {
                context.text_schema(vertex, pair, path, only, TextKind::Property);
            }
            _ => context.schema(vertex, pair, path, only),
        }
    }

    /// Compares `readOnly` and `writeOnly`.
    fn access(&self, context: &mut Context<'a>, base: &Property<'a>, head: &Property<'a>) {
        use ChangeId::{PropertyBecameReadOnly, PropertyNoLongerReadOnly};
        use ChangeId::{PropertyBecameWriteOnly, PropertyNoLongerWriteOnly};
        let impact = |was: bool, is: bool, if_new: Impact| match (was, is) {
            (false, true) => if_new,
            (true, false) => Impact::Breaking,
            _ => Impact::None,
        };
        let if_sent = match head.required {
            true => Impact::Breaking,
            // A part of `allOf` that is not merged, such as a closed one.
            false if context.requires(&self.schemas.pair.head, self.name) => Impact::Unproven,
            false => Impact::Additive,
        };
        let if_received = if_received(&self.schemas.base);
        let compatibility = Compatibility::new(
            impact(base.sent, head.sent, if_sent),
            impact(base.received, head.received, if_received),
        );
        let ids = (PropertyNoLongerReadOnly, PropertyBecameReadOnly);
        let read_only = flag_change(base.sent, head.sent, ids);
        let ids = (PropertyNoLongerWriteOnly, PropertyBecameWriteOnly);
        let write_only = flag_change(base.received, head.received, ids);
        let places = self.places(Some(&base.schema), Some(&head.schema));
        for id in read_only.into_iter().chain(write_only) {
            let changed = Difference::changed(id, &base.schema, &head.schema);
            self.record(context, &places, changed.with(compatibility));
        }
    }

    /// Compares whether a property is required, if it is sent and received.
    fn required(&self, context: &mut Context<'a>, sent: bool, received: bool) {
        let SchemaPair { base, head, .. } = self.schemas;
        let (older, newer) = (base.required.get(self.name), head.required.get(self.name));
        let ids = (
            ChangeId::PropertyBecameRequired,
            ChangeId::PropertyBecameOptional,
        );
        let Some(id) = flag_change(older.is_some(), newer.is_some(), ids) else {
            return;
        };
        let places = self.places(older, newer);
        let place = |entry: Option<&Element<'a>>, schema: &Pointer| match entry {
            Some(entry) => entry.pointer.clone(),
            None => schema.child("required"),
        };
        let (base, head) = (place(older, &places.0), place(newer, &places.1));
        let compatibility = id.compatibility().limited_to(sent, received);
        // The property itself is in both revisions.
        let changed = Difference::between(id, ChangeKind::Changed, &base, &head);
        self.record(context, &places, changed.with(compatibility));
    }

    fn added(&self, context: &mut Context<'a>, head: &Property<'a>) {
        let base = &self.schemas.base;
        let (mut request, mut response): (Judgement, Judgement) =
            (Impact::Additive.into(), if_received(base).into());
        let was_required = base.required.contains_key(self.name);
        let new = (&context.head, &head.schema);
        match &base.additional {
            Additional::Constrained(any) => {
                let any = (&context.base, any);
                request = context.judge(context.includes(new, any, Direction::Request));
                response = context.judge(context.includes(any, new, Direction::Response));
            }
            // The property existed before, and any value was valid.
            Additional::Any if was_required => {
                request = context.judge(context.allows_any_value(new));
            }
            // Another keyword described the property before, and the new schema must hold, too.
            Additional::Any | Additional::Forbidden if self.was_described_otherwise(context) => {
                request = context.judge(context.no_request_lost(self.schemas.pair));
            }
            Additional::Any | Additional::Forbidden => {}
        }
        match (was_required, head.required) {
            (false, true) => request = Impact::Breaking.into(),
            (true, false) => response = Impact::Breaking.into(),
            _ => {}
        }
        let compatibility = Compatibility::judged(request, response);
        let compatibility = compatibility.limited_to(head.sent, head.received);
        let id = match head.required && !was_required {
            true => ChangeId::RequiredPropertyAdded,
            false => ChangeId::PropertyAdded,
        };
        let places = self.places(None, Some(&head.schema));
        let (kind, parent) = (ChangeKind::Added, places.0.child("properties"));
        let added = Difference::between(id, kind, &parent, &head.schema.pointer);
        self.record(context, &places, added.with(compatibility));
    }

    /// Returns `true` if alternatives, conditions or patterns of the base schema describe the property.
    fn was_described_otherwise(&self, context: &Context<'a>) -> bool {
        let base = &self.schemas.base;
        let describing = [
            "if",
            "then",
            "else",
            "dependentSchemas",
            "patternProperties",
        ];
        let has = |keyword: &&str| base.keyword(keyword).is_some();
        // Parts of `allOf` are seen together, and this schema can be one of them.
        let is_alone = base.all_of.is_empty() && self.schemas.head.all_of.is_empty();
        let is_more = base.is_composed() || describing.iter().any(has);
        is_alone
            && is_more
            && Described::beside_properties(&context.base, &self.schemas.pair.base).has(self.name)
    }

    fn removed(&self, context: &mut Context<'a>, base: &Property<'a>) {
        let head = &self.schemas.head;
        let (mut request, mut response): (Judgement, Judgement) =
            (Impact::Breaking.into(), Impact::Breaking.into());
        if let Additional::Constrained(any) = &head.additional {
            let any = (&context.head, any);
            let old = (&context.base, &base.schema);
            let is_required = head.required.contains_key(self.name);
            if base.required || !is_required {
                request = context.judge(context.includes(any, old, Direction::Request));
            }
            if is_required || !base.required {
                response = context.judge(context.includes(old, any, Direction::Response));
            }
        }
        let compatibility = Compatibility::judged(request, response);
        let compatibility = compatibility.limited_to(base.sent, base.received);
        let (id, kind) = (ChangeId::PropertyRemoved, ChangeKind::Removed);
        let places = self.places(Some(&base.schema), None);
        let parent = places.1.child("properties");
        let removed = Difference::between(id, kind, &base.schema.pointer, &parent);
        self.record(context, &places, removed.with(compatibility));
    }

    /// Returns the places of the schemas that declare or require the property.
    fn places(&self, base: Option<&Element<'a>>, head: Option<&Element<'a>>) -> (Pointer, Pointer) {
        let schema = |part: Option<&Element<'a>>| part?.pointer.parent()?.parent();
        self.schemas.parents(schema(base), schema(head))
    }

    /// Records a difference of a property.
    fn record(
        &self,
        context: &mut Context<'_>,
        (base, head): &(Pointer, Pointer),
        difference: Difference,
    ) {
        let path = self.schemas.path.within(base, head);
        let difference = difference.of(&path.property(self.name));
        context.graph.record(self.schemas.vertex, difference);
    }
}

/// Returns the impact on clients that receive an undeclared property. Clients of an open object
/// ignore unknown properties.
fn if_received(base: &Flattened<'_>) -> Impact {
    match base.additional {
        Additional::Any => Impact::Additive,
        Additional::Forbidden | Additional::Constrained(_) => Impact::Breaking,
    }
}

/// Compares the items of two schemas.
pub(super) fn items<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    if !schemas.allow("array") {
        return;
    }
    let (id, items) = match (&schemas.base.items, &schemas.head.items) {
        (Some(base), Some(head)) => {
            let path = schemas.path.item();
            match schemas.setting.form {
                Form::TextItems => {
                    let pair = Pair::new(base.clone(), head.clone());
                    context.text_schema(schemas.vertex, pair, path, None, TextKind::Single);
                }
                _ => schemas.enter(context, base, head, path),
            }
            return;
        }
        (None, Some(head)) => (ChangeId::ItemsConstrained, (&context.head, head)),
        (Some(base), None) => (ChangeId::ItemsUnconstrained, (&context.base, base)),
        (None, None) => return,
    };
    let changed = schemas.difference(id, "items");
    let changed = match context.allows_any_value(items) {
        Proof::Proved => changed.with(Compatibility::DOCUMENTATION),
        _ => changed,
    };
    let is_rest = |schema: &Flattened<'a>| schema.keyword("prefixItems").is_some();
    if !(is_rest(&schemas.base) && is_rest(&schemas.head)) {
        schemas.record(context, changed);
        return;
    }
    let value = |items: &Option<Element<'a>>| Some(items.as_ref()?.node.to_json());
    let (old, new) = (value(&schemas.base.items), value(&schemas.head.items));
    let of_rest = schemas.difference(ChangeId::KeywordChanged, "items");
    let of_rest = of_rest.with(changed.compatibility).named("items");
    schemas.record(context, of_rest.values(old, new));
}

/// Compares the additional properties of two schemas.
pub(super) fn additional_properties<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    use Additional::{Any, Constrained, Forbidden};
    if !schemas.allow("object") {
        return;
    }
    let id = match (&schemas.base.additional, &schemas.head.additional) {
        (Constrained(base), Constrained(head)) => {
            schemas.enter(context, base, head, schemas.path.additional());
            return;
        }
        (Any, Any) | (Forbidden, Forbidden) => return,
        (Any | Constrained(_), Forbidden) => ChangeId::AdditionalPropertiesForbidden,
        (Any, Constrained(_)) => ChangeId::AdditionalPropertiesConstrained,
        (Forbidden, Any | Constrained(_)) => ChangeId::AdditionalPropertiesAllowed,
        (Constrained(_), Any) => ChangeId::AdditionalPropertiesUnconstrained,
    };
    schemas.record(context, schemas.difference(id, "additionalProperties"));
}
