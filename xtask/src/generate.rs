//! `cargo xtask generate`.

mod files;
mod generation;
mod manifest;
mod report;
mod watch;

use anyhow::Result;
use clap::Args;

use self::report::Format;
use crate::exit::Exit;
use crate::workspace::Workspace;

/// The arguments of `cargo xtask generate`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; show the differences, and exit with 1 if there are any.
    #[arg(long)]
    check: bool,

    /// Generate now and after each change of the spec, until interrupted.
    #[arg(long, conflicts_with = "check")]
    watch: bool,

    /// The format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Generates once, or after each change of the spec.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit> {
    let workspace = Workspace::find()?;
    if arguments.watch {
        return watch::run(&workspace, arguments.format);
    }
    let result = generation::generate(&workspace, workspace.spec()?, arguments.check)?;
    report::show(&result, arguments.format)?;
    Ok(match result {
        Err(_) => Exit::Failure,
        Ok(generation) if generation.is_stale() => Exit::CheckFailed,
        Ok(_) => Exit::Success,
    })
}
