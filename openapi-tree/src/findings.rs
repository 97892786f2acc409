//! All findings about a document, and the formats in which they are shown.

mod json;
mod render;

use annotate_snippets::Level;

use crate::finding::Finding;
use crate::source::Sources;
use crate::style::Style;

/// The weight of findings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Severity {
    /// Mistakes because of which a document is refused.
    Error,
    /// Mistakes that have one evident reading.
    Warning,
}

impl Severity {
    /// Returns the severity as text: `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// All findings about a document, in the order of its files.
#[derive(Clone, Debug)]
pub struct Findings {
    sources: Sources,
    findings: Vec<Finding>,
    severity: Severity,
}

impl Findings {
    /// Creates the errors of a document from its findings, in any order. Equal findings count once.
    pub fn new(sources: Sources, findings: Vec<Finding>) -> Self {
        Self::with_severity(Severity::Error, sources, findings)
    }

    /// Creates the findings of a document, in any order. Equal findings count once.
    pub fn with_severity(severity: Severity, sources: Sources, mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            (a.span.start, a.rule, &a.message).cmp(&(b.span.start, b.rule, &b.message))
        });
        findings.dedup();
        Self {
            sources,
            findings,
            severity,
        }
    }

    /// Returns the weight of the findings.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the first findings, up to a number.
    #[must_use]
    pub fn first(&self, number: usize) -> Self {
        Self {
            sources: self.sources.clone(),
            findings: self.findings.iter().take(number).cloned().collect(),
            severity: self.severity,
        }
    }

    /// Returns the same findings as errors.
    #[must_use]
    pub fn into_errors(self) -> Self {
        Self {
            severity: Severity::Error,
            ..self
        }
    }

    /// Returns the findings, in the order of the files and of the places in them.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// Returns `true` if there is no finding.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Returns the number of findings.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Returns the findings in the style of rustc: rule, message, `file:line:column`, the line with
    /// a marker, and help.
    pub fn render(&self, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        render::all(&self.sources, &self.findings, &level, style)
    }

    /// Returns the number of findings and the first of them, for use within a sentence.
    pub fn summary(&self) -> String {
        let first = self.findings.first().map_or(String::new(), |finding| {
            match self.sources.location(finding.span.start) {
                Some(location) => format!("{location}: {}", finding.message),
                None => finding.message.clone(),
            }
        });
        match self.len() {
            1 => format!("1 finding, at {first}"),
            many => format!("{many} findings, the first at {first}"),
        }
    }

    /// Returns the findings as a JSON array, for programs such as editors. Each is an object with
    /// `rule`, `severity`, `message`, `help`, `path`, `start`, `end` and `related`. Lines and columns
    /// count from 1, columns in characters.
    pub fn to_json(&self) -> serde_json::Value {
        let findings = self.findings.iter();
        findings
            .map(|finding| json::object(&self.sources, finding, self.severity.as_str()))
            .collect()
    }
}

impl std::fmt::Display for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Findings {}
