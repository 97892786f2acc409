//! The terminal of the user: lines on stderr, and text that is safe to show.

use std::io::{IsTerminal as _, Write as _};

/// Returns `true` if a user can read a question and type a reply.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Writes a line to stderr, with colours if stderr shows them.
pub(crate) fn print_line(line: &str) {
    // There is no other place to report that stderr cannot be written.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Writes an error to stderr, in one line.
pub(crate) fn print_error(message: &str) {
    let message = printable(message);
    print_line(&format!("\u{1b}[1;31merror:\u{1b}[0m {message}"));
}

/// Writes a warning to stderr, in one line.
pub(crate) fn print_warning(message: &str) {
    let message = printable(message);
    print_line(&format!("\u{1b}[1;33mwarning:\u{1b}[0m {message}"));
}

/// Returns the text with its control characters replaced, so that it cannot control a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
