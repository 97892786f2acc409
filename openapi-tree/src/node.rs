//! The tree: values, each with its place in the text.

use serde_json::Number;

use crate::finding::Finding;
use crate::pointer::Pointer;
use crate::source::Span;
use crate::text::Text;

/// A value in a document, with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The place of the value. For a mapping or sequence, the place of its start.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The value of a [`Node`]: one of JSON's kinds.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, or an absent value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Text),
    /// A list.
    Sequence(Box<[Node]>),
    /// An object. No key is repeated.
    Mapping(Mapping),
}

/// A property of a mapping.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The property's name.
    pub key: Text,
    /// The place of the name.
    pub key_span: Span,
    /// The property's value.
    pub node: Node,
}

impl Node {
    /// Creates a node without a value.
    pub(crate) fn null(span: Span) -> Self {
        let value = Value::Null;
        Self { span, value }
    }

    /// Returns the value of the property `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Returns the property `key` of a mapping, with its name.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(mapping) => mapping.get(key),
            _ => None,
        }
    }

    /// Returns the properties of a mapping, and none for any other value.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(mapping) => mapping.entries(),
            _ => &[],
        }
    }

    /// Returns the items of a sequence, and none for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the value of a number.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the text of the property `key` if it is a string.
    pub fn str_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::as_str)
    }

    /// Returns the items of the sequence at `key`, and none if there is no sequence.
    pub fn items_at(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[][..], Node::items)
    }

    /// Returns the properties of the mapping at `key`, and none if there is no mapping.
    pub fn entries_at(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[][..], Node::entries)
    }

    /// Returns `true` if the property `key` is the boolean `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Returns the node that a pointer leads to from this one.
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        let mut segments = pointer.segments();
        segments.try_fold(self, |node, segment| node.child(&segment))
    }

    /// Returns the node at the end of a path of keys and indices.
    pub fn descend<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Option<&Node> {
        keys.into_iter().try_fold(self, Node::child)
    }

    /// Returns the place to show in a finding about a pointer: the name of a property, or the value
    /// of an item. If the pointer leads nowhere, returns the place of the last part that exists.
    pub fn span_at(&self, pointer: &Pointer) -> Span {
        let mut node = self;
        let mut span = self.span.clone();
        for segment in pointer.segments() {
            let Some(child) = node.child(&segment) else {
                break;
            };
            span = match node.entry(&segment) {
                Some(entry) => entry.key_span.clone(),
                None => child.span.clone(),
            };
            node = child;
        }
        span
    }

    fn child(&self, segment: &str) -> Option<&Node> {
        match &self.value {
            Value::Mapping(_) => self.get(segment),
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// Returns the mutable node that a pointer leads to from this one.
    pub(crate) fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Node> {
        let mut segments = pointer.segments();
        segments.try_fold(self, |node, segment| match &mut node.value {
            Value::Sequence(items) => items.get_mut(segment.parse::<usize>().ok()?),
            Value::Mapping(mapping) => mapping.get_mut(&segment),
            _ => None,
        })
    }

    /// Returns the mutable value of the property `key` of a mapping.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Mapping(mapping) => mapping.get_mut(key),
            _ => None,
        }
    }

    /// Returns the properties of a mapping with mutable values, and none for any other value.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let mapping = match &mut self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        };
        mapping.into_iter().flat_map(Mapping::entries_mut)
    }

    /// Adds a property to a mapping that has none of its name. Leaves any other value as it is.
    pub fn add(&mut self, entry: Entry) {
        if let Value::Mapping(mapping) = &mut self.value {
            mapping.add(entry);
        }
    }

    /// Removes the property `key` of a mapping, and returns it.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        match &mut self.value {
            Value::Mapping(mapping) => mapping.remove(key),
            _ => None,
        }
    }

    /// Changes the list of items of a sequence. Leaves any other value as it is, and returns `None`.
    pub fn change_items<T>(&mut self, change: impl FnOnce(&mut Vec<Node>) -> T) -> Option<T> {
        let Value::Sequence(sequence) = &mut self.value else {
            return None;
        };
        let mut items = std::mem::take(sequence).into_vec();
        let result = change(&mut items);
        *sequence = items.into();
        Some(result)
    }

    /// Returns the value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(mapping) => mapping
                .entries()
                .iter()
                .map(|entry| (entry.key.to_string(), entry.node.to_json()))
                .collect(),
        }
    }
}

/// The number of properties up to which a linear search is faster than a binary one, because most
/// keys differ in length.
const FEW: usize = 16;

/// The properties of an object, in the order of the text. Lookups are logarithmic, because documents
/// have thousands of schemas.
#[derive(Clone, Debug)]
pub struct Mapping(Entries);

/// Most mappings have few entries, and take no space for anything else.
#[derive(Clone, Debug)]
enum Entries {
    Few(Box<[Entry]>),
    Many(Box<Sorted>),
}

#[derive(Clone, Debug)]
struct Sorted {
    entries: Box<[Entry]>,
    /// The positions of the entries, sorted by key and then by position.
    by_key: Box<[u32]>,
}

impl Mapping {
    /// Creates an object from its properties, whose keys differ.
    pub fn new(entries: Vec<Entry>) -> Self {
        let entries = entries.into_boxed_slice();
        Self(match entries.len() <= FEW {
            true => Entries::Few(entries),
            false => Entries::Many(Box::new(Sorted {
                by_key: by_key(&entries),
                entries,
            })),
        })
    }

    /// Creates a mapping, and reports repeated keys. The last entry with a key counts.
    pub(crate) fn unique(mut entries: Vec<Entry>, findings: &mut Vec<Finding>) -> Self {
        let order = by_key(&entries);
        let same_key = |a: &u32, b: &u32| entries[*a as usize].key == entries[*b as usize].key;
        let mut ignored = Vec::new();
        for group in order.chunk_by(same_key) {
            let [first, others @ ..] = group else {
                continue;
            };
            let first = &entries[*first as usize];
            for again in others.iter().map(|position| &entries[*position as usize]) {
                findings.push(
                    Finding::new(
                        "duplicate-key",
                        &again.key_span,
                        format!("the key `{}` is repeated in the same mapping", again.key),
                        "keep one of the two; the other would be ignored",
                    )
                    .with_related(&first.key_span, "first here"),
                );
            }
            ignored.extend_from_slice(&group[..group.len() - 1]);
        }
        if !ignored.is_empty() {
            ignored.sort_unstable();
            let mut position = 0;
            entries.retain(|_| {
                position += 1;
                ignored.binary_search(&(position - 1)).is_err()
            });
        }
        Self::new(entries)
    }

    /// Returns the properties.
    pub fn entries(&self) -> &[Entry] {
        match &self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(sorted) => &sorted.entries,
        }
    }

    fn all_mut(&mut self) -> &mut [Entry] {
        match &mut self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(sorted) => &mut sorted.entries,
        }
    }

    /// Returns the property `key`.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.position(key).map(|position| &self.entries()[position])
    }

    /// Returns the mutable value of the property `key`.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = self.position(key)?;
        Some(&mut self.all_mut()[position].node)
    }

    fn position(&self, key: &str) -> Option<usize> {
        let Sorted { entries, by_key } = match &self.0 {
            Entries::Few(entries) => return entries.iter().position(|entry| entry.key == *key),
            Entries::Many(sorted) => &**sorted,
        };
        let key_of = |position: &u32| entries[*position as usize].key.as_str();
        let first = by_key.partition_point(|at| key_of(at) < key);
        let position = *by_key.get(first)? as usize;
        (entries[position].key == *key).then_some(position)
    }

    /// Returns the properties by value.
    pub fn into_entries(self) -> Vec<Entry> {
        match self.0 {
            Entries::Few(entries) => entries.into_vec(),
            Entries::Many(sorted) => sorted.entries.into_vec(),
        }
    }

    /// Changes the list of properties. Their keys must differ afterwards.
    fn change<T>(&mut self, change: impl FnOnce(&mut Vec<Entry>) -> T) -> T {
        let mapping = std::mem::replace(self, Self::new(Vec::new()));
        let mut entries = mapping.into_entries();
        let result = change(&mut entries);
        *self = Self::new(entries);
        result
    }

    /// Returns the properties with mutable values.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let entries = self.all_mut().iter_mut();
        entries.map(|entry| (entry.key.as_str(), &mut entry.node))
    }

    /// Adds a property after the others.
    pub(crate) fn add(&mut self, entry: Entry) {
        self.change(|entries| entries.push(entry));
    }

    /// Removes a property, and returns it.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let position = self.position(key)?;
        Some(self.change(|entries| entries.remove(position)))
    }
}

/// Returns the positions of entries, sorted by key and then by position. No text has more than
/// `u32::MAX` entries.
fn by_key(entries: &[Entry]) -> Box<[u32]> {
    let mut order: Box<[u32]> = (0..).take(entries.len()).collect();
    order.sort_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
    order
}
