//! The columns of a table, read from the JSON form of its items.

use serde_json::Value;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) heading: &'static str,
    /// A JSON pointer, such as `/owner/login`. `|` separates alternatives, of which the first that is
    /// there counts. `+` joins several that are there with a space.
    pub(crate) pointer: &'static str,
    pub(crate) kind: Kind,
    /// The column with the highest rank is left out first if the terminal is narrow. One of rank 0
    /// stays.
    pub(crate) rank: u8,
    /// `true` if only `--columns` shows the column.
    pub(crate) is_on_demand: bool,
}

/// The kind of the values of a column.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Text,
    /// A UUID, of which a narrow terminal shows the start.
    Uuid,
    /// A time in RFC 3339, which a terminal shows as relative to now.
    Time,
    /// The length of a list.
    Count,
    Number,
    /// A text that only `--show-secrets` shows.
    Secret,
}

/// The columns of a list, and the note for an empty one.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) columns: &'static [Column],
    /// The note for an empty list, or an empty text for none.
    pub(crate) empty: &'static str,
}

/// A list in an item, below its details.
#[derive(Debug)]
pub(crate) struct Section<'v> {
    /// The word before `none` for an empty list.
    pub(crate) title: &'static str,
    /// The JSON pointer of the list.
    pub(crate) pointer: &'static str,
    pub(crate) view: &'v View,
}

impl Column {
    pub(crate) const fn new(
        heading: &'static str,
        pointer: &'static str,
        kind: Kind,
        rank: u8,
    ) -> Self {
        Self {
            heading,
            pointer,
            kind,
            rank,
            is_on_demand: false,
        }
    }

    /// Creates a column that only `--columns` shows.
    pub(crate) const fn on_demand(
        heading: &'static str,
        pointer: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            heading,
            pointer,
            kind,
            rank: u8::MAX,
            is_on_demand: true,
        }
    }

    /// Returns the name for `--columns` and `--sort`: the heading in lower case.
    pub(crate) fn name(&self) -> String {
        self.heading.to_lowercase().replace(' ', "_")
    }

    /// Returns the value in an item: `null` if there is none, the number for [`Kind::Count`].
    pub(crate) fn value(&self, item: &Value) -> Value {
        for pointer in self.pointer.split('|') {
            let parts = pointer.split('+').filter_map(|part| item.pointer(part));
            let parts: Vec<_> = parts.filter(|part| !part.is_null()).collect();
            match parts[..] {
                [] => {}
                [Value::Array(list)] if self.kind == Kind::Count => return list.len().into(),
                [value] => return value.clone(),
                _ => {
                    let texts: Vec<_> = parts.into_iter().map(text).collect();
                    return texts.join(" ").into();
                }
            }
        }
        match self.kind {
            Kind::Count => 0.into(),
            _ => Value::Null,
        }
    }

    /// Returns the whole value as text.
    pub(crate) fn text(&self, item: &Value) -> String {
        text(&self.value(item))
    }
}

/// Returns a value as text. A list of simple values is separated by commas.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            let items: Vec<_> = items.iter().map(text).collect();
            items.join(", ")
        }
        value => value.to_string(),
    }
}
