//! Generating whenever the spec is saved.

use std::fmt;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use notify_debouncer_mini::notify::{self, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, DebouncedEvent, new_debouncer};
use opentact_gen::Sources;

use super::{Attempt, Format, Outcome, State, attempt, report};
use crate::files::{FileError, SPEC, Workspace, is_spec_file};

/// How long nothing more has to happen to the files: editors save in several steps.
const QUIET: Duration = Duration::from_millis(30);

/// Generating cannot start, or cannot go on.
#[derive(Debug)]
pub(crate) enum WatchError {
    /// Something is wrong with a file.
    File(FileError),
    /// The folder of the spec cannot be watched.
    Watch(notify::Error),
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Watch(error) => write!(
                f,
                "cannot watch {SPEC}: {error}; run `cargo xtask generate` after each change"
            ),
        }
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            Self::Watch(error) => Some(error),
        }
    }
}

impl From<FileError> for WatchError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<notify::Error> for WatchError {
    fn from(error: notify::Error) -> Self {
        Self::Watch(error)
    }
}

/// Generates now and after each change, until the process is interrupted.
pub(super) fn run(workspace: &Workspace, format: Format) -> Result<Outcome, WatchError> {
    let (sender, events) = mpsc::channel::<DebounceEventResult>();
    let mut debouncer = new_debouncer(QUIET, sender)?;
    let folder = workspace.spec_folder();
    debouncer
        .watcher()
        .watch(&folder, RecursiveMode::NonRecursive)?;
    anstream::eprintln!("watching {SPEC}; Ctrl-C ends it");
    let mut last = None;
    generate_if_changed(workspace, format, &mut last);
    for event in events {
        if event?.iter().any(is_of_spec) {
            generate_if_changed(workspace, format, &mut last);
        }
        if !folder.is_dir() {
            break;
        }
    }
    // Whatever keeps the spec from being read keeps it from being watched.
    workspace.spec()?;
    Ok(Outcome::Done)
}

fn is_of_spec(event: &DebouncedEvent) -> bool {
    let name = event.path.file_name().map(Path::new);
    name.and_then(Path::to_str).is_some_and(is_spec_file)
}

/// A save may leave the files as they were.
fn generate_if_changed(workspace: &Workspace, format: Format, last: &mut Option<Sources>) {
    let generated = settled(workspace, last.as_ref()).and_then(|sources| {
        if last.as_ref() != Some(&sources) {
            *last = Some(sources.clone());
            show(&attempt(workspace, sources, false)?, format);
        }
        Ok(())
    });
    if let Err(error) = generated {
        anstream::eprintln!("error: {error}");
    }
}

/// The files as they were, or as they are after a change: while one is written, it is short.
fn settled(workspace: &Workspace, last: Option<&Sources>) -> Result<Sources, FileError> {
    let mut sources = workspace.spec()?;
    while last.is_some_and(|last| *last != sources) {
        thread::sleep(QUIET);
        let again = workspace.spec()?;
        if again == sources {
            break;
        }
        sources = again;
    }
    Ok(sources)
}

fn show(attempt: &Attempt, format: Format) {
    match (attempt, format) {
        (Attempt::Success(success), Format::Text) => {
            let updated = success.has(State::Updated);
            let state = if updated {
                State::Updated
            } else {
                State::Fresh
            };
            anstream::println!("{}: {state}", report::summary(success));
        }
        _ => report::show(attempt, format),
    }
}
