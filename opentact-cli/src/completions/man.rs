//! `opentact man`: a page for each command.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::output::Output;

#[derive(Args, Debug)]
pub(crate) struct ManOptions {
    /// A folder for the pages of all commands, such as ~/.local/share/man/man1. Without it, the page of
    /// `opentact` is printed.
    folder: Option<PathBuf>,
}

pub(crate) fn run(
    options: &ManOptions,
    command: clap::Command,
    output: &Output,
) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::general(format!("cannot write the pages: {error}"));
    match &options.folder {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(command, folder).map_err(failed)?;
            output.note(&format!("Wrote the pages to {}.", folder.display()));
            Ok(())
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut page)
                .map_err(failed)?;
            output.raw(&page)
        }
    }
}
