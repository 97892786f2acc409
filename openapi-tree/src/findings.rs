//! All findings about a document, and the formats in which they are shown.

mod json;
mod render;

use crate::finding::Finding;
use crate::source::Sources;
use crate::style::Style;

/// All findings about a document, in the order of its files. There is at least one.
#[derive(Clone, Debug)]
pub struct Findings {
    sources: Sources,
    findings: Vec<Finding>,
}

impl Findings {
    /// Creates the findings of a document from at least one finding, in any order. Equal findings
    /// count once.
    pub fn new(sources: Sources, mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            (a.span.start, a.rule, &a.message).cmp(&(b.span.start, b.rule, &b.message))
        });
        findings.dedup();
        Self { sources, findings }
    }

    /// Returns the findings, in the order of the files and of the places in them.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// Returns the number of findings, which is at least one.
    #[allow(clippy::len_without_is_empty)] // never empty
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Returns the findings in the style of rustc: rule, message, `file:line:column`, the line with
    /// a marker, and help.
    pub fn render(&self, style: Style) -> String {
        render::all(&self.sources, &self.findings, style)
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
            .map(|finding| json::object(&self.sources, finding))
            .collect()
    }
}

impl std::fmt::Display for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(Style::Plain))
    }
}

impl std::error::Error for Findings {}
