//! The checked-in spec, and edits of it.

use std::fs;
use std::path::{Path, PathBuf};

use openapi_tree::{Source, Sources, load};
use opentact_gen::check;

/// The files of a spec, each with path and text.
#[derive(Clone)]
pub(crate) struct Spec(Vec<(String, String)>);

impl Spec {
    /// Reads `openapi/*.yaml`.
    pub(crate) fn of_today() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
        let entries = fs::read_dir(folder).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        let is_yaml = |path: &PathBuf| path.extension().is_some_and(|is| is == "yaml");
        let files = files.filter(is_yaml).map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            (format!("openapi/{name}"), text)
        });
        let mut files: Vec<_> = files.collect();
        files.sort();
        Self(files)
    }

    /// Reads the page of the groups, and the parts that it shares with other pages. It is small enough
    /// to be generated for each of many edits.
    pub(crate) fn of_groups() -> Self {
        let mut spec = Self::of_today();
        let kept = ["openapi/common.yaml", "openapi/groups.yaml"];
        spec.0.retain(|(path, _)| kept.contains(&path.as_str()));
        while let Some(line) = spec.unused() {
            let (_, text) = &mut spec.0[0];
            *text = without_entry(text, line);
        }
        spec
    }

    /// Returns the line in the first file of the last component that nothing uses.
    fn unused(&self) -> Option<usize> {
        let document = load(self.sources()).unwrap();
        let findings = check(&document).err()?;
        let lines = findings.iter().map(|finding| {
            let place = document.sources.location(finding.span.start).unwrap();
            assert_eq!(place.path, self.0[0].0, "{finding:?}");
            place.line
        });
        lines.max()
    }

    /// Adds a file, or replaces the file of this path.
    pub(crate) fn with(mut self, path: &str, text: &str) -> Self {
        self.0.retain(|(known, _)| known != path);
        self.0.push((path.to_owned(), text.to_owned()));
        self
    }

    /// Returns the files for the generator.
    pub(crate) fn sources(&self) -> Sources {
        let files = self.0.iter();
        Sources::new(files.map(|(path, text)| Source::new(path.clone(), text)))
    }

    /// Edits the first file for which `edit` returns a text.
    pub(crate) fn edited(&self, edit: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let mut edited = self.clone();
        let mut files = edited.0.iter_mut();
        let (text, new) = files.find_map(|(_, text)| edit(text).map(|new| (text, new)))?;
        *text = new;
        Some(edited)
    }

    /// Replaces the first `from`.
    #[track_caller]
    pub(crate) fn replaced(&self, from: &str, to: &str) -> Self {
        let replaced = |text: &str| text.contains(from).then(|| text.replacen(from, to, 1));
        self.edited(replaced).unwrap()
    }

    /// Edits every file.
    pub(crate) fn map(&self, edit: impl Fn(&str) -> String) -> Self {
        let files = self.0.iter();
        Self(
            files
                .map(|(path, text)| (path.clone(), edit(text)))
                .collect(),
        )
    }
}

/// Removes the entry that a line is in, with all lines that are indented deeper than its first one.
fn without_entry(text: &str, line: usize) -> String {
    const INDENT: &str = "    ";
    let lines: Vec<&str> = text.lines().collect();
    let is_inside = |line: &str| line.is_empty() || line.starts_with("     ");
    let starts = |line: &str| line.starts_with(INDENT) && !is_inside(line);
    let start = (0..line).rev().find(|at| starts(lines[*at])).unwrap();
    let end = (start + 1..lines.len()).find(|at| !is_inside(lines[*at]));
    let kept = [&lines[..start], &lines[end.unwrap_or(lines.len())..]];
    kept.concat().join("\n") + "\n"
}
