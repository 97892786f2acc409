//! Schemas: what values they allow, and whether one allows all that another does.
//!
//! A schema is a conjunction: facets, such as `maxLength`, and schemas inside it. Two schemas are
//! compared part by part. Where each part of the newer one allows what the older one allowed, so
//! does the whole; what is true of the facets is proved (see [`proof`]). Where parts cannot be
//! told from each other, as with alternatives, the whole is proved.

mod composition;
pub(crate) mod dialect;
mod discriminator;
mod assertions;
mod schema_path;
mod properties;
mod flattened;

pub(crate) use composition::overlaps;
pub(crate) use schema_path::Label;

use self::flattened::{Additional, View};
use crate::context::{Context, Pair};
use crate::compatibility::{Difference, Effect, Notice, Outcome};
use crate::graph::UnitId;
use crate::revision::At;

/// What is said of a schema beside what it allows.
const TEXTS: [&str; 4] = ["title", "description", "example", "externalDocs"];

/// A pair of schemas with what is needed to speak of them.
struct Schemas<'s, 'a> {
    unit: UnitId,
    pair: &'s Pair<'a>,
    base: View<'a>,
    head: View<'a>,
    label: &'s Label,
}

/// Compares two schemas; those inside them later.
pub(crate) fn compare<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    label: &Label,
) {
    let schemas = Schemas {
        unit,
        pair,
        base: View::of(&context.base, &pair.base),
        head: View::of(&context.head, &pair.head),
        label,
    };
    schemas.texts(context);
    if schemas.base.shape() != schemas.head.shape() || schemas.are_strangers() {
        composition::reshaped(context, &schemas);
        return;
    }
    discriminator::compare(context, &schemas);
    assertions::compare(context, &schemas);
    properties::compare(context, &schemas);
    schemas.items(context);
    schemas.additional(context);
    composition::compare(context, &schemas);
}

impl<'a> Schemas<'_, 'a> {
    /// Whether something refers to another component, which has little in common with the former:
    /// to compare them part by part would say much and tell nothing.
    fn are_strangers(&self) -> bool {
        let (base, head) = (self.pair.base.pointer.as_str(), self.pair.head.pointer.as_str());
        let name = |pointer: &str| {
            let name = pointer.strip_prefix("/components/schemas/")?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        let names = (name(base), name(head));
        let (older, newer) = (&self.base.properties, &self.head.properties);
        let common = older
            .iter()
            .filter(|(name, _)| self.head.property(name).is_some());
        names.0.is_some()
            && names.1.is_some()
            && names.0 != names.1
            && common.count() * 2 < older.len().max(newer.len())
    }

    /// Notes a change of a keyword of which nothing more has to be said.
    fn note_said(
        &self,
        context: &mut Context<'a>,
        effect: Effect,
        keyword: &str,
        what: String,
    ) {
        let notice = Notice::Said;
        self.note_with(context, effect, keyword, what, notice);
    }

    /// Notes a change of a keyword.
    fn note(
        &self,
        context: &mut Context<'a>,
        effect: Effect,
        keyword: &str,
        what: impl Into<String>,
    ) {
        let notice = Notice::OfValues;
        self.note_with(context, effect, keyword, what.into(), notice);
    }

    fn note_with(
        &self,
        context: &mut Context<'a>,
        effect: Effect,
        keyword: &str,
        what: String,
        notice: Notice,
    ) {
        let (base, head) = (self.base.keyword(keyword), self.head.keyword(keyword));
        let change = Difference {
            effect,
            base: base.map_or_else(|| self.pair.base.pointer.clone(), |at| at.pointer.clone()),
            head: head.map_or_else(|| self.pair.head.pointer.clone(), |at| at.pointer.clone()),
            gone: head.is_none() && base.is_some(),
            what,
            notice,
        };
        context.graph.change(self.unit, change);
    }

    fn texts(&self, context: &mut Context<'a>) {
        let keywords = self.base.keywords().chain(self.head.keywords());
        let mut keywords: Vec<&str> = keywords
            .filter(|keyword| TEXTS.contains(keyword) || keyword.starts_with("x-"))
            .collect();
        keywords.sort_unstable();
        keywords.dedup();
        for keyword in keywords {
            if let Some(differs) = self.differs(keyword) {
                let what = format!("`{keyword}` of {} {differs}", self.label);
                self.note(context, Effect::DOCUMENTATION, keyword, what);
            }
        }
        match (self.base.flag("deprecated"), self.head.flag("deprecated")) {
            (false, true) => {
                let what = format!(
                    "{} is deprecated: those who use it are to look for something else",
                    self.label
                );
                self.note(context, Effect::DOCUMENTATION, "deprecated", what);
            }
            (true, false) => {
                let what = format!("{} is not deprecated any more", self.label);
                self.note(context, Effect::DOCUMENTATION, "deprecated", what);
            }
            _ => {}
        }
        if let Some(differs) = self.differs("default") {
            let what = format!(
                "`default` of {} {differs}: clients that leave it out may get something else",
                self.label
            );
            let effect = Effect::of(Outcome::Breaking, Outcome::Same);
            self.note_said(context, effect, "default", what);
        }
        if let Some(differs) = self.differs("xml") {
            let effect = Effect::of(Outcome::Unproven, Outcome::Unproven);
            let what = format!("`xml` of {} {differs}", self.label);
            self.note(context, effect, "xml", what);
        }
        for (was, is) in [(&self.base, &self.head), (&self.head, &self.base)] {
            if was.nullable_in_vain != is.nullable_in_vain && is.nullable_in_vain {
                let what = format!(
                    "`nullable` of {} says nothing, for there is no `type` beside it",
                    self.label
                );
                self.note(context, Effect::DOCUMENTATION, "nullable", what);
            }
        }
    }

    /// `was … and is …`, where a keyword differs.
    fn differs(&self, keyword: &str) -> Option<String> {
        let (base, head) = (self.base.keyword(keyword), self.head.keyword(keyword));
        let (base, head) = (base.map(|at| at.node), head.map(|at| at.node));
        let equal = match (base, head) {
            (Some(base), Some(head)) => base.same(head),
            (base, head) => base.is_none() && head.is_none(),
        };
        if equal {
            return None;
        }
        let (base, head) = (crate::revision::shown(base), crate::revision::shown(head));
        Some(match base == head {
            true => format!("is another: {head}"),
            false => format!("was {base} and is {head}"),
        })
    }

    /// Compares a schema inside both.
    fn inside(&self, context: &mut Context<'a>, base: &At<'a>, head: &At<'a>, label: Label) {
        let pair = Pair {
            base: base.clone(),
            head: head.clone(),
        };
        context.schema(self.unit, pair, label);
    }

    fn items(&self, context: &mut Context<'a>) {
        match (&self.base.items, &self.head.items) {
            (Some(base), Some(head)) => {
                self.inside(context, base, head, self.label.item());
            }
            (None, Some(_)) => {
                let what = format!("the items of {} were open and are not", self.label);
                self.note(context, Effect::NARROWER, "items", what);
            }
            (Some(_), None) => {
                let what = format!("the items of {} are open, and were not", self.label);
                self.note(context, Effect::WIDER, "items", what);
            }
            (None, None) => {}
        }
    }

    /// Compares what properties beyond the named ones may be.
    fn additional(&self, context: &mut Context<'a>) {
        use Additional::{Closed, Open, Schema};
        let (effect, what) = match (&self.base.additional, &self.head.additional) {
            (Schema(base), Schema(head)) => {
                self.inside(context, base, head, self.label.entry());
                return;
            }
            (Open, Open) | (Closed, Closed) => return,
            (Open, Closed) => (Effect::NARROWER, "may have no other properties any more"),
            (Open, Schema(_)) => (Effect::NARROWER, "says what its other properties may be"),
            (Schema(_), Closed) => (Effect::NARROWER, "may have no other properties any more"),
            (Closed, Open) => (Effect::WIDER, "may have other properties"),
            (Closed, Schema(_)) => (Effect::WIDER, "may have other properties"),
            (Schema(_), Open) => (Effect::WIDER, "may have other properties of any kind"),
        };
        let what = format!("{} {what}", self.label);
        self.note(context, effect, "additionalProperties", what);
    }
}
