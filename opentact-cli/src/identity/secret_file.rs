//! Files that hold a secret, and standard input in place of one.

use std::fs::File;
use std::io::{IsTerminal as _, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::identity::kind::Source;

/// The most bytes of a token or a password. It protects against a file such as `/dev/zero`.
const MOST: u64 = 64 * 1024;

/// The content of a file.
pub(crate) struct SecretFile {
    pub(crate) text: Zeroizing<Vec<u8>>,
    pub(crate) source: Source,
    /// Set if other users of the machine can read the file.
    pub(crate) warning: Option<String>,
}

/// Reads a file, or standard input for `-`. `what` names the content for messages: "token".
pub(crate) fn read(file: &Path, what: &str) -> Result<SecretFile, Failure> {
    if file == Path::new("-") {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            let message = format!("the {what} would be shown while it is typed");
            return Err(Failure::usage(message).with_hint(format!(
                "leave out the option, to be asked for the {what}, or pipe it in"
            )));
        }
        let source = Source::StandardInput;
        let text = content(stdin.lock(), &source, what)?;
        return Ok(SecretFile {
            text,
            source,
            warning: None,
        });
    }
    let source = Source::File(file.to_owned());
    let opened = File::open(file).map_err(|error| unreadable(&source, what, &error.to_string()))?;
    let warning = is_readable_by_all(&opened).then(|| {
        let shown = file.display();
        format!(
            "every user of this machine can read the {what} in {shown}; run `chmod 600 {shown}`"
        )
    });
    let text = content(opened, &source, what)?;
    Ok(SecretFile {
        text,
        source,
        warning,
    })
}

fn content(reader: impl Read, source: &Source, what: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut text = Zeroizing::new(Vec::with_capacity(1024));
    reader
        .take(MOST + 1)
        .read_to_end(&mut text)
        .map_err(|error| unreadable(source, what, &error.to_string()))?;
    if text.len() as u64 > MOST {
        return Err(unreadable(source, what, "it has more than 64 KiB"));
    }
    Ok(text)
}

fn unreadable(source: &Source, what: &str, reason: &str) -> Failure {
    Failure::usage(format!("cannot read the {what} of {source}: {reason}"))
}

/// Returns `true` for a regular file that every user of the machine can read.
#[cfg(unix)]
fn is_readable_by_all(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata();
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_readable_by_all(_: &File) -> bool {
    false
}
