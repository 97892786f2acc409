//! Two schemas with the context to compare them and to report differences.

use openapi_tree::{Node, Pointer};
use serde_json::Value;

use super::closing::is_closed_further;
use super::flattened::Flattened;
use super::schema_path::SchemaPath;
use super::types;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact, Judgement};
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::VertexId;
use crate::level::ChangeKind;
use crate::schema_task::{SchemaTask, Setting};

/// Two schemas that correspond to each other.
pub(super) struct SchemaPair<'s, 'a> {
    pub(super) vertex: VertexId,
    pub(super) pair: &'s Pair<'a>,
    pub(super) path: SchemaPath,
    pub(super) base: Flattened<'a>,
    pub(super) head: Flattened<'a>,
    pub(super) setting: Setting<'a>,
}

impl<'s, 'a> SchemaPair<'s, 'a> {
    pub(super) fn new(context: &Context<'a>, task: &'s SchemaTask<'a>) -> Self {
        let Pair { base, head } = &task.pair;
        let (base, head) = Flattened::pair((&context.base, base), (&context.head, head));
        Self {
            vertex: task.vertex,
            pair: &task.pair,
            path: task.path.clone(),
            base,
            head,
            setting: task.setting.clone(),
        }
    }

    /// Returns the same schemas with others instead of the flattened ones, with nothing settled.
    pub(super) fn with(&self, base: Flattened<'a>, head: Flattened<'a>) -> Self {
        Self {
            vertex: self.vertex,
            pair: self.pair,
            path: self.path.clone(),
            base,
            head,
            setting: self.setting.form.into(),
        }
    }

    /// Names the schemas after the component, if a component took the place of another one.
    pub(super) fn rename(&mut self) {
        const KIND: &str = "schemas";
        let Pair { base, head } = self.pair;
        if let (Some(_), Some(head)) = (base.component(KIND), head.component(KIND)) {
            self.path = SchemaPath::of_component(head);
        }
    }

    /// Returns `true` if the schemas have no type in common, so that nothing else can be compared.
    pub(super) fn changes_type(&self) -> bool {
        match (self.base.value("type"), self.head.value("type")) {
            (Some(base), Some(head)) => types::are_disjoint(base, head),
            _ => false,
        }
    }

    /// Returns `true` if both schemas allow a type, so that keywords about it can be compared.
    pub(super) fn allow(&self, kind: &str) -> bool {
        let allows = |schema: &Flattened<'a>| {
            let allowed = schema.value("type");
            allowed.is_none_or(|allowed| types::types(allowed).contains(&kind))
        };
        allows(&self.base) && allows(&self.head)
    }

    /// Returns `true` if the schemas have different values of a keyword, or only one has it. The
    /// default of a keyword is the same as none.
    pub(super) fn differs(&self, keyword: &str) -> bool {
        let value = |schema: &Flattened<'a>| {
            let value = schema.value(keyword)?;
            (!is_default(keyword, value)).then_some(value)
        };
        match (value(&self.base), value(&self.head)) {
            (Some(base), Some(head)) => !base.same(head),
            (base, head) => base.is_some() || head.is_some(),
        }
    }

    /// Returns the values of a keyword.
    pub(super) fn values(&self, keyword: &str) -> (Option<Value>, Option<Value>) {
        let value = |schema: &Flattened<'a>| schema.value(keyword).map(Node::to_json);
        (value(&self.base), value(&self.head))
    }

    /// Creates a difference at the place of a keyword, or at the schema if it lacks the keyword.
    pub(super) fn difference(&self, id: ChangeId, keyword: &str) -> Difference {
        let (base, head) = (self.base.keyword(keyword), self.head.keyword(keyword));
        let kind = match (base, head) {
            (Some(_), None) => ChangeKind::Removed,
            (None, Some(_)) => ChangeKind::Added,
            _ => ChangeKind::Changed,
        };
        let place = |element: &Element<'a>| element.pointer.clone();
        let parent = |element: Option<&Element<'a>>| element?.pointer.parent();
        let (in_base, in_head) = self.parents(parent(base), parent(head));
        let base = base.map_or(in_base, place);
        let head = head.map_or(in_head, place);
        Difference::between(id, kind, &base, &head)
    }

    /// Returns the places of the schemas that have a part in both revisions. If only one revision
    /// has the part, in a schema that both merge by `allOf`, it is that schema.
    pub(super) fn parents(
        &self,
        base: Option<Pointer>,
        head: Option<Pointer>,
    ) -> (Pointer, Pointer) {
        let merged = |schema: &Flattened<'a>, other: Option<&Pointer>| {
            other.filter(|place| schema.parts.contains(place)).cloned()
        };
        let in_base = merged(&self.base, head.as_ref());
        let in_head = merged(&self.head, base.as_ref());
        (
            (base.or(in_base)).unwrap_or_else(|| self.pair.base.pointer.clone()),
            (head.or(in_head)).unwrap_or_else(|| self.pair.head.pointer.clone()),
        )
    }

    /// Records a difference of the schemas.
    pub(super) fn record(&self, context: &mut Context<'_>, difference: Difference) {
        let (base, head) = (&difference.key.base, &difference.key.head);
        let path = self.path.within(base, head);
        context.graph.record(self.vertex, difference.of(&path));
    }

    /// Records the change of a keyword, with its values.
    pub(super) fn changed(&self, context: &mut Context<'_>, id: ChangeId, keyword: &str) {
        let (old, new) = self.values(keyword);
        let changed = self.difference(id, keyword).named(keyword);
        self.record(context, changed.values(old, new));
    }

    /// Returns the compatibility of a difference in a part of two schemas. If the part loses
    /// values, a proof about the whole schemas can show that these were not valid anyway.
    pub(super) fn of_whole(&self, context: &Context<'a>, of_part: Compatibility) -> Compatibility {
        let base = (&context.base, &self.pair.base);
        let head = (&context.head, &self.pair.head);
        // The limit of a schema that was open is a loss that a proof does not see.
        let whole = |proof, is_closed_further: bool| {
            let judged: Judgement = context.judge(proof);
            match is_closed_further && !judged.impact.is_loss() {
                true => Impact::Breaking.into(),
                false => judged,
            }
        };
        let request = match of_part.request.is_loss() {
            true => whole(
                context.no_request_lost(self.pair),
                is_closed_further(head, base),
            ),
            false => of_part.request.into(),
        };
        let response = match of_part.response.is_loss() {
            true => whole(
                context.no_response_lost(self.pair),
                is_closed_further(base, head),
            ),
            false => of_part.response.into(),
        };
        Compatibility::of_values(request, response)
    }

    /// Schedules the comparison of schemas inside these.
    pub(super) fn enter(
        &self,
        context: &mut Context<'a>,
        base: &Element<'a>,
        head: &Element<'a>,
        path: SchemaPath,
    ) {
        let (base, head) = (base.clone(), head.clone());
        context.schema(self.vertex, Pair { base, head }, path, None);
    }

    /// Schedules the comparison of two parts of `allOf`.
    pub(super) fn enter_part(
        &self,
        context: &mut Context<'a>,
        base: &Element<'a>,
        head: &Element<'a>,
    ) {
        let (pair, path) = (Pair::new(base.clone(), head.clone()), self.path.clone());
        context.schema_in(self.vertex, pair, path, None, self.setting.clone());
    }
}

/// Returns `true` if a keyword has the value that JSON Schema assumes without it.
fn is_default(keyword: &str, value: &Node) -> bool {
    let number = || value.as_number()?.as_f64();
    match keyword {
        "minLength" | "minItems" | "minProperties" => number() == Some(0.0),
        "minContains" => number() == Some(1.0),
        "uniqueItems" => matches!(value.value, openapi_tree::Value::Bool(false)),
        _ => false,
    }
}
