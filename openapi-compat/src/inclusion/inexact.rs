//! Numbers that are read with fewer digits than their texts have.

use std::collections::HashMap;

use openapi_tree::{Node, Value as NodeValue};
use serde_json::Value;

use super::number::Decimal;
use crate::revision::ElementTree;
use crate::written_number::WrittenNumber;

/// The least number that is no integer of JSON as programs read it.
const GREAT: f64 = 18_446_744_073_709_551_616.0;

/// The numbers of two documents whose texts have more digits than are read. Most documents have none.
#[derive(Debug, Default)]
pub(super) struct Inexact {
    /// The numbers by the address of their node, or `None` if there are too many digits.
    numbers: HashMap<*const Node, Option<Decimal>>,
    /// The same numbers as they are read, each with `true` if other texts are read as the same one.
    read: HashMap<u64, bool>,
}

impl Inexact {
    pub(super) fn new(documents: [&ElementTree<'_>; 2]) -> Self {
        let mut inexact = Self::default();
        let mut classes: HashMap<u64, (WrittenNumber, bool)> = HashMap::new();
        for document in documents {
            let mut pending = vec![document.root().node];
            while let Some(node) = pending.pop() {
                pending.extend(node.entries().iter().map(|entry| &entry.node));
                pending.extend(node.items());
                let number = node.as_number().filter(|number| number.is_f64());
                let value = number.and_then(serde_json::Number::as_f64);
                let Some((value, written)) = value.zip(document.written_number(node)) else {
                    continue;
                };
                let as_read = Decimal::from(value);
                let exact = Decimal::parse(&written.text());
                let is_alone = written.is_whole() && value.abs() >= GREAT;
                let class = classes.entry(value.to_bits());
                let class = class.or_insert_with(|| (written.clone(), false));
                class.1 |= class.0 != written;
                if exact != Some(as_read) {
                    class.1 |= !is_alone;
                    inexact.numbers.insert(node, exact);
                    inexact.read.insert(value.to_bits(), false);
                }
            }
        }
        for (bits, is_doubtful) in &mut inexact.read {
            *is_doubtful = classes.get(bits).is_some_and(|class| class.1);
        }
        inexact
    }

    /// Returns the number of a node, or `None` if it has too many digits.
    pub(super) fn decimal(&self, node: &Node) -> Option<Decimal> {
        let number = node.as_number()?;
        match self.numbers.get(&std::ptr::from_ref(node)) {
            Some(exact) => *exact,
            None => Some(Decimal::new(number)),
        }
    }

    /// Returns `true` if two nodes hold the same value in their texts. It is not known of numbers with
    /// too many digits.
    pub(super) fn same(&self, a: &Node, b: &Node) -> bool {
        a.same(b) && (self.numbers.is_empty() || self.same_digits(a, b))
    }

    fn same_digits(&self, a: &Node, b: &Node) -> bool {
        match (&a.value, &b.value) {
            (NodeValue::Number(_), _) => {
                let (a, b) = (self.decimal(a), self.decimal(b));
                a.is_some() && a == b
            }
            (NodeValue::Sequence(a), NodeValue::Sequence(b)) => {
                a.iter().zip(b).all(|(a, b)| self.same_digits(a, b))
            }
            _ => a.entries().iter().all(|entry| {
                let other = b.get(&entry.key);
                other.is_some_and(|other| self.same_digits(&entry.node, other))
            }),
        }
    }

    /// Returns `true` if a value has a number that stands for several texts, or for one with other
    /// digits if `digits` count.
    pub(super) fn is_doubtful(&self, value: &Value, digits: bool) -> bool {
        match value {
            _ if self.read.is_empty() => false,
            Value::Number(number) => {
                let bits = number
                    .as_f64()
                    .filter(|_| number.is_f64())
                    .map(f64::to_bits);
                let is_doubtful = bits.and_then(|bits| self.read.get(&bits));
                is_doubtful.is_some_and(|is_doubtful| digits || *is_doubtful)
            }
            Value::Array(items) => items.iter().any(|item| self.is_doubtful(item, digits)),
            Value::Object(members) => members.values().any(|item| self.is_doubtful(item, digits)),
            _ => false,
        }
    }
}
