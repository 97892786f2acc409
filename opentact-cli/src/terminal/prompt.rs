//! Questions to the user. Ctrl-D ends each with a failure. Ctrl-C ends the command.

use std::io::{BufRead as _, Write as _};

use crate::failure::Failure;
use crate::terminal::hidden::{self, Hidden};
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
    needs_yes(yes)?;
    let reply = ask(&format!("{question} [y/N]"))?;
    match reply.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::general("nothing was changed")),
    }
}

/// Fails if there is no terminal to ask on, and `--yes` was not passed. A command calls this before
/// requests that only serve the question.
pub(crate) fn needs_yes(yes: bool) -> Result<(), Failure> {
    if yes || is_interactive() {
        return Ok(());
    }
    let message = "cannot ask for confirmation without a terminal";
    Err(Failure::usage(message).with_hint("pass --yes to confirm"))
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
    write(question)?;
    let read = hidden::read();
    // Enter was not shown either.
    let _ = writeln!(std::io::stderr());
    match read.map_err(|error| failed(&error))? {
        Hidden::Line(line) => Ok(line),
        Hidden::EndOfFile => Err(no_reply()),
        Hidden::Interrupted => Err(Failure::interrupted("interrupted; nothing was changed")),
    }
}

fn needs_terminal(question: &str, flag: &str) -> Result<(), Failure> {
    if is_interactive() {
        return Ok(());
    }
    let question = question.trim_end_matches(':');
    let message = format!("cannot ask for `{question}` without a terminal");
    Err(Failure::usage(message).with_hint(format!("pass {flag}")))
}

/// Asks, and reads a line.
fn ask(question: &str) -> Result<String, Failure> {
    write(question)?;
    let mut reply = String::new();
    let read = std::io::stdin().lock().read_line(&mut reply);
    match read.map_err(|error| failed(&error))? {
        0 => {
            // Ctrl-D leaves the cursor in the line of the question.
            let _ = writeln!(std::io::stderr());
            Err(no_reply())
        }
        _ => Ok(reply),
    }
}

/// Writes a question, which ends with a mark.
fn write(question: &str) -> Result<(), Failure> {
    let question = printable(question);
    let mark = match question.ends_with([':', '?', ']']) {
        true => "",
        false => ":",
    };
    let mut stderr = anstream::stderr();
    let written = write!(stderr, "{question}{mark} ").and_then(|()| stderr.flush());
    written.map_err(|error| failed(&error))
}

fn no_reply() -> Failure {
    Failure::general("no reply; nothing was changed")
}

fn failed(error: &std::io::Error) -> Failure {
    Failure::general(format!("cannot read the reply: {error}"))
}
