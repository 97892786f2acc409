//! Pages of the results of a search.

use serde_json::{Map, Value, json};

/// The number of results on a page, unless the request has another one.
const DEFAULT_SIZE: u64 = 10;

/// A part of the results of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    take: u64,
    skip: u64,
}

impl Page {
    /// Returns the page that the parameters `take` and `skip`, or `size` and `page`, select.
    pub(crate) fn of(query: &Map<String, Value>) -> Self {
        let number = |name: &str| query.get(name).and_then(Value::as_u64);
        let take = number("take")
            .or_else(|| number("size"))
            .unwrap_or(DEFAULT_SIZE);
        let page = number("page").unwrap_or(1).saturating_sub(1);
        Self {
            take,
            skip: number("skip").unwrap_or_else(|| page.saturating_mul(take)),
        }
    }

    /// Returns the payload with this part of the results.
    pub(crate) fn payload(self, results: impl ExactSizeIterator<Item = Value>) -> Value {
        let total = results.len();
        let limit = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let data = results.skip(limit(self.skip)).take(limit(self.take));
        json!({
            "take": self.take,
            "skip": self.skip,
            "total": total,
            "data": data.collect::<Vec<_>>(),
        })
    }
}
