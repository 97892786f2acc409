//! Sets of JSON types.

use openapi_tree::{Node, Value as NodeValue};
use serde_json::Value;

/// A set of JSON types. Integers are apart from other numbers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const FRACTION: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const NUMBER: Self = Self(4 | 8);
    pub(super) const ALL: Self = Self(127);

    /// The types one by one. Objects come first, because their values show most.
    const EACH: [Self; 7] = [
        Self::OBJECT,
        Self::ARRAY,
        Self::STRING,
        Self::INTEGER,
        Self::FRACTION,
        Self::BOOLEAN,
        Self::NULL,
    ];

    /// Returns the types of the keyword `type`, or `None` if it has a name that is no type.
    pub(super) fn known(node: &Node) -> Option<Self> {
        const NAMES: [&str; 7] = [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ];
        let is_known = |name: &Node| name.as_str().is_some_and(|name| NAMES.contains(&name));
        let are_known = match &node.value {
            NodeValue::Sequence(names) => names.iter().all(is_known),
            _ => is_known(node),
        };
        are_known.then(|| Self::of_keyword(node))
    }

    /// Returns the types of the keyword `type`. A name that is no type stands for all of them.
    pub(super) fn of_keyword(node: &Node) -> Self {
        match &node.value {
            NodeValue::Sequence(names) => names
                .iter()
                .map(Self::of_keyword)
                .fold(Self::NONE, Self::or),
            NodeValue::String(name) => match name.as_str() {
                "null" => Self::NULL,
                "boolean" => Self::BOOLEAN,
                "integer" => Self::INTEGER,
                "number" => Self::NUMBER,
                "string" => Self::STRING,
                "array" => Self::ARRAY,
                "object" => Self::OBJECT,
                _ => Self::ALL,
            },
            _ => Self::ALL,
        }
    }

    /// Returns the type of a value. A number without a fraction is an integer.
    pub(super) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) => match number.as_f64() {
                Some(value) if number.is_f64() && value.fract() != 0.0 => Self::FRACTION,
                _ => Self::INTEGER,
            },
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns `true` if the sets have a type in common.
    pub(super) fn meets(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    pub(super) fn is_within(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// Returns the types one by one.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        Self::EACH.into_iter().filter(move |kind| self.meets(*kind))
    }
}
