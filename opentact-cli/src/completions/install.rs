//! The files from which shells load completions.

use std::path::PathBuf;

use clap_complete::Shell;

use super::script::program;
use crate::failure::Failure;
use crate::output::Output;

/// Writes the file of a shell. It asks the program for the script, so that both are always of the same
/// version.
pub(crate) fn run(shell: Shell, output: &Output) -> Result<(), Failure> {
    let program = quoted(&program());
    let (file, text, note) = match shell {
        Shell::Bash => (
            data("bash-completion/completions/opentact")?,
            format!("source <({program} completions bash)\n"),
            "New shells have the completions, if the package bash-completion is installed.",
        ),
        Shell::Zsh => (
            zsh_folder()?.join(".zfunc/_opentact"),
            format!(
                "#compdef opentact\nsource <({program} completions zsh)\n_clap_dynamic_completer_opentact \"$@\"\n"
            ),
            "If .zshrc has no such line yet, add: fpath+=~/.zfunc; autoload -Uz compinit; compinit",
        ),
        Shell::Fish => (
            config("fish/completions/opentact.fish")?,
            format!("{program} completions fish | source\n"),
            "New shells have the completions.",
        ),
        Shell::Elvish => (
            config("elvish/lib/opentact.elv")?,
            format!("eval ({program} completions elvish | slurp)\n"),
            "Add to rc.elv: use opentact",
        ),
        _ => {
            let message = format!("there is no file from which {shell} loads completions");
            let line = "opentact completions powershell | Out-String | Invoke-Expression";
            return Err(Failure::usage(message).with_hint(format!("add to $PROFILE: {line}")));
        }
    };
    let shown = file.display();
    let failed = |error: std::io::Error| Failure::general(format!("cannot write {shown}: {error}"));
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(&file, text).map_err(failed)?;
    output.note(&format!("Wrote {shown}. {note}"));
    Ok(())
}

/// Quotes a path for all these shells.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.+".contains(c);
    match path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("'{}'", path.replace('\'', r"'\''")),
    }
}

fn data(path: &str) -> Result<PathBuf, Failure> {
    Ok(folder("XDG_DATA_HOME", ".local/share")?.join(path))
}

fn config(path: &str) -> Result<PathBuf, Failure> {
    Ok(folder("XDG_CONFIG_HOME", ".config")?.join(path))
}

fn zsh_folder() -> Result<PathBuf, Failure> {
    folder("ZDOTDIR", "")
}

/// Returns the folder of a variable, or else one in the home folder.
fn folder(variable: &str, in_home: &str) -> Result<PathBuf, Failure> {
    let set = std::env::var_os(variable).map(PathBuf::from);
    if let Some(folder) = set.filter(|folder| folder.is_absolute()) {
        return Ok(folder);
    }
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let home = home.ok_or_else(|| Failure::general("the home folder is not known"))?;
    Ok(home.join(in_home))
}
