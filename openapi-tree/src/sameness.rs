//! Equality of values.

use serde_json::Number;

use crate::node::{Entry, Node, Value};

impl Node {
    /// Returns `true` if two nodes hold the same value. The order of properties, places, layout and
    /// comments do not count, and `1.0` equals `1`.
    pub fn same(&self, other: &Self) -> bool {
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
                a == b
                    || match (whole(a), whole(b)) {
                        (None, None) => a.as_f64() == b.as_f64(),
                        (a, b) => a.is_some() && a == b,
                    }
            }
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Null, Value::Null) => true,
            _ => false,
        }
    }
}

/// Returns the number if it is whole, and as exact as `i128` is.
fn whole(number: &Number) -> Option<i128> {
    const MOST: f64 = 1e38;
    let integer = number.as_i64().map(i128::from);
    let fraction = || {
        let value = number.as_f64()?;
        #[allow(clippy::cast_possible_truncation)] // it is whole and small enough
        (value.fract() == 0.0 && value.abs() < MOST).then_some(value as i128)
    };
    integer
        .or_else(|| number.as_u64().map(i128::from))
        .or_else(fraction)
}
