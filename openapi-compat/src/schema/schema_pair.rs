//! Two schemas with the context to compare them and to report differences.

use openapi_tree::Node;
use serde_json::Value;

use super::flattened::Flattened;
use super::schema_path::SchemaPath;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::{Context, SchemaTask};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::VertexId;
use crate::level::ChangeKind;

/// Two schemas that correspond to each other.
pub(super) struct SchemaPair<'s, 'a> {
    pub(super) vertex: VertexId,
    pub(super) pair: &'s Pair<'a>,
    pub(super) path: &'s SchemaPath,
    pub(super) base: Flattened<'a>,
    pub(super) head: Flattened<'a>,
}

impl<'s, 'a> SchemaPair<'s, 'a> {
    pub(super) fn new(context: &Context<'a>, task: &'s SchemaTask<'a>) -> Self {
        Self {
            vertex: task.vertex,
            pair: &task.pair,
            path: &task.path,
            base: Flattened::new(&context.base, &task.pair.base),
            head: Flattened::new(&context.head, &task.pair.head),
        }
    }

    /// Returns `true` if the schemas have different values of a keyword, or only one has it.
    pub(super) fn differs(&self, keyword: &str) -> bool {
        match (self.base.value(keyword), self.head.value(keyword)) {
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
        let base = base.unwrap_or(&self.pair.base);
        let head = head.unwrap_or(&self.pair.head);
        Difference::between(id, kind, &base.pointer, &head.pointer)
    }

    /// Records a difference of the schemas.
    pub(super) fn record(&self, context: &mut Context<'_>, difference: Difference) {
        context.graph.record(self.vertex, difference.of(self.path));
    }

    /// Records the change of a keyword, with its values.
    pub(super) fn changed(&self, context: &mut Context<'_>, id: ChangeId, keyword: &str) {
        let (old, new) = self.values(keyword);
        let changed = self.difference(id, keyword).named(keyword);
        self.record(context, changed.values(old, new));
    }

    /// Returns the compatibility of a difference in a part of two schemas. If the part loses
    /// values, a proof about the whole schemas can show that these were not valid anyway.
    pub(super) fn of_whole(&self, context: &Context<'_>, of_part: Compatibility) -> Compatibility {
        let request = match of_part.request.is_loss() {
            true => context.judge(context.no_request_lost(self.pair)),
            false => of_part.request.into(),
        };
        let response = match of_part.response.is_loss() {
            true => context.judge(context.no_response_lost(self.pair)),
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
}
