//! YAML that YAML 1.2 refuses because of its layout, but that most tools read.
//!
//! A repair replaces a character of white space by a space, so that all places stay right.

use std::borrow::Cow;

use super::input::Input;
use super::yaml;
use crate::finding::Finding;
use crate::node::Node;
use crate::text::Texts;

/// The largest number of repairs. Each takes another reading of the text.
const MAX_REPAIRS: usize = 32;

/// Parses the text of a file of YAML, with repairs if need be. Adds mistakes that have one evident
/// reading to `findings`.
///
/// # Errors
/// Returns the mistake that makes the file unreadable, which is the first one.
pub(super) fn parse(
    input: Input<'_>,
    texts: &mut Texts,
    findings: &mut Vec<Finding>,
) -> Result<Node, Box<Finding>> {
    let mut repaired = Cow::Borrowed(input.text);
    let mut repairs = Vec::new();
    let mut first_error = None;
    loop {
        let mut of_text = Vec::new();
        let input = Input {
            text: &repaired,
            ..input
        };
        let error = match yaml::parse(input, texts, &mut of_text) {
            Ok(root) => {
                findings.append(&mut repairs);
                findings.append(&mut of_text);
                return Ok(root);
            }
            Err(error) => error,
        };
        let repair = match repairs.len() < MAX_REPAIRS {
            true => tabs(&repaired).or_else(|| bracket(&repaired, &error)),
            false => None,
        };
        let finding = Box::new(error.finding(input));
        let Some(repair) = repair else {
            return Err(first_error.unwrap_or(finding));
        };
        first_error.get_or_insert(finding);
        let span = input.span(repair.at..repair.at + 1);
        repairs.push(Finding::new("yaml", &span, repair.message, repair.help));
        repaired = Cow::Owned(repair.text);
    }
}

struct Repair {
    text: String,
    /// The first byte that is concerned.
    at: usize,
    message: &'static str,
    help: &'static str,
}

/// Reads each tab that indents a line as one space.
fn tabs(text: &str) -> Option<Repair> {
    let mut first = None;
    let mut repaired = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - content.len()];
        if let Some(tab) = indentation.find('\t') {
            first.get_or_insert(repaired.len() + tab);
        }
        repaired.extend(indentation.chars().map(|_| ' '));
        repaired.push_str(content);
    }
    first.map(|at| Repair {
        text: repaired,
        at,
        message: "a tab that indents a line, which YAML forbids; it is read as a space",
        help: "indent with spaces",
    })
}

/// Moves a line within brackets that is not indented enough to the line before.
fn bracket(text: &str, error: &yaml::Error) -> Option<Repair> {
    if !error.is_indentation() {
        return None;
    }
    let (before, after) = text.split_at_checked(error.at())?;
    let content = before.trim_end_matches(' ');
    let content = content.strip_suffix('\n')?;
    let mut repaired = content.to_owned();
    // A comment would hide the line.
    let line = content.rfind('\n').map_or(0, |end| end + 1);
    if let Some(comment) = content[line..].find(" #") {
        let length = content.len() - line - comment;
        repaired.truncate(line + comment);
        repaired.extend(std::iter::repeat_n(' ', length));
    }
    repaired.extend(std::iter::repeat_n(' ', before.len() - content.len()));
    repaired.push_str(after);
    Some(Repair {
        text: repaired,
        at: before.len(),
        message: "a line within brackets that is not indented as YAML wants it",
        help: "indent it more than the line on which the mapping around the brackets starts",
    })
}
