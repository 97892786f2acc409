//! Whether schemas can be put together: progenitor merges what `allOf` joins, and each
//! alternative of `anyOf` and `oneOf` with what stands beside it. It follows references as it
//! goes, and knows neither circles nor limits.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::reachable::{self, Reachable};
use openapi_tree::{Entry, Finding, Node, reference, resolve, target};

pub(super) const RULE: &str = "composition";

/// The keywords that join schemas.
const JOINS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// How many schemas may be merged for one. Real specs need some 20.
const MAX_MERGED: usize = 5_000;
/// How deep they may stand in each other, references followed.
const MAX_DEPTH: usize = 32;
/// How many sets of alternatives may apply to one value, and how many combinations they may
/// have. With more, progenitor takes minutes.
const MAX_CHOICES: usize = 2;
const MAX_COMBINATIONS: usize = 16;

/// No schema is made of itself: a value would never be known to fit.
pub(super) fn circles(root: &Node, findings: &mut Vec<Finding>) {
    let mut circles = Circles {
        root,
        done: HashSet::new(),
        active: Vec::new(),
    };
    for Reachable { schema, .. } in reachable::schemas(root) {
        circles.follow(schema, findings);
    }
}

struct Circles<'a> {
    root: &'a Node,
    done: HashSet<*const Node>,
    active: Vec<*const Node>,
}

impl<'a> Circles<'a> {
    fn follow(&mut self, schema: &'a Node, findings: &mut Vec<Finding>) {
        if self.done.contains(&std::ptr::from_ref(schema)) {
            return;
        }
        self.active.push(schema);
        let items = |keyword| schema.get(keyword).map_or(&[][..], Node::items);
        let parts = JOINS.into_iter().flat_map(items);
        // Of references to each other and nothing else speaks the rule `unknown-ref`.
        let ends = resolve(self.root, schema).is_some();
        let referred = target(self.root, schema).filter(|_| ends);
        for part in parts.chain(referred) {
            if self.active.contains(&std::ptr::from_ref(part)) {
                findings.push(Finding::new(
                    RULE,
                    &schema.get("$ref").unwrap_or(schema).span,
                    "this schema is made of itself",
                    "refer to it from a property or an item, where a value comes to an end, or \
                     take the part away",
                ));
            } else {
                self.follow(part, findings);
            }
        }
        self.active.pop();
        self.done.insert(schema);
    }
}

/// Whether merging comes to an end, and soon.
pub(super) fn merging(root: &Node, findings: &mut Vec<Finding>) {
    let mut circles_found = Vec::new();
    circles(root, &mut circles_found);
    if !circles_found.is_empty() {
        return;
    }
    for Reachable { schema, .. } in reachable::schemas(root) {
        let Some(join) = schema.entries().iter().find(|entry| is_join(entry)) else {
            continue;
        };
        let mut merger = Merger {
            root,
            merged: 0,
            active: Vec::new(),
        };
        let mut conjunction = Conjunction::default();
        let gathered = merger.gather(schema, 0, &mut conjunction);
        if let Err(reason) = gathered.and_then(|()| merger.merge(&conjunction)) {
            findings.push(finding(join, &reason));
            if matches!(reason, Reason::TooMany) {
                return; // what takes this schema in has too many as well
            }
        }
    }
}

/// Why schemas cannot be merged.
enum Reason {
    /// In this property, or in the items of a list, the same are to be merged again.
    Endless(String),
    Combinations,
    TooMany,
}

fn finding(entry: &Entry, reason: &Reason) -> Finding {
    let keyword = &entry.key;
    let (message, help) = match reason {
        Reason::Endless(place) => (
            format!(
                "the schemas of this `{keyword}` refer back to themselves in {place}, where \
                 merging them does not end"
            ),
            "describe in one schema what the parts have in common, and leave it out of the others",
        ),
        Reason::Combinations => (
            format!(
                "with this `{keyword}`, more than {MAX_CHOICES} sets of alternatives or \
                 {MAX_COMBINATIONS} combinations of them apply to one value"
            ),
            "write the combinations that there are as one `oneOf`",
        ),
        Reason::TooMany => (
            format!(
                "with this `{keyword}`, more than {MAX_DEPTH} schemas stand in each other, or \
                 {MAX_MERGED} are to be merged"
            ),
            "describe the properties in one place",
        ),
    };
    Finding::new(RULE, &entry.key_span, message, help)
}

/// What applies to one value: schemas, and sets of alternatives.
#[derive(Default)]
struct Conjunction<'a> {
    schemas: Vec<&'a Node>,
    choices: Vec<&'a [Node]>,
}

impl Conjunction<'_> {
    /// What it consists of: two with the same are the same.
    fn identity(&self) -> BTreeSet<*const Node> {
        let schemas = self
            .schemas
            .iter()
            .map(|schema| std::ptr::from_ref(*schema));
        let choices = self.choices.iter().map(|choice| choice.as_ptr());
        schemas.chain(choices).collect()
    }

    fn is_single(&self) -> bool {
        self.schemas.len() + self.choices.len() < 2
    }
}

struct Merger<'a> {
    root: &'a Node,
    merged: usize,
    /// What is being merged, from the outermost to the innermost.
    active: Vec<BTreeSet<*const Node>>,
}

impl<'a> Merger<'a> {
    fn merge(&mut self, conjunction: &Conjunction<'a>) -> Result<(), Reason> {
        let Conjunction { schemas, choices } = conjunction;
        if conjunction.is_single() {
            return Ok(());
        }
        let combinations = choices.iter().map(|choice| choice.len()).product::<usize>();
        if choices.len() > 1 && (choices.len() > MAX_CHOICES || combinations > MAX_COMBINATIONS) {
            return Err(Reason::Combinations);
        }
        if self.active.len() > MAX_DEPTH {
            return Err(Reason::TooMany);
        }
        self.active.push(conjunction.identity());
        self.merge_inside(schemas)?;
        if let Some((choice, others)) = choices.split_first() {
            for alternative in *choice {
                let mut with = Conjunction {
                    schemas: schemas.clone(),
                    choices: others.to_vec(),
                };
                self.gather(alternative, 0, &mut with)?;
                self.merge(&with)?;
            }
        }
        self.active.pop();
        Ok(())
    }

    /// Merges what several schemas say of the same property, or of items.
    fn merge_inside(&mut self, schemas: &[&'a Node]) -> Result<(), Reason> {
        for (place, parts) in inside(schemas)
            .into_iter()
            .filter(|(_, parts)| parts.len() > 1)
        {
            if all_the_same(&parts) {
                continue;
            }
            let mut conjunction = Conjunction::default();
            for part in parts {
                self.gather(part, 0, &mut conjunction)?;
            }
            if !conjunction.is_single() && self.active.contains(&conjunction.identity()) {
                return Err(Reason::Endless(place));
            }
            self.merge(&conjunction)?;
        }
        Ok(())
    }

    /// Adds a schema with all that it is made of.
    fn gather(
        &mut self,
        schema: &'a Node,
        depth: usize,
        conjunction: &mut Conjunction<'a>,
    ) -> Result<(), Reason> {
        self.merged += 1;
        if self.merged > MAX_MERGED || depth > MAX_DEPTH {
            return Err(Reason::TooMany);
        }
        let schema = resolve(self.root, schema).unwrap_or(schema);
        if !schema.entries().iter().all(is_join) {
            conjunction.schemas.push(schema);
        }
        for keyword in ["anyOf", "oneOf"] {
            match schema.get(keyword).map(Node::items) {
                Some([only]) => self.gather(only, depth + 1, conjunction)?,
                Some(alternatives) => conjunction.choices.push(alternatives),
                None => {}
            }
        }
        for part in schema.get("allOf").map_or(&[][..], Node::items) {
            self.gather(part, depth + 1, conjunction)?;
        }
        Ok(())
    }
}

/// Whether schemas are references to the same: such are not merged.
fn all_the_same(parts: &[&Node]) -> bool {
    let targets: BTreeSet<_> = parts.iter().map(|part| only_reference(part)).collect();
    targets.len() == 1 && targets.first().is_some_and(Option::is_some)
}

/// The reference that a schema is, or has as the only part of its `allOf`.
fn only_reference(schema: &Node) -> Option<&str> {
    let says_nothing = |entry: &Entry| {
        let annotations = [
            "allOf",
            "deprecated",
            "description",
            "readOnly",
            "title",
            "writeOnly",
        ];
        annotations.contains(&entry.key.as_str()) || entry.key.starts_with("x-")
    };
    match schema.get("allOf").map(Node::items) {
        Some([only]) if schema.entries().iter().all(says_nothing) => reference(only),
        _ => reference(schema),
    }
}

pub(super) fn is_join(entry: &Entry) -> bool {
    JOINS.contains(&entry.key.as_str())
}

/// What schemas that apply to one value say of each place inside of it.
fn inside<'a>(schemas: &[&'a Node]) -> BTreeMap<String, Vec<&'a Node>> {
    let properties = |schema: &'a Node| schema.get("properties").map_or(&[][..], Node::entries);
    let names: BTreeSet<&str> = schemas
        .iter()
        .flat_map(|schema| {
            properties(schema)
                .iter()
                .map(|property| property.key.as_str())
        })
        .collect();
    let further = |schema: &'a Node| schema.get("additionalProperties");
    let said = |name: &str| {
        // A property that one of them does not describe is one of its additional properties.
        let of = |schema: &&'a Node| match schema.get("properties").and_then(|all| all.get(name)) {
            Some(property) => Some(property),
            None => further(schema),
        };
        (
            format!("the property `{name}`"),
            schemas.iter().filter_map(of).collect(),
        )
    };
    let mut inside: BTreeMap<String, Vec<&Node>> = names.into_iter().map(said).collect();
    let all = |keyword: &str| {
        schemas
            .iter()
            .filter_map(|schema| schema.get(keyword))
            .collect()
    };
    inside.insert("the items".to_owned(), all("items"));
    inside.insert(
        "the additional properties".to_owned(),
        all("additionalProperties"),
    );
    inside
}
