//! The alignment of the schemas in two lists of `allOf`, `anyOf` or `oneOf`.
//!
//! The schemas are aligned by their features, the most reliable first, and by their order if they
//! have the same features. Each feature is looked up in a table, so that long lists take little
//! time.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use openapi_tree::{Node, reference};

use super::alternative::Alternative;

/// The number of schemas with a feature in common above which it says little about likeness.
const COMMONPLACE: usize = 32;

/// Two lists of schemas, aligned.
pub(super) struct Alignment<'a> {
    pub(super) both: Vec<(Alternative<'a>, Alternative<'a>)>,
    pub(super) removed: Vec<Alternative<'a>>,
    pub(super) added: Vec<Alternative<'a>>,
    /// The property whose values distinguish the schemas.
    pub(super) marker: Option<&'a str>,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(base: Vec<Alternative<'a>>, head: Vec<Alternative<'a>>) -> Self {
        let marker = distinguishing_property(&base, &head);
        let mut pairs = Pairs {
            base: &base,
            head: &head,
            base_of: vec![None; head.len()],
            is_paired: vec![false; base.len()],
            excluded_by: None,
        };
        if is_remapped(&base, &head) {
            pairs.pair_distinct_by(|alternative| alternative.component.as_deref());
        }
        pairs.pair_distinct_by(|alternative| marker.and_then(|name| alternative.marker(name)));
        pairs.pair_distinct_by(|alternative| alternative.component.as_deref());
        pairs.pair_by(|alternative| Some(text(alternative.element.node)));
        pairs.pair_distinct_by(|alternative| alternative.title);
        // Schemas with another value of the property are other schemas, however alike they are.
        let is_marked = |list: &[Alternative<'a>]| {
            let has = |property| list.iter().any(|known| known.marker(property).is_some());
            marker.is_some_and(has)
        };
        pairs.excluded_by = marker.filter(|_| is_marked(&base) && is_marked(&head));
        pairs.pair_by(|alternative| {
            (!alternative.listed.is_empty()).then(|| alternative.listed.join(","))
        });
        pairs.pair_by(property_set);
        pairs.pair_alike();
        pairs.pair_by(place_in_all_of);
        pairs.pair_by(kind_of_value);
        pairs.pair_by(|alternative| loose_kind(alternative).map(str::to_owned));
        let base_of = pairs.base_of;
        let mut base: Vec<Option<Alternative<'a>>> = base.into_iter().map(Some).collect();
        let (mut both, mut added) = (Vec::new(), Vec::new());
        for (head, number) in head.into_iter().zip(base_of) {
            match number.and_then(|number: usize| base[number].take()) {
                Some(base) => both.push((base, head)),
                None => added.push(head),
            }
        }
        Self {
            both,
            removed: base.into_iter().flatten().collect(),
            added,
            marker,
        }
    }

    /// Returns `true` if no schema was added or removed.
    pub(super) fn is_same(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }
}

/// The pairs that are known so far.
struct Pairs<'s, 'a> {
    base: &'s [Alternative<'a>],
    head: &'s [Alternative<'a>],
    /// The number of the base schema of each head schema.
    base_of: Vec<Option<usize>>,
    /// `true` for each base schema that has a head schema.
    is_paired: Vec<bool>,
    /// The property that a schema must not have to be paired by another feature.
    excluded_by: Option<&'a str>,
}

impl<'s, 'a> Pairs<'s, 'a> {
    fn unpaired_base(&self) -> impl Iterator<Item = (usize, &'s Alternative<'a>)> {
        let base = self.base.iter().enumerate();
        base.filter(|(number, base)| !self.is_paired[*number] && !self.is_excluded(base))
    }

    fn unpaired_head(&self) -> Vec<(usize, &'s Alternative<'a>)> {
        let head = self.head.iter().enumerate();
        head.filter(|(number, head)| self.base_of[*number].is_none() && !self.is_excluded(head))
            .collect()
    }

    fn is_excluded(&self, alternative: &Alternative<'a>) -> bool {
        let excluded_by = self.excluded_by;
        excluded_by.is_some_and(|property| alternative.marker(property).is_some())
    }

    fn pair(&mut self, base: usize, head: usize) {
        self.base_of[head] = Some(base);
        self.is_paired[base] = true;
    }

    /// Pairs the schemas with the same feature, in their order.
    fn pair_by(&mut self, feature: impl Fn(&Alternative<'a>) -> Option<String>) {
        let mut known: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (number, base) in self.unpaired_base() {
            if let Some(feature) = feature(base) {
                known.entry(feature).or_default().push_back(number);
            }
        }
        for (number, head) in self.unpaired_head() {
            let same = feature(head).and_then(|feature| known.get_mut(&feature));
            if let Some(base) = same.and_then(VecDeque::pop_front) {
                self.pair(base, number);
            }
        }
    }

    /// Pairs the schemas with the same feature, if only one schema of each list has it.
    fn pair_distinct_by(&mut self, feature: impl Fn(&'s Alternative<'a>) -> Option<&'s str>) {
        let mut known: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (number, base) in self.unpaired_base() {
            if let Some(feature) = feature(base) {
                known.entry(feature).or_default().0.push(number);
            }
        }
        for (number, head) in self.unpaired_head() {
            if let Some((_, same)) = feature(head).and_then(|feature| known.get_mut(feature)) {
                same.push(number);
            }
        }
        for same in known.into_values() {
            if let ([base], [head]) = (&same.0[..], &same.1[..]) {
                self.pair(*base, *head);
            }
        }
    }

    /// Pairs the schemas that have at least half of their properties, or a listed value, in common.
    fn pair_alike(&mut self) {
        let mut having: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, base) in self.unpaired_base() {
            for trait_ in traits(base) {
                having.entry(trait_).or_default().push(number);
            }
        }
        having.retain(|_, numbers| numbers.len() <= COMMONPLACE);
        for (number, head) in self.unpaired_head() {
            let mut in_common: HashMap<usize, usize> = HashMap::new();
            for base in traits(head)
                .iter()
                .filter_map(|own| having.get(own))
                .flatten()
            {
                *in_common.entry(*base).or_default() += 1;
            }
            let is_alike = |(base, common): &(usize, usize)| {
                let lengths = [&self.base[*base], head].map(|known| known.properties.len());
                !self.is_paired[*base] && common * 2 >= lengths.into_iter().max().unwrap_or(0)
            };
            let alike = in_common.into_iter().filter(is_alike);
            // The first one of those that have the most in common.
            let best = alike.max_by_key(|(base, common)| (*common, std::cmp::Reverse(*base)));
            if let Some((base, _)) = best {
                self.pair(base, number);
            }
        }
    }
}

/// Returns `true` if a discriminator gives the same values to the same components, in other pairs.
fn is_remapped(base: &[Alternative<'_>], head: &[Alternative<'_>]) -> bool {
    fn mapping<'s>(list: &'s [Alternative<'_>]) -> Option<BTreeMap<&'s str, &'s str>> {
        let pairs = list.iter();
        let pairs = pairs.map(|known| Some((known.component.as_deref()?, known.mapped?)));
        pairs.collect()
    }
    let (Some(base), Some(head)) = (mapping(base), mapping(head)) else {
        return false;
    };
    let values = |mapping: &BTreeMap<_, &str>| -> BTreeSet<String> {
        mapping.values().map(|value| (*value).to_owned()).collect()
    };
    base != head && base.keys().eq(head.keys()) && values(&base) == values(&head)
}

/// Returns the property that has one value in the most schemas and another one in each of them.
fn distinguishing_property<'a>(
    base: &[Alternative<'a>],
    head: &[Alternative<'a>],
) -> Option<&'a str> {
    let mut order: Vec<&'a str> = Vec::new();
    let mut known: HashMap<&'a str, [(BTreeSet<&str>, usize); 2]> = HashMap::new();
    for (revision, list) in [base, head].into_iter().enumerate() {
        for (name, value) in list.iter().flat_map(|alternative| &alternative.markers) {
            let known = known.entry(name).or_insert_with(|| {
                order.push(name);
                Default::default()
            });
            let (values, count) = &mut known[revision];
            values.insert(value);
            *count += 1;
        }
    }
    let distinct = |name: &&'a str| {
        let [base, head] = &known[*name];
        let is_distinct = |(values, count): &(BTreeSet<&str>, usize)| values.len() == *count;
        (is_distinct(base) && is_distinct(head)).then(|| base.1 + head.1)
    };
    let candidates = order
        .iter()
        .filter_map(|name| Some((*name, distinct(name)?)));
    let best = candidates.enumerate();
    let best = best.max_by_key(|(order, (_, count))| (*count, std::cmp::Reverse(*order)));
    best.map(|(_, (name, _))| name)
}

/// Returns the names of all properties, as one text.
fn property_set(alternative: &Alternative<'_>) -> Option<String> {
    let names: BTreeSet<&str> = alternative.properties.iter().copied().collect();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty()).then(|| names.join("\0"))
}

/// Returns the place in `allOf`. All of its schemas must hold, so that they can be compared in any pairs.
fn place_in_all_of(alternative: &Alternative<'_>) -> Option<String> {
    let pointer = &alternative.element.pointer;
    let list = pointer.parent().and_then(|list| list.last());
    let is_in_all_of =
        list.as_deref() == Some("allOf") && reference(alternative.element.node).is_none();
    is_in_all_of.then(|| pointer.to_string())
}

/// Returns the properties and listed values.
fn traits(alternative: &Alternative<'_>) -> Vec<String> {
    let properties = alternative.properties.iter();
    let properties = properties.map(|name| format!("property {name}"));
    let listed = alternative.listed.iter();
    properties
        .chain(listed.map(|value| format!("value {value}")))
        .collect()
}

/// Returns the type of values that have neither properties nor a list.
fn kind_of_value(alternative: &Alternative<'_>) -> Option<String> {
    let kind = loose_kind(alternative)?;
    let is_reference = alternative.component.is_some();
    Some(format!("{is_reference} {kind} {}", alternative.kind))
}

/// Returns the same without the type of items. An inline schema may have become a component.
fn loose_kind<'s>(alternative: &'s Alternative<'_>) -> Option<&'s str> {
    let is_plain = alternative.properties.is_empty() && alternative.listed.is_empty();
    let kind = alternative.kind.split(" of ").next();
    kind.filter(|_| is_plain)
}

/// Returns a schema as text that does not depend on the order of its keywords.
fn text(node: &Node) -> String {
    match node.entries() {
        [] => {
            let items: Vec<String> = node.items().iter().map(text).collect();
            match items.is_empty() {
                true => node.to_json().to_string(),
                false => format!("[{}]", items.join(",")),
            }
        }
        entries => {
            let entries = entries.iter();
            let entries = entries.map(|entry| format!("{:?}:{}", entry.key, text(&entry.node)));
            let entries: BTreeSet<String> = entries.collect();
            let entries: Vec<String> = entries.into_iter().collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}
