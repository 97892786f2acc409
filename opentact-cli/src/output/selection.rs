//! The columns and the order that the user chose (`--columns`, `--sort`).

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::output::view::{Column, Kind, View};

/// The columns to show, and the column to sort by.
pub(super) struct Selection<'v> {
    pub(super) columns: Vec<&'v Column>,
    /// `true` if the user chose the columns.
    is_chosen: bool,
    /// The column to sort by, and `true` for the reverse order.
    order: Option<(&'v Column, bool)>,
}

impl<'v> Selection<'v> {
    pub(super) fn new(
        view: &'v View,
        columns: Option<&[String]>,
        sort: Option<&str>,
        show_secrets: bool,
    ) -> Result<Self, Failure> {
        let mut selection = Self::all(view, show_secrets);
        if let Some(names) = columns {
            let columns = names.iter().map(|name| find(view, name, "--columns"));
            selection.columns = columns.collect::<Result<_, _>>()?;
            selection.is_chosen = true;
        }
        if let Some(sort) = sort {
            let name = sort.strip_prefix('-');
            let column = find(view, name.unwrap_or(sort), "--sort")?;
            selection.order = Some((column, name.is_some()));
        }
        Ok(selection)
    }

    /// Selects the columns that are shown by default.
    pub(super) fn all(view: &'v View, show_secrets: bool) -> Self {
        let is_shown = |column: &&Column| {
            !column.is_on_demand && (show_secrets || column.kind != Kind::Secret)
        };
        Self {
            columns: view.columns.iter().filter(is_shown).collect(),
            is_chosen: false,
            order: None,
        }
    }

    pub(super) fn sort(&self, items: &mut [Value]) {
        let Some((column, is_reversed)) = self.order else {
            return;
        };
        items.sort_by(|left, right| {
            let order = compare(&column.value(left), &column.value(right));
            match is_reversed {
                true => order.reverse(),
                false => order,
            }
        });
    }

    /// Returns the chosen columns of an item by their names, or the item if none are chosen.
    pub(super) fn picked(&self, item: Value) -> Value {
        if !self.is_chosen {
            return item;
        }
        let members = self
            .columns
            .iter()
            .map(|column| (column.name(), column.value(&item)));
        Value::Object(members.collect::<Map<_, _>>())
    }

    pub(super) fn picked_list(&self, items: Vec<Value>) -> Value {
        items.into_iter().map(|item| self.picked(item)).collect()
    }
}

/// Returns the column of a name, which is its heading in any case, or the path of its property.
fn find<'v>(view: &'v View, name: &str, option: &str) -> Result<&'v Column, Failure> {
    let wanted = name.trim().to_lowercase().replace(['-', ' '], "_");
    let path = format!("/{}", wanted.replace('.', "/"));
    let columns = view.columns;
    let by_name = columns.iter().find(|column| column.name() == wanted);
    let by_path = || columns.iter().find(|column| column.pointer == path);
    by_name.or_else(by_path).ok_or_else(|| {
        let names: Vec<_> = view.columns.iter().map(Column::name).collect();
        let message = format!("there is no column `{name}` for {option}");
        Failure::usage(message).with_hint(format!("the columns are {}", names.join(", ")))
    })
}

/// Compares two values of a column. Numbers come before texts, and nothing comes last.
fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Number(left), Value::Number(right)) => {
            let (left, right) = (left.as_f64(), right.as_f64());
            left.partial_cmp(&right).unwrap_or(Ordering::Equal)
        }
        (Value::Number(_), _) => Ordering::Less,
        (_, Value::Number(_)) => Ordering::Greater,
        (Value::String(left), Value::String(right)) => {
            let folded = left.to_lowercase().cmp(&right.to_lowercase());
            folded.then_with(|| left.cmp(right))
        }
        (left, right) => left.to_string().cmp(&right.to_string()),
    }
}
