//! `opentact completions` and `opentact man`: what shells and `man` know about the commands.

mod attach;
mod candidates;
mod install;
mod man;
mod matching;
mod script;

use std::path::Path;

use clap::{Args, ValueEnum as _};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output::Output;
pub(crate) use attach::attach;
pub(crate) use man::{ManOptions, run as run_man};

#[derive(Args, Debug)]
#[command(after_help = "\
Completions know groups, SIP users and operations, too: the shell asks this program for them.

  opentact completions --install        # for the shell of the variable SHELL
  source <(opentact completions bash)   # for this shell only")]
pub(crate) struct CompletionsOptions {
    /// The shell. With --install, the default is that of the variable SHELL.
    #[arg(required_unless_present = "install")]
    shell: Option<Shell>,
    /// Write a file from which the shell loads the completions by itself.
    #[arg(long)]
    install: bool,
}

pub(crate) fn run(options: &CompletionsOptions, output: &Output) -> Result<(), Failure> {
    match (options.shell, options.install) {
        (Some(shell), false) => output.raw(&script::script(shell)?),
        (shell, _) => install::run(shell.map_or_else(shell_of_user, Ok)?, output),
    }
}

fn shell_of_user() -> Result<Shell, Failure> {
    let path = std::env::var_os("SHELL").unwrap_or_default();
    let name = Path::new(&path).file_stem().and_then(|name| name.to_str());
    let shell = name.and_then(|name| Shell::from_str(name, true).ok());
    shell.ok_or_else(|| {
        Failure::usage("the variable SHELL names no known shell")
            .with_hint("name the shell, as in `opentact completions --install zsh`")
    })
}
