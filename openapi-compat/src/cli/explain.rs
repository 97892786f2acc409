//! The subcommand `explain`.

use openapi_compat::{ChangeId, UnknownName};
use openapi_tree::Style;

/// Returns the explanation of an id, or the list of all ids.
pub(crate) fn explain(id: Option<&str>) -> Result<String, UnknownName> {
    match id {
        Some(id) => Ok(id.parse::<ChangeId>()?.explanation().to_text(Style::Ansi)),
        None => Ok(list()),
    }
}

/// Returns all ids with their meanings, by area.
fn list() -> String {
    let longest = ChangeId::ALL.iter().map(|id| id.as_str().len()).max();
    let width = longest.unwrap_or_default();
    let mut explanations: Vec<_> = ChangeId::ALL.iter().map(|id| id.explanation()).collect();
    let mut areas: Vec<&str> = explanations.iter().map(|known| known.area).collect();
    areas.dedup();
    explanations.sort_by_key(|known| areas.iter().position(|area| *area == known.area));
    let areas = explanations.chunk_by(|one, other| one.area == other.area);
    let areas = areas.map(|of_area| {
        let lines = of_area.iter();
        let lines = lines.map(|known| format!("  {:width$}  {}\n", known.id, known.meaning));
        format!("{}\n\n{}", of_area[0].area, lines.collect::<String>())
    });
    areas.collect::<Vec<_>>().join("\n")
}
