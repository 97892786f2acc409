//! The documents that are compared, with the warnings of their reading.

use std::path::Path;

use clap::ValueEnum;
use openapi_tree::{Findings, Style};

use super::output::show;
use crate::input::{self, Loaded};

/// The number of warnings that are shown of each revision.
const FEW: usize = 5;

/// The warnings to show.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ShownWarnings {
    /// The first five of each revision, and the number of the others
    Few,
    /// All warnings
    All,
    /// No warnings
    None,
}

/// Loads a revision. Prints the reasons and returns `None` if it cannot be compared. With `strict`,
/// warnings are such reasons.
pub(crate) fn load(
    revision: &str,
    path: &Path,
    strict: bool,
    shown: ShownWarnings,
) -> Option<Loaded> {
    let path_shown = path.display();
    let cannot = format!("error: the {revision} revision, {path_shown}, cannot be compared\n");
    match input::read(path) {
        Err(input::Refusal(reasons)) => show(&format!("{reasons}{cannot}")),
        Ok(loaded) if strict && !loaded.warnings.is_empty() => {
            warn(revision, &loaded.warnings.into_errors(), shown);
            show(&cannot);
        }
        Ok(loaded) => {
            warn(revision, &loaded.warnings, shown);
            return Some(loaded);
        }
    }
    None
}

fn warn(revision: &str, warnings: &Findings, shown: ShownWarnings) {
    let number = match shown {
        ShownWarnings::None => return,
        ShownWarnings::All => warnings.len(),
        ShownWarnings::Few => FEW,
    };
    show(&warnings.first(number).render(Style::Ansi));
    let more = warnings.len().saturating_sub(number);
    if more > 0 {
        let kind = warnings.severity().as_str();
        let plural = if more == 1 { "" } else { "s" };
        show(&format!(
            "{kind}: {more} more {kind}{plural} in the {revision} revision; `--warnings all` shows \
             them\n\n"
        ));
    }
}
