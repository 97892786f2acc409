//! The terminal of the user: lines on stderr, and prompts.

mod hidden;
mod interrupt;
mod prompt;
mod spinner;

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

pub(crate) use interrupt::{change, pressed, unless_interrupted};
pub(crate) use prompt::{confirm, input, needs_yes, password};
pub(crate) use spinner::waiting;

use crate::escape::json_line;
use crate::failure::Failure;
use crate::text::printable;

/// Set if stderr is for programs: errors and warnings are JSON, one in each line.
static FOR_PROGRAMS: AtomicBool = AtomicBool::new(false);

/// Makes errors and warnings JSON from now on.
pub(crate) fn write_for_programs() {
    FOR_PROGRAMS.store(true, Ordering::Relaxed);
}

/// Returns `true` if stderr is for programs.
pub(crate) fn is_for_programs() -> bool {
    FOR_PROGRAMS.load(Ordering::Relaxed)
}

/// Returns `true` if a user can read a question and type a reply.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Writes a line to stderr, with colours if stderr shows them.
pub(crate) fn print_line(line: &str) {
    // There is no other place to report that stderr cannot be written.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Writes the failure of the command to stderr: its message and, in a second line, its hint.
pub(crate) fn print_failure(failure: &Failure) {
    if is_for_programs() {
        return print_line(&json_line(&failure.json()));
    }
    let message = printable(failure.message());
    print_line(&format!("\u{1b}[1;31merror:\u{1b}[0m {message}"));
    if let Some(hint) = failure.hint() {
        print_line(&format!("\u{1b}[1;36mhint:\u{1b}[0m {}", printable(hint)));
    }
}

/// Writes a warning to stderr, in one line.
pub(crate) fn print_warning(message: &str) {
    if is_for_programs() {
        let warning = json!({ "warning": { "message": message } });
        return print_line(&json_line(&warning));
    }
    let message = printable(message);
    print_line(&format!("\u{1b}[1;33mwarning:\u{1b}[0m {message}"));
}
