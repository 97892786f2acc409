//! Findings in the style of rustc.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use crate::finding::Finding;
use crate::source::{Source, Sources, Span, character_start};
use crate::style::Style;

/// Renders findings, each with an empty line after it.
pub(super) fn all(
    sources: &Sources,
    findings: &[Finding],
    level: &Level<'_>,
    style: Style,
) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Ansi => Renderer::styled(),
    };
    let findings = findings.iter();
    findings
        .map(|finding| one(sources, finding, level, &renderer) + "\n\n")
        .collect()
}

fn one(sources: &Sources, finding: &Finding, level: &Level<'_>, renderer: &Renderer) -> String {
    let primary = visible(sources, &finding.span).map(|(file, span)| {
        let annotation = AnnotationKind::Primary.span(span);
        (file, annotation)
    });
    let related = finding.related.as_ref().and_then(|(span, label)| {
        let (file, span) = visible(sources, span)?;
        let annotation = AnnotationKind::Context.span(span).label(*label);
        Some((file, annotation))
    });
    let mut snippets: Vec<Snippet<'_, Annotation<'_>>> = Vec::new();
    let mut last = None;
    for (file, annotation) in [primary, related].into_iter().flatten() {
        let snippet = match snippets.pop_if(|_| last == Some(file.path())) {
            Some(snippet) => snippet,
            None => Snippet::source(file.text()).path(file.path()),
        };
        snippets.push(snippet.annotation(annotation));
        last = Some(file.path());
    }
    let group = level
        .clone()
        .primary_title(finding.message.as_str())
        .id(finding.rule)
        .elements(snippets)
        .element(Level::HELP.message(finding.help.as_str()));
    renderer.render(&[group])
}

/// Returns the file of a span, and the part of the span on its first line. A finding about a whole
/// block then shows the line on which the block starts.
fn visible<'a>(sources: &'a Sources, span: &Span) -> Option<(&'a Source, Range<usize>)> {
    let (file, start) = sources.locate(span.start)?;
    let text = file.text();
    let length = span.end.saturating_sub(span.start) as usize;
    let start = character_start(text, start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = character_start(text, start + length).clamp(start, line_end);
    Some((file, start..end))
}
