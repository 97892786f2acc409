//! `allOf`, `anyOf`, `oneOf` and `not`: schemas that are made of schemas.

use serde_json::Value;

use super::assertions::{effect, whole};
use super::flattened::View;
use super::{Schemas, dialect};
use crate::inclusion;
use crate::context::{Context, Pair};
use crate::compatibility::{Difference, Effect, Notice, Outcome};
use crate::graph::UnitId;
use crate::revision::{At, Side};

/// Compares what two schemas are made of.
pub(crate) fn compare<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    let lists = [
        (
            "allOf",
            &base.all_of,
            &head.all_of,
            Effect::WIDER,
            Effect::NARROWER,
        ),
        (
            "anyOf",
            &base.any_of,
            &head.any_of,
            Effect::NARROWER,
            Effect::WIDER,
        ),
        (
            "oneOf",
            &base.one_of,
            &head.one_of,
            Effect::NARROWER,
            Effect::WIDER,
        ),
    ];
    let mut inside: Vec<(At<'a>, At<'a>)> = Vec::new();
    let mut unchanged = true;
    for (keyword, older, newer, gone, added) in lists {
        let aligned = Aligned::of(context, older, newer);
        let lost = (!aligned.gone.is_empty()).then_some(gone);
        let new = (!aligned.added.is_empty()).then_some(added);
        inside.extend(aligned.both);
        let effect = match (lost, new) {
            (None, None) => continue,
            (Some(effect), None) | (None, Some(effect)) => effect,
            (Some(_), Some(_)) => Effect::OTHER,
        };
        unchanged = false;
        let effect = whole(context, schemas, effect);
        if effect == Effect::DOCUMENTATION {
            if whole(context, schemas, Effect::OTHER) == Effect::DOCUMENTATION {
                // The whole is what it was, whatever became of its parts.
                return;
            }
            // What was added allows nothing new, but the others may have changed inside.
            continue;
        }
        let said = [
            ("no longer has", &aligned.gone),
            ("has a new one:", &aligned.added),
        ];
        let said = said.into_iter().filter(|(_, list)| !list.is_empty());
        let said: Vec<String> = said
            .map(|(verb, list)| {
                let names: Vec<String> = list.iter().map(name).collect();
                format!("{verb} {}", names.join(", "))
            })
            .collect();
        let what = format!("`{keyword}` of {} {}", schemas.label, said.join(" and "));
        let change = Difference {
            effect,
            base: schemas.pair.base.below(keyword),
            head: schemas.pair.head.below(keyword),
            gone: false,
            what,
            notice: Notice::OfValues,
        };
        context.graph.change(schemas.unit, change);
    }
    for (base, head) in inside {
        let label = schemas.label.clone();
        schemas.inside(context, &base, &head, label);
    }
    excluded(context, schemas);
    if !head.one_of.is_empty() && unchanged {
        let pair = schemas.pair.clone();
        context
            .one_ofs
            .push((schemas.unit, pair, schemas.label.to_string()));
    }
}

/// Compares what is excluded: where that is less, the whole is more.
fn excluded<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    let (effect, what) = match (&schemas.base.not, &schemas.head.not) {
        (None, None) => return,
        (Some(_), None) => (Effect::WIDER, "excludes nothing any more"),
        (None, Some(_)) => (Effect::NARROWER, "excludes values, and did not"),
        (Some(base), Some(head)) => {
            let base = (&context.base, base);
            let head = (&context.head, head);
            let request = inclusion::whole_includes(base, head).outcome();
            let response = inclusion::whole_includes(head, base).outcome();
            (effect(request, response), "excludes other values")
        }
    };
    let effect = match effect {
        Effect::DOCUMENTATION => return,
        effect => whole(context, schemas, effect),
    };
    if effect == Effect::DOCUMENTATION {
        return;
    }
    let place = |view: &View<'_>, at: &At<'_>| match &view.not {
        Some(not) => not.pointer.clone(),
        None => at.pointer.clone(),
    };
    let change = Difference {
        effect,
        base: place(&schemas.base, &schemas.pair.base),
        head: place(&schemas.head, &schemas.pair.head),
        gone: schemas.head.not.is_none(),
        what: format!("`not` of {} {what}", schemas.label),
        notice: Notice::OfValues,
    };
    context.graph.change(schemas.unit, change);
}

/// Notes where a schema is made of schemas in another way, so that no part of it can be told to
/// be that of the other.
pub(crate) fn reshaped<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    let is_gone = |(name, _): &(&str, At<'_>)| schemas.head.property(name).is_none();
    let loses_properties = schemas.base.properties.iter().any(is_gone);
    let effect = match loses_properties && !schemas.head.is_composed() {
        // Values with them fit still, and mean nothing.
        true => Effect::OTHER,
        false => whole(context, schemas, Effect::OTHER),
    };
    if effect == Effect::DOCUMENTATION {
        return;
    }
    let made = |view: &View<'_>| {
        let lists = [
            ("allOf", &view.all_of),
            ("anyOf", &view.any_of),
            ("oneOf", &view.one_of),
        ];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        let made: Vec<String> = lists
            .map(|(keyword, list)| {
                let names: Vec<String> = list.iter().map(name).collect();
                format!("`{keyword}` of {}", names.join(", "))
            })
            .collect();
        match made.is_empty() {
            true => "made of no other schemas".to_owned(),
            false => made.join(" and "),
        }
    };
    let (base, head) = match schemas.base.shape() == schemas.head.shape() {
        true => {
            let name =
                |at: &At<'_>| format!("`{}`", at.pointer.last().unwrap_or_default());
            (name(&schemas.pair.base), name(&schemas.pair.head))
        }
        false => (made(&schemas.base), made(&schemas.head)),
    };
    let what = format!("{} was {base} and is {head}", schemas.label);
    let change = Difference {
        effect,
        base: schemas.pair.base.pointer.clone(),
        head: schemas.pair.head.pointer.clone(),
        gone: false,
        what,
        notice: Notice::OfValues,
    };
    context.graph.change(schemas.unit, change);
}

/// What an alternative is called: the component, or the type.
fn name(at: &At<'_>) -> String {
    let component = openapi_tree::reference(at.node).and_then(|target| target.rsplit('/').next());
    let title = component.or_else(|| at.str_at("title"));
    match title.or_else(|| at.str_at("type")) {
        Some(name) => format!("`{name}`"),
        None => "a schema without a name".to_owned(),
    }
}

/// How like each other two schemas are that are taken to belong together, the surest first.
#[derive(Clone, Copy)]
enum Likeness {
    /// They say the same, as references to the same component do.
    Same,
    /// They are of the same type, and both references or both not.
    Form,
    /// They are of the same type: what was written in place may have become a component.
    Type,
}

/// The schemas of two lists that belong together, one after the other where several are as like.
struct Aligned<'a> {
    both: Vec<(At<'a>, At<'a>)>,
    gone: Vec<At<'a>>,
    added: Vec<At<'a>>,
}

impl<'a> Aligned<'a> {
    fn of(context: &Context<'a>, base: &[At<'a>], head: &[At<'a>]) -> Self {
        let mut both = Vec::new();
        let mut gone: Vec<At<'a>> = base.to_vec();
        let mut added: Vec<At<'a>> = Vec::new();
        let kind = |side: &Side<'a>, at: &At<'a>| {
            let at = side.resolve(at.clone());
            at.str_at("type").map(str::to_owned)
        };
        let is_reference = |at: &At<'a>| openapi_tree::reference(at.node).is_some();
        let same_type = |base: &At<'a>, head: &At<'a>| {
            kind(&context.base, base) == kind(&context.head, head)
        };
        let mut left: Vec<At<'a>> = head.to_vec();
        for likeness in [Likeness::Same, Likeness::Form, Likeness::Type] {
            let belongs = |base: &At<'a>, head: &At<'a>| match likeness {
                Likeness::Same => base.node.same(head.node),
                Likeness::Form => is_reference(base) == is_reference(head) && same_type(base, head),
                Likeness::Type => same_type(base, head),
            };
            added.clear();
            for head in left {
                match gone.iter().position(|base| belongs(base, &head)) {
                    Some(position) => both.push((gone.remove(position), head)),
                    None => added.push(head),
                }
            }
            left = added.clone();
        }
        Self { both, gone, added }
    }
}

/// Notes where alternatives of which just one may fit changed inside, and it is not proved that
/// they exclude each other: one that allows more may take values away from the whole.
pub(crate) fn overlaps<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    label: &str,
) {
    // Whatever fits some of them fits one only.
    let exclusive = |side: &Side<'a>, at: &At<'a>| {
        let Some(Value::Object(one_of)) = dialect::whole(side, at) else {
            return false;
        };
        let mut any_of = one_of.clone();
        if let Some(alternatives) = any_of.remove("oneOf") {
            any_of.insert("anyOf".to_owned(), alternatives);
        }
        let (one_of, any_of) = (Value::Object(one_of), Value::Object(any_of));
        inclusion::includes(&one_of, &any_of) == inclusion::Proof::Proved
    };
    if exclusive(&context.base, &pair.base) && exclusive(&context.head, &pair.head) {
        return;
    }
    let base = (&context.base, &pair.base);
    let head = (&context.head, &pair.head);
    let request = inclusion::whole_includes(head, base).outcome();
    let response = inclusion::whole_includes(base, head).outcome();
    let is_lost = |outcome| matches!(outcome, Outcome::Breaking | Outcome::Unproven);
    if !is_lost(request) && !is_lost(response) {
        return;
    }
    let quiet = |outcome| {
        if is_lost(outcome) {
            outcome
        } else {
            Outcome::Same
        }
    };
    let change = Difference {
        effect: Effect::of(quiet(request), quiet(response)),
        base: pair.base.below("oneOf"),
        head: pair.head.below("oneOf"),
        gone: false,
        what: format!(
            "the alternatives of {label} changed inside, and more than one of them may fit the \
                 same value"
        ),
        notice: Notice::OfValues,
    };
    context.graph.change(unit, change);
}
