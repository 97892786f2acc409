//! What is wrong with a spec, where, and what to do about it.

mod json;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use crate::source::{Source, Sources, Span};

/// Something wrong with a spec.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The name of the rule that is broken, in kebab case.
    pub rule: &'static str,
    /// What is wrong: what was expected and what is there.
    pub message: String,
    /// Where it is wrong.
    pub span: Span,
    /// A second place that belongs to it, with what it is, such as the first of two
    /// operations with the same id.
    pub related: Option<(Span, &'static str)>,
    /// What to do about it.
    pub help: String,
}

impl Finding {
    pub(crate) fn new(
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

    pub(crate) fn with_related(mut self, span: &Span, label: &'static str) -> Self {
        self.related = Some((span.clone(), label));
        self
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Without colours: for files, pipes and tests.
    Plain,
    /// With ANSI colours: for terminals.
    Ansi,
}

/// Everything that is wrong with the files of a spec, in the order in which it stands there.
#[derive(Clone, Debug)]
pub struct Findings {
    sources: Sources,
    findings: Vec<Finding>,
}

impl Findings {
    pub(crate) fn new(sources: Sources, mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            (a.span.start, a.rule, &a.message).cmp(&(b.span.start, b.rule, &b.message))
        });
        findings.dedup();
        Self { sources, findings }
    }

    /// Each finding, file by file, in the order in which it stands there.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// How many findings there are: at least one.
    #[allow(clippy::len_without_is_empty)] // never empty
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// The findings as a compiler shows them: rule, message, `file:line:column`, the
    /// offending line with a caret, and a way out.
    pub fn render(&self, style: Style) -> String {
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Ansi => Renderer::styled(),
        };
        let mut text = String::new();
        for finding in &self.findings {
            text.push_str(&self.render_one(&renderer, finding));
            text.push_str("\n\n");
        }
        text
    }

    /// How many findings there are, and the first one, in half a sentence.
    pub(crate) fn summary(&self) -> String {
        let first = self.findings.first().map_or(String::new(), |finding| {
            let place = self.sources.place(finding.span.start);
            format!("{place}: {}", finding.message)
        });
        match self.len() {
            1 => format!("1 finding, at {first}"),
            many => format!("{many} findings, the first at {first}"),
        }
    }

    /// The findings for programs, such as editors: a JSON array with an object for each, as
    /// CONTRIBUTING.md describes it. Lines and columns count from 1, columns in characters.
    pub fn to_json(&self) -> serde_json::Value {
        self.findings
            .iter()
            .map(|finding| json::finding(&self.sources, finding))
            .collect()
    }

    fn render_one(&self, renderer: &Renderer, finding: &Finding) -> String {
        let primary = self.visible(&finding.span).map(|(file, span)| {
            let annotation = AnnotationKind::Primary.span(span);
            (file, annotation)
        });
        let related = finding.related.as_ref().and_then(|(span, label)| {
            let (file, span) = self.visible(span)?;
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
        let group = Level::ERROR
            .primary_title(finding.message.as_str())
            .id(finding.rule)
            .elements(snippets)
            .element(Level::HELP.message(finding.help.as_str()));
        renderer.render(&[group])
    }

    /// The file of a span, and the part of the span that lies on one line of it, so that a
    /// finding about a whole block shows the line on which the block starts.
    fn visible(&self, span: &Span) -> Option<(&Source, Span)> {
        let (file, start) = self.sources.locate(span.start)?;
        let text = file.text();
        let length = span.end.saturating_sub(span.start);
        let start = character_start(text, start);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = character_start(text, start + length).clamp(start, line_end);
        Some((file, start..end))
    }
}

impl std::fmt::Display for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Findings {}

/// The last byte up to this one at which a character starts. (`str::floor_char_boundary` is
/// younger than the workspace's `rust-version`.)
fn character_start(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
