//! Documents that people published: those with which `openapiv3`, a dependency, is tested.
//!
//! They are read from the sources that Cargo keeps.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use openapi_compat::{Options, compare};
use openapi_tree::{Document, Source, load, load_valid};
use serde_json::Value;

use crate::support::edits::{Edit, each_edit_of_operations, each_edit_of_schemas, operations};
use crate::support::{lenient, level};

/// Invalid documents, with the rule that they break and the number of findings.
///
/// - `api-with-examples.yaml` closes a bracket further to the left than YAML allows.
/// - `fitbit.json` has an empty `$ref`: the whole document, which is no schema.
/// - `petstore.yaml` refers to schemas that it does not have.
const INVALID: [(&str, &str, usize); 3] = [
    ("api-with-examples.yaml", "yaml", 1),
    ("fitbit.json", "unknown-ref", 8),
    ("petstore.yaml", "unknown-ref", 3),
];

/// Returns the folder with the documents.
fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let package = lock.split("name = \"openapiv3\"\nversion = \"").nth(1);
    let (version, _) = package.unwrap().split_once('"').unwrap();
    let home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => env::home_dir().unwrap().join(".cargo"),
    };
    let registries = fs::read_dir(home.join("registry/src")).unwrap();
    let fixtures = registries.map(|registry| {
        let package = registry
            .unwrap()
            .path()
            .join(format!("openapiv3-{version}"));
        package.join("fixtures")
    });
    fixtures.into_iter().find(|folder| folder.is_dir()).unwrap()
}

/// Returns every document, by the name of its file.
fn published() -> Vec<Source> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let source = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Source::new(name, &fs::read_to_string(path).unwrap())
    };
    paths.iter().map(source).collect()
}

/// All documents as they are read leniently, with their names and values.
static DOCUMENTS: LazyLock<Vec<(String, Document, Value)>> = LazyLock::new(|| {
    let documents = published().into_iter().map(|source| {
        let document = lenient(source.path(), source.text()).unwrap();
        let json = document.root.to_json();
        (source.path().to_owned(), document, json)
    });
    documents.collect()
});

fn loaded(name: &str, json: &Value) -> Document {
    load(Source::new(name, &json.to_string())).unwrap()
}

#[test]
fn published_documents_are_valid_or_break_a_known_rule() {
    let (mut documents, mut count) = (0, 0);
    for (name, document, json) in DOCUMENTS.iter() {
        count += operations(json).len();
        documents += 1;
        if INVALID.iter().any(|(invalid, ..)| invalid == name) {
            continue;
        }
        let source = document.sources.iter().next().unwrap();
        let valid = load_valid(source.clone()).unwrap();
        assert_eq!(valid.root.to_json(), *json, "{name} is read alike");
    }
    for (name, rule, count) in INVALID {
        let source = published().into_iter().find(|source| source.path() == name);
        let findings = load_valid(source.unwrap()).expect_err(name);
        let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, vec![rule; count], "{name}");
    }
    assert!(documents >= 15, "{documents} documents");
    assert!(count >= 800, "{count} operations");
}

#[test]
fn published_document_compared_with_itself_is_unchanged_in_yaml_and_json() {
    let options = Options::default();
    for (name, document, json) in DOCUMENTS.iter() {
        assert_eq!(compare(document, document, &options), [], "{name}");
        let copy = loaded(name, json);
        assert_eq!(compare(document, &copy, &options), [], "{name}");
        assert_eq!(compare(&copy, document, &options), [], "{name}");
    }
}

/// The edits of all documents, compared in both directions.
#[derive(Default)]
struct Edits {
    wrong: Vec<String>,
    /// The number of each edit.
    made: BTreeMap<&'static str, usize>,
}

impl Edits {
    fn compare(&mut self, name: &str, document: &Document, edit: &Edit) {
        *self.made.entry(edit.name).or_default() += 1;
        let edited = loaded(name, &edit.edited);
        for (base, head, expected) in [
            (document, &edited, edit.forward),
            (&edited, document, edit.backward),
        ] {
            let changes = compare(base, head, &Options::default());
            // One change, or one for requests and one for responses.
            if level(&changes) != expected || changes.len() > 2 {
                let (edit, at) = (edit.name, &edit.at);
                let wrong = format!("{name}, {at}: {edit}: {expected:?}, not {changes:#?}");
                self.wrong.push(wrong);
            }
        }
    }

    fn assert_as_expected(&self, kinds: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert_eq!(self.made.len(), kinds, "{:?}", self.made);
        let often = self.made.values().all(|number| *number >= 15);
        assert!(often, "{:?}", self.made);
    }
}

#[test]
fn published_document_with_an_edited_operation_has_its_level_in_both_directions() {
    let mut edits = Edits::default();
    for (name, document, json) in DOCUMENTS.iter() {
        each_edit_of_operations(json, |edit| edits.compare(name, document, &edit));
    }
    edits.assert_as_expected(4);
}

#[test]
fn published_document_with_an_edited_schema_has_its_level_in_both_directions() {
    let mut edits = Edits::default();
    for (name, document, json) in DOCUMENTS.iter() {
        each_edit_of_schemas(json, |edit| edits.compare(name, document, &edit));
    }
    edits.assert_as_expected(2);
}
