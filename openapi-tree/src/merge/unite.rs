//! Paths, components and tags of several files in one root.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::keywords::{is_extension, is_method};
use crate::node::{Entry, Mapping, Node, Value};
use crate::source::{Source, Sources, Span};

/// The keywords of a path item that apply to all its operations.
const SHARED_BY_OPERATIONS: [&str; 2] = ["parameters", "servers"];

/// The roots of all files, with references within the document, while they are united.
pub(super) struct Files<'a> {
    pub(super) sources: &'a Sources,
    pub(super) files: &'a [Node],
    /// The position of the entry document.
    pub(super) entry: usize,
    pub(super) conflicts: Vec<Finding>,
}

impl Files<'_> {
    /// Returns the root of the entry document, with the paths, components and tags of all files.
    pub(super) fn root(&mut self) -> Node {
        let entry = &self.files[self.entry];
        let united = [
            self.united("tags", Self::tags),
            self.united("paths", Self::paths),
            self.united("components", Self::components),
        ];
        let mut united: Vec<Entry> = united.into_iter().flatten().collect();
        let mut entries: Vec<Entry> = Vec::new();
        for entry in entry.entries() {
            let position = united.iter().position(|whole| whole.key == entry.key);
            entries.push(position.map_or_else(|| entry.clone(), |at| united.remove(at)));
        }
        entries.extend(united);
        mapping(&entry.span, entries)
    }

    /// Returns the entry `key` of the root, united from those of all files.
    fn united(
        &mut self,
        key: &str,
        unite: impl FnOnce(&mut Self, &[&Entry]) -> Value,
    ) -> Option<Entry> {
        let of_entry = self.files[self.entry].entry(key);
        let all: Vec<&Entry> = self
            .files
            .iter()
            .filter_map(|file| file.entry(key))
            .collect();
        let first = of_entry.or(all.first().copied())?;
        Some(Entry {
            key: key.into(),
            key_span: first.key_span.clone(),
            node: Node {
                span: first.node.span.clone(),
                value: unite(self, &all),
            },
        })
    }

    fn tags(&mut self, lists: &[&Entry]) -> Value {
        let mut tags: Vec<Node> = Vec::new();
        let mut by_name: HashMap<&str, &Node> = HashMap::new();
        for tag in lists.iter().flat_map(|list| list.node.items()) {
            let Some(name) = tag.str_at("name") else {
                continue; // the rule `openapi` reports it
            };
            match by_name.get(name) {
                Some(first) if first.same(tag) => {}
                Some(first) => self.conflict(
                    "duplicate-tag",
                    (&tag.span, &first.span),
                    format!("the tag `{name}` is described differently elsewhere"),
                    "describe it once",
                ),
                None => {
                    by_name.insert(name, tag);
                    tags.push(tag.clone());
                }
            }
        }
        Value::Sequence(tags.into())
    }

    fn components(&mut self, all: &[&Entry]) -> Value {
        let kinds = by_key(all).into_iter().map(|(kind, of_kind)| {
            if is_extension(&kind.key) {
                return kind.clone();
            }
            let components = by_key(&of_kind).into_iter().map(|(first, all)| {
                self.same_component(&kind.key, first, &all[1..]);
                first.clone()
            });
            Entry {
                node: mapping(&kind.node.span, components.collect()),
                ..kind.clone()
            }
        });
        Value::Mapping(Mapping::new(kinds.collect()))
    }

    fn same_component(&mut self, kind: &str, first: &Entry, others: &[&Entry]) {
        for again in others.iter().filter(|again| !again.node.same(&first.node)) {
            let file = self.sources.locate(first.key_span.start);
            let file = file.map_or("", |(file, _)| Source::name(file));
            let pointer = format!("#/components/{kind}/{}", first.key);
            self.conflict(
                "duplicate-component",
                (&again.key_span, &first.key_span),
                format!("another file defines `{pointer}` differently"),
                &format!(
                    "give it a name of its own, or delete it and refer to the other: \
                     `./{file}{pointer}`"
                ),
            );
        }
    }

    fn paths(&mut self, all: &[&Entry]) -> Value {
        let paths = by_key(all)
            .into_iter()
            .map(|(first, items)| match &items[..] {
                [_] => first.clone(),
                _ if is_extension(&first.key) => first.clone(),
                items => Entry {
                    node: self.path_item(first, items),
                    ..first.clone()
                },
            });
        Value::Mapping(Mapping::new(paths.collect()))
    }

    /// Unites a path item whose operations are in several files.
    fn path_item(&mut self, first: &Entry, items: &[&Entry]) -> Node {
        for again in &items[1..] {
            for key in SHARED_BY_OPERATIONS {
                let (one, other) = (first.node.entry(key), again.node.entry(key));
                if one.is_some() != other.is_some() {
                    self.not_shared(
                        key,
                        &first.key,
                        (other.unwrap_or(again), one.unwrap_or(first)),
                    );
                }
            }
        }
        let keywords = by_key(items).into_iter().map(|(keyword, all)| {
            for again in &all[1..] {
                if is_method(&keyword.key) {
                    self.conflict(
                        "duplicate-operation",
                        (&again.key_span, &keyword.key_span),
                        format!(
                            "another file describes `{} {}`, too",
                            keyword.key.to_uppercase(),
                            first.key
                        ),
                        "keep one of the two",
                    );
                } else if !again.node.same(&keyword.node) {
                    self.not_shared(&keyword.key, &first.key, (again, keyword));
                }
            }
            keyword.clone()
        });
        mapping(&first.node.span, keywords.collect())
    }

    fn not_shared(&mut self, keyword: &str, path: &str, (again, first): (&Entry, &Entry)) {
        self.conflict(
            "duplicate-path-item",
            (&again.key_span, &first.key_span),
            format!("`{keyword}` of `{path}` differs from that in another file"),
            "move it to each operation, or keep the whole path item in one file",
        );
    }

    fn conflict(
        &mut self,
        rule: &'static str,
        (again, first): (&Span, &Span),
        message: String,
        help: &str,
    ) {
        let finding = Finding::new(rule, again, message, help);
        self.conflicts
            .push(finding.with_related(first, "the other is here"));
    }
}

/// Groups the entries of several mappings by key, in the order of the keys: the first entry of a key,
/// and all of them.
fn by_key<'a>(mappings: &[&'a Entry]) -> Vec<(&'a Entry, Vec<&'a Entry>)> {
    let mut groups: Vec<(&Entry, Vec<&Entry>)> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for entry in mappings.iter().flat_map(|mapping| mapping.node.entries()) {
        let position = *positions.entry(&entry.key).or_insert(groups.len());
        match groups.get_mut(position) {
            Some((_, all)) => all.push(entry),
            None => groups.push((entry, vec![entry])),
        }
    }
    groups
}

fn mapping(span: &Span, entries: Vec<Entry>) -> Node {
    Node {
        span: span.clone(),
        value: Value::Mapping(Mapping::new(entries)),
    }
}
