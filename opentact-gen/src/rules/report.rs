//! The report of one rule.

use std::collections::HashMap;

use openapi_tree::{Finding, Span};

/// Collects the findings of one rule.
pub(super) struct Report<'r> {
    rule: &'static str,
    findings: &'r mut Vec<Finding>,
}

impl<'r> Report<'r> {
    /// Makes a report that adds to `findings`.
    pub(super) fn new(rule: &'static str, findings: &'r mut Vec<Finding>) -> Self {
        Self { rule, findings }
    }

    /// Adds a finding.
    pub(super) fn add(&mut self, span: &Span, message: impl Into<String>, help: impl Into<String>) {
        let finding = Finding::new(self.rule, span, message, help);
        self.findings.push(finding);
    }

    /// Adds a finding with a second place, and the label of that place.
    pub(super) fn add_related(
        &mut self,
        span: &Span,
        message: impl Into<String>,
        help: impl Into<String>,
        (related, label): (&Span, &'static str),
    ) {
        let finding = Finding::new(self.rule, span, message, help);
        self.findings.push(finding.with_related(related, label));
    }

    /// Adds a finding for each name that an earlier item has.
    pub(super) fn add_clashes<'a>(
        &mut self,
        named: impl IntoIterator<Item = (String, &'a Span)>,
        items: &str,
    ) {
        let mut known = HashMap::new();
        for (name, span) in named {
            let message = format!("two {items} have the name `{name}`");
            let first = *known.entry(name).or_insert(span);
            if first != span {
                self.add_related(span, message, "rename one of them", (first, "first here"));
            }
        }
    }
}
