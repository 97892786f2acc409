//! Questions to the user. Ctrl-D ends each with a failure, and so does Ctrl-C.

use std::io::{BufRead as _, Write as _};

use crate::failure::Failure;
use crate::terminal::is_interactive;
use crate::text::printable;

/// Asks a question whose reply is yes or no. `yes` is the flag `--yes`, which replies in advance.
///
/// # Errors
/// Fails unless the reply is yes. Without a terminal, the message names `--yes`.
pub(crate) fn confirm(question: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !is_interactive() {
        let message = "cannot ask for confirmation without a terminal";
        return Err(Failure::usage(message).with_hint("pass --yes to confirm"));
    }
    let reply = ask(&format!("{question} [y/N]"))?;
    match reply.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::general("nothing was changed")),
    }
}

/// Asks for a line of text. Fails without a terminal, with a message that names `flag`, which gives
/// the text without a question.
pub(crate) fn input(question: &str, flag: &str) -> Result<String, Failure> {
    needs_terminal(question, flag)?;
    Ok(ask(question)?.trim().to_owned())
}

/// Asks for a line of text that the terminal does not show. See [`input`].
pub(crate) fn password(question: &str, flag: &str) -> Result<String, Failure> {
    needs_terminal(question, flag)?;
    dialoguer::Password::new()
        .with_prompt(printable(question))
        .interact()
        .map_err(|error| Failure::usage(format!("cannot read the reply: {error}")))
}

fn needs_terminal(question: &str, flag: &str) -> Result<(), Failure> {
    if is_interactive() {
        return Ok(());
    }
    let message = format!("cannot ask for `{question}` without a terminal");
    Err(Failure::usage(message).with_hint(format!("pass {flag}")))
}

/// Asks, and reads a line.
fn ask(question: &str) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::general(format!("cannot ask: {error}"));
    let mut stderr = anstream::stderr();
    write!(stderr, "{} ", printable(question)).map_err(failed)?;
    stderr.flush().map_err(failed)?;
    let mut reply = String::new();
    match std::io::stdin().lock().read_line(&mut reply) {
        Ok(0) => {
            let _ = writeln!(stderr);
            Err(Failure::general("nothing was changed: no reply"))
        }
        Ok(_) => Ok(reply),
        Err(error) => Err(failed(error)),
    }
}
