//! The text of a value in a table.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::output::time::{exact, relative};
use crate::output::view::{Column, Kind};
use crate::text::printable;

/// Returns the text of a column in an item. Times are relative to `now` if it is there.
pub(super) fn cell(column: &Column, item: &Value, now: Option<DateTime<Utc>>) -> String {
    let text = column.text(item);
    if column.kind != Kind::Time {
        return printable(&text);
    }
    match (text.parse::<DateTime<Utc>>(), now) {
        (Ok(time), Some(now)) => relative(time, now),
        (Ok(time), None) => exact(time),
        (Err(_), _) => printable(&text),
    }
}
