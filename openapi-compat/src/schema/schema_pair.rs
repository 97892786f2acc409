//! Two schemas with the context to compare them and to report differences.

use openapi_tree::Node;
use serde_json::Value;

use super::flattened::Flattened;
use super::schema_path::SchemaPath;
use crate::change_id::ChangeId;
use crate::context::{Context, SchemaTask};
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::VertexId;
use crate::level::ChangeKind;
use crate::pair::Pair;

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
        let base = base.unwrap_or(&self.pair.base).pointer.clone();
        let head = head.unwrap_or(&self.pair.head).pointer.clone();
        Difference::between(id, kind, base, head).of(self.path)
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
        context.schema(self.vertex, Pair { base, head }, path);
    }
}
