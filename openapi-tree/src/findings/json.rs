//! Findings as JSON.

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::source::{Sources, Span};

/// Returns the object of a finding.
pub(super) fn object(sources: &Sources, finding: &Finding, severity: &str) -> Value {
    let related = finding.related.as_ref().map(|(span, label)| {
        let mut related = place(sources, span);
        related["message"] = (*label).into();
        related
    });
    let mut value = place(sources, &finding.span);
    value["rule"] = finding.rule.into();
    value["severity"] = severity.into();
    value["message"] = finding.message.as_str().into();
    value["help"] = finding.help.as_str().into();
    value["related"] = related.into_iter().collect();
    value
}

fn place(sources: &Sources, span: &Span) -> Value {
    let Some((file, start)) = sources.locate(span.start) else {
        return json!({});
    };
    let position = |byte| {
        let at = file.line_column(byte);
        json!({ "line": at.line, "column": at.column })
    };
    let end = start + span.end.saturating_sub(span.start) as usize;
    json!({ "path": file.path(), "start": position(start), "end": position(end) })
}
