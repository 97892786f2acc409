//! A YAML document that remembers where each part of it stands.

mod mapping;

use serde_json::Number;

pub use self::mapping::Mapping;
use crate::source::Span;

/// A value in a document, and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value stands. Of a mapping or sequence, where it starts.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a [`Node`] holds: the values that JSON knows.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// An object; no key stands twice.
    Mapping(Mapping),
}

/// A property of a mapping.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The property's name.
    pub key: String,
    /// Where the name stands.
    pub key_span: Span,
    /// The property's value.
    pub node: Node,
}

impl Node {
    /// The property `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The property `key` of a mapping, with its name.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(mapping) => mapping.get(key),
            _ => None,
        }
    }

    /// The properties of a mapping; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(mapping) => mapping.entries(),
            _ => &[],
        }
    }

    /// The items of a sequence; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text of the property `key`, where it is a string.
    pub fn str_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::as_str)
    }

    /// The node at a JSON pointer (RFC 6901) below this one.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        segments(pointer).try_fold(self, |node, segment| node.child(&segment))
    }

    /// Where to point for a JSON pointer: at the name of a property, at the value of an
    /// item, and where the pointer leads nowhere, at the last part of it that exists.
    pub fn span_of(&self, pointer: &str) -> Span {
        let mut node = self;
        let mut span = self.span.clone();
        for segment in segments(pointer) {
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

    /// The property `key` of a mapping, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let mut entries = self.entries_mut();
        let found = entries.find(|(known, _)| *known == key);
        found.map(|(_, node)| node)
    }

    /// The properties of a mapping, their values to be changed; none of anything else.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let mapping = match &mut self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        };
        mapping.into_iter().flat_map(Mapping::entries_mut)
    }

    /// Adds a property to a mapping that has none of its name; anything else stays as it is.
    pub(crate) fn add(&mut self, entry: Entry) {
        if let Value::Mapping(mapping) = &mut self.value {
            mapping.add(entry);
        }
    }

    /// Whether two nodes say the same: order of properties, layout and comments apart.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Mapping(a), Value::Mapping(b)) => {
                let counterpart = |entry: &Entry| b.get(&entry.key);
                let has_same = |a: &Entry| counterpart(a).is_some_and(|b| a.node.same(&b.node));
                a.entries().len() == b.entries().len() && a.entries().iter().all(has_same)
            }
            (Value::Sequence(a), Value::Sequence(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
            }
            (Value::Number(a), Value::Number(b)) => {
                let whole = |number: &Number| number.is_i64() || number.is_u64();
                a == b || (!(whole(a) && whole(b)) && a.as_f64() == b.as_f64())
            }
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Null, Value::Null) => true,
            _ => false,
        }
    }

    /// The value without its places.
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
                .map(|entry| (entry.key.clone(), entry.node.to_json()))
                .collect(),
        }
    }
}

/// The unescaped segments of a JSON pointer.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// Escapes a property name for use in a JSON pointer.
pub(crate) fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}
