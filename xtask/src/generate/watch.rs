//! `cargo xtask generate --watch`.

use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use openapi_tree::Sources;

use super::report::Format;
use super::{generation, report};
use crate::exit::Exit;
use crate::workspace::{SPEC, Workspace};

/// The time between two readings of the spec.
///
/// Reading a few files costs less than a crate that watches them, and it works on network drives
/// and in containers as well.
const INTERVAL: Duration = Duration::from_millis(100);

/// Generates now and after each change of the spec, until interrupted.
pub(super) fn run(workspace: &Workspace, format: Format) -> Result<Exit> {
    anstream::eprintln!("watching {SPEC}; press Ctrl-C to stop");
    let folder = workspace.spec_folder();
    let mut generated = None;
    let mut previous = read(workspace);
    while folder.is_dir() {
        let current = read(workspace);
        // A file that an editor is still writing differs at the next reading.
        if current == previous && generated.as_ref() != Some(&current) {
            show(workspace, &current, format)?;
            generated = Some(current.clone());
        }
        previous = current;
        thread::sleep(INTERVAL);
    }
    // Fails with the reason why the folder can no longer be read.
    workspace.spec()?;
    Ok(Exit::Success)
}

/// Reads the spec, or the reason why it cannot be read.
fn read(workspace: &Workspace) -> Result<Sources, String> {
    workspace.spec().map_err(|error| format!("{error:#}"))
}

fn show(workspace: &Workspace, sources: &Result<Sources, String>, format: Format) -> Result<()> {
    let result = match sources {
        Ok(sources) => generation::generate(workspace, sources.clone(), false),
        Err(reason) => Err(anyhow!("{reason}")),
    };
    match result {
        Ok(result) => report::show_briefly(&result, format),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            Ok(())
        }
    }
}
