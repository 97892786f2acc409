//! The decisions of the caller: `--level` and `--ignore`.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use openapi_compat::{Date, Ignores, LevelRule, Policy};
use openapi_tree::{Source, Style};

use super::output::show;

/// Reads the files of ignores. Prints the mistakes and returns `None` if there are any.
pub(crate) fn policy(levels: Vec<LevelRule>, files: &[PathBuf]) -> Option<Policy> {
    let ignores: Vec<Option<Ignores>> = files.iter().map(read).collect();
    let ignores = ignores.into_iter().collect::<Option<_>>()?;
    Some(Policy { levels, ignores })
}

fn read(path: &PathBuf) -> Option<Ignores> {
    let shown = path.display();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            show(&format!("error: cannot read {shown}: {error}\n"));
            return None;
        }
    };
    match Ignores::parse(Source::new(shown.to_string(), &text)) {
        Ok(ignores) => Some(ignores),
        Err(findings) => {
            show(&findings.render(Style::Ansi));
            None
        }
    }
}

/// Returns the date in UTC.
pub(crate) fn today() -> Date {
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}
