//! Pairs of schemas that wait for their comparison.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use crate::compatibility::Compatibility;
use crate::element::Pair;
use crate::graph::{ElementKind, VertexId};
use crate::schema::schema_path::SchemaPath;

/// A pair of schemas, with the path that names it.
pub(crate) struct SchemaTask<'a> {
    pub(crate) vertex: VertexId,
    pub(crate) pair: Pair<'a>,
    pub(crate) path: SchemaPath,
    pub(crate) setting: Setting<'a>,
}

/// A pair of schemas with alternatives.
pub(crate) struct Composition<'a> {
    pub(crate) vertex: VertexId,
    pub(crate) pair: Pair<'a>,
    /// The edges that lead to the alternatives.
    pub(crate) edges: Range<usize>,
}

/// The properties that the schema around a part of `allOf` has compared already.
pub(crate) type Settled<'a> = Rc<BTreeSet<&'a str>>;

/// The knowledge about two schemas from the elements around them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setting<'a> {
    pub(crate) form: Form,
    pub(crate) settled: Settled<'a>,
}

/// The form in which the values of two schemas are transmitted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Form {
    #[default]
    Json,
    /// As text. The compatibility of the texts decides.
    Text(Compatibility),
    /// As a list whose items are texts.
    TextItems,
    /// As an object whose properties are texts.
    TextProperties,
}

impl Setting<'_> {
    /// Returns the kind of a vertex with this setting.
    pub(crate) fn kind(&self) -> ElementKind {
        match self.form {
            Form::Json => ElementKind::Schema,
            Form::Text(_) => ElementKind::Text,
            Form::TextItems => ElementKind::TextItems,
            Form::TextProperties => ElementKind::TextProperties,
        }
    }

    /// Returns the text that tells vertices of the same schemas apart: the element that they are named
    /// after, and the properties that are compared already.
    pub(crate) fn origin(&self, path: &SchemaPath) -> Option<String> {
        let origin = path.origin();
        if self.settled.is_empty() {
            return origin.map(str::to_owned);
        }
        let settled: Vec<&str> = self.settled.iter().copied().collect();
        Some(format!(
            "{}\n{}",
            origin.unwrap_or_default(),
            settled.join("\n")
        ))
    }
}

impl From<Form> for Setting<'_> {
    fn from(form: Form) -> Self {
        Self {
            form,
            settled: Settled::default(),
        }
    }
}
