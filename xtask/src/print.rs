//! Standard output, which can be closed or full.

use std::io::{self, Write};

use anyhow::{Context, Result};

/// Writes a text to standard output. Returns `false` if its reader, such as `head`, has left.
pub(crate) fn print(text: &str) -> Result<bool> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        written => written
            .map(|()| true)
            .context("cannot write to standard output"),
    }
}
