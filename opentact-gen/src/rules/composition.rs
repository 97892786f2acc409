//! The rule `composition`: progenitor merges the schemas that `allOf` joins, and each alternative of
//! `anyOf` and `oneOf` with its siblings. It follows references as it goes, and detects neither
//! circles nor an excess of work.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapi_tree::{Entry, Node, Span, is_extension, reference, resolve, subschemas, target};

use super::context::{Context, Reachable, is_join, joined};
use super::report::Report;

/// The number of schemas that may be merged for one. Real specs need some 20.
const MAX_MERGED: usize = 5_000;
/// The depth to which merged schemas may be nested, references followed.
const MAX_DEPTH: usize = 32;
/// The number of sets of alternatives that may apply to one value. With more, progenitor takes
/// minutes.
const MAX_CHOICES: usize = 2;
/// The number of combinations of alternatives that may apply to one value.
const MAX_COMBINATIONS: usize = 16;

/// The keywords that may stand beside the only part of an `allOf` without being merged with it.
#[rustfmt::skip] // a list
const NEUTRAL: [&str; 6] = [
    "allOf", "deprecated", "description", "readOnly", "title", "writeOnly",
];

/// Reports schemas whose merging would overflow the stack or take minutes.
pub(super) fn composition(context: &Context<'_>, report: &mut Report<'_>) {
    let circles = circles(context);
    for span in &circles {
        let help = "refer to it from a property or an item, where a value can end, or remove it";
        report.add(span, "this schema consists of itself", help);
    }
    if circles.is_empty() {
        merging(context, report);
    }
}

/// Returns the places at which a schema is a part of itself. Chains may be too long for recursion.
fn circles<'a>(context: &Context<'a>) -> Vec<&'a Span> {
    // A schema is active until all its parts have been visited.
    let (mut is_active, mut circles) = (HashMap::new(), Vec::new());
    let schemas = context.schemas.iter().rev();
    let mut waiting: Vec<_> = schemas.map(|it| (it.schema, false)).collect();
    while let Some((schema, ends)) = waiting.pop() {
        let address = std::ptr::from_ref(schema);
        if ends {
            is_active.insert(address, false);
        }
        if is_active.contains_key(&address) {
            continue;
        }
        is_active.insert(address, true);
        waiting.push((schema, true));
        for part in joined(schema).chain(target(context.root, schema)) {
            if is_active.get(&std::ptr::from_ref(part)) != Some(&true) {
                waiting.push((part, false));
            } else if resolve(context.root, schema).is_some() {
                // For references that lead only to each other, see the rule `unknown-ref`.
                circles.push(&schema.get("$ref").unwrap_or(schema).span);
            }
        }
    }
    circles
}

/// Reports schemas whose merging never ends or takes too long.
fn merging(context: &Context<'_>, report: &mut Report<'_>) {
    for Reachable { schema, .. } in &context.schemas {
        let mut entries = schema.entries().iter();
        if let Some(join) = entries.find(|entry| is_join(&entry.key))
            && let Err(excess) = Merger::merge_all(context.root, schema)
        {
            report.add(
                &join.key_span,
                format!("progenitor cannot merge the schemas of this `{}`: {}", join.key, excess.message()),
                "describe common properties in one schema only, or possible combinations as one `oneOf`",
            );
            if matches!(excess, Excess::TooMany) {
                return; // the schemas that use this one have too many as well
            }
        }
    }
}

/// The reason why schemas cannot be merged.
enum Excess {
    /// The same schemas must be merged again in this place inside the value.
    Endless(String),
    Combinations,
    TooMany,
}

impl Excess {
    fn message(&self) -> String {
        match self {
            Self::Endless(place) => {
                format!("merging them never ends, because they refer back to themselves in {place}")
            }
            Self::Combinations => format!(
                "more than {MAX_CHOICES} sets of alternatives or {MAX_COMBINATIONS} combinations of them apply to one value"
            ),
            Self::TooMany => format!(
                "more than {MAX_DEPTH} nested schemas or {MAX_MERGED} schemas in total must be merged"
            ),
        }
    }
}

/// The schemas and the sets of alternatives that apply to one value.
#[derive(Default)]
struct Conjunction<'a> {
    schemas: Vec<&'a Node>,
    choices: Vec<&'a [Node]>,
}

impl Conjunction<'_> {
    fn is_single(&self) -> bool {
        self.schemas.len() + self.choices.len() < 2
    }

    /// Returns the addresses of the parts. Two conjunctions with the same parts are the same.
    fn identity(&self) -> BTreeSet<*const Node> {
        let schemas = self.schemas.iter().copied().map(std::ptr::from_ref);
        let choices = self.choices.iter().map(|choice| choice.as_ptr());
        schemas.chain(choices).collect()
    }
}

struct Merger<'a> {
    root: &'a Node,
    merged: usize,
    /// The conjunctions that are being merged, the outermost first.
    active: Vec<BTreeSet<*const Node>>,
}

impl<'a> Merger<'a> {
    /// Merges a schema with all schemas that it joins.
    fn merge_all(root: &'a Node, schema: &'a Node) -> Result<(), Excess> {
        let mut merger = Self {
            root,
            merged: 0,
            active: Vec::new(),
        };
        let mut conjunction = Conjunction::default();
        merger.gather(schema, 0, &mut conjunction)?;
        merger.merge(&conjunction)
    }

    fn merge(&mut self, conjunction: &Conjunction<'a>) -> Result<(), Excess> {
        let Conjunction { schemas, choices } = conjunction;
        if conjunction.is_single() {
            return Ok(());
        }
        // Only for a few choices: the product of many overflows.
        let combinations = || choices.iter().map(|choice| choice.len()).product::<usize>();
        if choices.len() > MAX_CHOICES || choices.len() > 1 && combinations() > MAX_COMBINATIONS {
            return Err(Excess::Combinations);
        }
        if self.active.len() > MAX_DEPTH {
            return Err(Excess::TooMany);
        }
        self.active.push(conjunction.identity());
        for (place, parts) in inside(schemas) {
            self.merge_inside(&place, &parts)?;
        }
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

    /// Merges the schemas of one property, or of items. A single schema that is no reference becomes a
    /// part of the merged schema, and so do the schemas inside it.
    fn merge_inside(&mut self, place: &str, parts: &[&'a Node]) -> Result<(), Excess> {
        if are_one_reference(parts) {
            return Ok(());
        }
        let before = self.merged;
        let mut conjunction = Conjunction::default();
        for part in parts {
            self.gather(part, 0, &mut conjunction)?;
        }
        if conjunction.is_single() {
            self.merged = before;
            let mut inner = parts.iter().flat_map(|part| subschemas(part));
            return inner.try_for_each(|(_, part)| self.merge_inside(place, &[part]));
        }
        match self.active.contains(&conjunction.identity()) {
            true => Err(Excess::Endless(place.to_owned())),
            false => self.merge(&conjunction),
        }
    }

    /// Adds a schema with all schemas that it joins.
    fn gather(
        &mut self,
        schema: &'a Node,
        depth: usize,
        conjunction: &mut Conjunction<'a>,
    ) -> Result<(), Excess> {
        self.merged += 1;
        if self.merged > MAX_MERGED || depth > MAX_DEPTH {
            return Err(Excess::TooMany);
        }
        let schema = resolve(self.root, schema).unwrap_or(schema);
        if !schema.entries().iter().all(|entry| is_join(&entry.key)) {
            conjunction.schemas.push(schema);
        }
        for keyword in ["anyOf", "oneOf"] {
            match schema.items_at(keyword) {
                [] => {}
                [only] => self.gather(only, depth + 1, conjunction)?,
                alternatives => conjunction.choices.push(alternatives),
            }
        }
        for part in schema.items_at("allOf") {
            self.gather(part, depth + 1, conjunction)?;
        }
        Ok(())
    }
}

/// Returns `true` if schemas are references to the same schema, which are not merged.
fn are_one_reference(parts: &[&Node]) -> bool {
    let targets: BTreeSet<_> = parts.iter().map(|part| only_reference(part)).collect();
    targets.len() == 1 && targets.first().is_some_and(Option::is_some)
}

/// Returns the reference that a schema is, or that is the only part of its `allOf`.
fn only_reference(schema: &Node) -> Option<&str> {
    let is_neutral = |entry: &Entry| NEUTRAL.contains(&&*entry.key) || is_extension(&entry.key);
    match schema.items_at("allOf") {
        [only] if schema.entries().iter().all(is_neutral) => reference(only),
        _ => reference(schema),
    }
}

/// Returns the schemas that apply to each place inside a value, by the place.
fn inside<'a>(schemas: &[&'a Node]) -> BTreeMap<String, Vec<&'a Node>> {
    let of = |keyword| schemas.iter().filter_map(move |schema| schema.get(keyword));
    let properties = of("properties").flat_map(Node::entries);
    let names: BTreeSet<&str> = properties.map(|property| property.key.as_str()).collect();
    let properties = names.into_iter().map(|name| {
        let parts = schemas.iter().filter_map(|schema| {
            // A property that a schema does not name is one of its additional properties.
            let property = schema.descend(["properties", name]);
            property.or_else(|| schema.get("additionalProperties"))
        });
        (format!("the property `{name}`"), parts.collect())
    });
    let items = ("the items".to_owned(), of("items").collect());
    let further = of("additionalProperties").collect();
    let further = ("the additional properties".to_owned(), further);
    properties.chain([items, further]).collect()
}
