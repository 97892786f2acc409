//! The properties of an object: which there are, and which have to be.

use super::flattened::{Additional, View};
use super::Schemas;
use openapi_tree::Pointer;

use crate::inclusion;
use crate::context::{Context, Pair};
use crate::compatibility::{Difference, Effect, Notice, Outcome, Way};
use crate::revision::{At, Side};

/// What is said of a property on one side.
struct Property<'a> {
    at: At<'a>,
    required: bool,
    /// Whether it may be sent: it is not `readOnly`.
    sent: bool,
    /// Whether it may be received: it is not `writeOnly`.
    received: bool,
}

impl<'a> Property<'a> {
    fn of(side: &Side<'a>, view: &View<'a>, name: &str) -> Option<Self> {
        let at = view.property(name)?.clone();
        let target = side.resolve(at.clone());
        Some(Self {
            required: view.required.contains_key(name),
            sent: !target.flag("readOnly"),
            received: !target.flag("writeOnly"),
            at,
        })
    }
}

/// Compares the properties of two schemas.
pub(crate) fn compare<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    for name in names(schemas) {
        let base = Property::of(&context.base, &schemas.base, name);
        let head = Property::of(&context.head, &schemas.head, name);
        match (base, head) {
            (Some(base), Some(head)) => both(context, schemas, name, &base, &head),
            (None, Some(head)) => added(context, schemas, name, &head),
            (Some(base), None) => gone(context, schemas, name, &base),
            (None, None) => required(context, schemas, name, Effect::NARROWER, Effect::WIDER),
        }
    }
}

/// All names of properties, in the order in which they stand, the newer side first.
fn names<'a>(schemas: &Schemas<'_, 'a>) -> Vec<&'a str> {
    let of = |view: &View<'a>| {
        let named = view.properties.iter().map(|(name, _)| *name);
        let required = view.required.keys().copied();
        named.chain(required).collect::<Vec<_>>()
    };
    let mut names: Vec<&str> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for name in of(&schemas.head).into_iter().chain(of(&schemas.base)) {
        if known.insert(name) {
            names.push(name);
        }
    }
    names
}

fn both<'a>(
    context: &mut Context<'a>,
    schemas: &Schemas<'_, 'a>,
    name: &str,
    base: &Property<'a>,
    head: &Property<'a>,
) {
    let label = schemas.label.property(name);
    let appears = |was: bool, is: bool, open: Outcome| match (was, is) {
        (false, true) => open,
        (true, false) => Outcome::Breaking,
        _ => Outcome::Same,
    };
    let effect = Effect::of(
        match head.required {
            true => appears(base.sent, head.sent, Outcome::Breaking),
            false => appears(base.sent, head.sent, Outcome::Additive),
        },
        appears(base.received, head.received, received(&schemas.base)),
    );
    for (keyword, was, is) in [
        ("readOnly", !base.sent, !head.sent),
        ("writeOnly", !base.received, !head.received),
    ] {
        if was != is {
            let what = match is {
                true => format!("{label} is `{keyword}` now"),
                false => format!("{label} is not `{keyword}` any more"),
            };
            let (from, to) = (&base.at, &head.at);
            note(
                context,
                schemas,
                effect,
                (&from.pointer, &to.pointer),
                Notice::OfValues,
                what,
            );
        }
    }
    let narrower = Effect::NARROWER.limited_to(head.sent, head.received);
    let wider = Effect::WIDER.limited_to(head.sent, head.received);
    required(context, schemas, name, narrower, wider);
    let only = match (base.sent || head.sent, base.received || head.received) {
        (true, false) => Some(Way::Request),
        (false, true) => Some(Way::Response),
        _ => None,
    };
    let pair = Pair {
        base: base.at.clone(),
        head: head.at.clone(),
    };
    context.schema_of(schemas.unit, pair, label, only);
}

/// Notes whether a property has to be there.
fn required<'a>(
    context: &mut Context<'a>,
    schemas: &Schemas<'_, 'a>,
    name: &str,
    narrower: Effect,
    wider: Effect,
) {
    let (base, head) = (
        schemas.base.required.get(name),
        schemas.head.required.get(name),
    );
    let label = schemas.label.property(name);
    let list = |at: &At<'a>| at.pointer.child("required");
    match (base, head) {
        (None, Some(head)) => {
            let what = format!("{label} is required, and was not");
            let base = list(&schemas.pair.base);
            note(
                context,
                schemas,
                narrower,
                (&base, &head.pointer),
                Notice::OfValues,
                what,
            );
        }
        (Some(base), None) => {
            let what = format!("{label} is not required any more");
            let head = list(&schemas.pair.head);
            note(
                context,
                schemas,
                wider,
                (&base.pointer, &head),
                Notice::OfValues,
                what,
            );
        }
        _ => {}
    }
}

/// What a property that nobody announced is to those who receive it: what is not closed may have
/// others.
fn received(base: &View<'_>) -> Outcome {
    match base.additional {
        Additional::Open => Outcome::Additive,
        Additional::Closed | Additional::Schema(_) => Outcome::Breaking,
    }
}

fn added<'a>(
    context: &mut Context<'a>,
    schemas: &Schemas<'_, 'a>,
    name: &str,
    head: &Property<'a>,
) {
    let label = schemas.label.property(name);
    let (mut request, mut response) = (Outcome::Additive, received(&schemas.base));
    let was_required = schemas.base.required.contains_key(name);
    let new = (&context.head, &head.at);
    match &schemas.base.additional {
        Additional::Schema(any) => {
            let any = (&context.base, any);
            request = inclusion::whole_includes(new, any).outcome();
            response = inclusion::whole_includes(any, new).outcome();
        }
        // It was there, and nothing was said of it.
        Additional::Open if was_required => {
            request = inclusion::includes_all(new).outcome();
        }
        Additional::Open | Additional::Closed => {}
    }
    match (was_required, head.required) {
        (false, true) => request = Outcome::Breaking,
        (true, false) => response = Outcome::Breaking,
        _ => {}
    }
    let effect = Effect::of(request, response).limited_to(head.sent, head.received);
    let what = match head.required && !was_required {
        true => format!("{label} is new and required"),
        false => format!("{label} is new"),
    };
    let base = schemas.pair.base.pointer.child("properties");
    note(
        context,
        schemas,
        effect,
        (&base, &head.at.pointer),
        Notice::OfGain,
        what,
    );
}

fn gone<'a>(
    context: &mut Context<'a>,
    schemas: &Schemas<'_, 'a>,
    name: &str,
    base: &Property<'a>,
) {
    let (mut request, mut response) = (Outcome::Breaking, Outcome::Breaking);
    if let Additional::Schema(any) = &schemas.head.additional {
        let any = (&context.head, any);
        let old = (&context.base, &base.at);
        request = inclusion::whole_includes(any, old).outcome();
        let is_required = schemas.head.required.contains_key(name);
        if is_required && !base.required {
            request = Outcome::Breaking;
        }
        if is_required || !base.required {
            response = inclusion::whole_includes(old, any).outcome();
        }
    }
    let effect = Effect::of(request, response).limited_to(base.sent, base.received);
    let what = format!("{} is gone", schemas.label.property(name));
    let head = schemas.pair.head.pointer.child("properties");
    note(
        context,
        schemas,
        effect,
        (&base.at.pointer, &head),
        Notice::OfLoss,
        what,
    );
}

fn note(
    context: &mut Context<'_>,
    schemas: &Schemas<'_, '_>,
    effect: Effect,
    (base, head): (&Pointer, &Pointer),
    notice: Notice,
    what: String,
) {
    let change = Difference {
        effect,
        base: base.clone(),
        head: head.clone(),
        gone: notice == Notice::OfLoss,
        what,
        notice,
    };
    context.graph.change(schemas.unit, change);
}
