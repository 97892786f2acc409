//! Standard output and standard error.

use std::io::{self, Write};

/// Writes the report to standard output. A reader may close it before the end.
pub(crate) fn print(report: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(report.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes to standard error. There is no place to report that this failed.
pub(crate) fn show(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
