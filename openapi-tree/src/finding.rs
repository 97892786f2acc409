//! A finding: one mistake in a document.

use crate::source::Span;

/// One mistake in a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The id of the rule that is broken, in kebab case.
    pub rule: &'static str,
    /// The mistake: the value that was expected, and the value that was found.
    pub message: String,
    /// The place of the mistake.
    pub span: Span,
    /// A second place that belongs to the mistake, with a label. An example is the first of two
    /// operations with the same id.
    pub related: Option<(Span, &'static str)>,
    /// The advice on how to correct the mistake.
    pub help: String,
}

impl Finding {
    /// Creates a finding with one place.
    pub fn new(
        rule: &'static str,
        span: &Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            message: message.into(),
            span: span.clone(),
            related: None,
            help: help.into(),
        }
    }

    /// Adds a second place, with a label.
    #[must_use]
    pub fn with_related(mut self, span: &Span, label: &'static str) -> Self {
        self.related = Some((span.clone(), label));
        self
    }
}
