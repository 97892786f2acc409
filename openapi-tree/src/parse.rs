//! Parsing: the text of one file to nodes with places.

mod characters;
mod decode;
mod input;
mod json;
mod repair;
mod yaml;

use crate::finding::Finding;
use crate::node::Node;
use crate::source::Source;
use crate::text::Texts;

pub(crate) use self::decode::decode;

use self::input::Input;

/// The limit for the nesting of mappings and sequences. Real documents need about 15 levels.
const STRICT_DEPTH: usize = 64;
/// The limit in a lenient reading. It protects the recursion of later steps.
const LENIENT_DEPTH: usize = 128;

/// Parses a file of YAML. `start` is its first byte in the count of all files. Adds to `findings`,
/// and returns `None` if a finding makes the rest of the file unreadable.
pub(crate) fn parse(
    source: &Source,
    start: u32,
    texts: &mut Texts,
    findings: &mut Vec<Finding>,
) -> Option<Node> {
    let input = Input {
        text: source.text(),
        start,
        max_depth: STRICT_DEPTH,
    };
    let root = input.check_size().and_then(|()| {
        let root = yaml::parse(input, texts, findings);
        root.map_err(|error| Box::new(error.finding(input)))
    });
    root.map_err(|error| findings.push(*error)).ok()
}

/// Parses a file of JSON or YAML, and reads mistakes as their author evidently meant them. Adds such
/// mistakes to `findings`.
///
/// # Errors
/// Returns the mistake that makes the file unreadable.
pub(crate) fn parse_lenient(
    source: &Source,
    start: u32,
    texts: &mut Texts,
    findings: &mut Vec<Finding>,
) -> Result<Node, Box<Finding>> {
    let (text, path) = (source.text(), source.path());
    let input = Input {
        text,
        start,
        max_depth: LENIENT_DEPTH,
    };
    input.check_size()?;
    let is_json_file = path.to_ascii_lowercase().ends_with(".json");
    let looks_like_json = text.trim_start().starts_with('{');
    if !is_json_file && !looks_like_json {
        return repair::parse(input, texts, findings);
    }
    let mut of_json = Vec::new();
    let error = match json::parse(input, texts, &mut of_json) {
        Ok(root) => {
            findings.append(&mut of_json);
            return Ok(root);
        }
        Err(error) => error,
    };
    // YAML may look like JSON, and stand in a file with the name of JSON.
    let mut of_yaml = Vec::new();
    match repair::parse(input, texts, &mut of_yaml) {
        Ok(root) if !root.entries().is_empty() => {
            if is_json_file {
                findings.push(Finding::new(
                    error.rule,
                    &error.span,
                    format!("{}; the file is read as YAML", error.message),
                    "write JSON, or rename the file to `.yaml`",
                ));
            }
            findings.append(&mut of_yaml);
            Ok(root)
        }
        _ => Err(error),
    }
}
