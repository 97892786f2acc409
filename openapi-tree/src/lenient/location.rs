//! References as paths of files and pointers into them.

use percent_encoding::percent_decode_str;

/// The target of a reference, as its text says it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    /// A file by its path, or the file of the reference itself. The fragment has no `#`.
    File {
        path: Option<String>,
        fragment: String,
    },
    /// A URL, which is never read.
    Url,
    /// A path from the root of a disk, which is never followed.
    Absolute,
}

/// Reads a reference in the file at `own`.
pub(super) fn target(reference: &str, own: &str) -> Target {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if is_url(file) {
        return Target::Url;
    }
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let file = decoded(file);
    if is_absolute(&file) {
        return Target::Absolute;
    }
    Target::File {
        path: (!file.is_empty()).then(|| relative(own, &file)),
        fragment: decoded(fragment),
    }
}

/// Returns `true` for a URI with a scheme or a host. A scheme of one letter is a drive of Windows.
fn is_url(file: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let mut characters = scheme.chars();
        scheme.len() > 1
            && characters
                .next()
                .is_some_and(|first| first.is_ascii_alphabetic())
            && characters.all(|other| other.is_ascii_alphanumeric() || "+-.".contains(other))
    };
    file.starts_with("//")
        || file
            .split_once(':')
            .is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// Returns `true` for a path from the root of a disk, also on Windows.
fn is_absolute(file: &str) -> bool {
    file.starts_with(['/', '\\']) || file.as_bytes().get(1) == Some(&b':')
}

/// Returns the path of a file from the file that refers to it.
fn relative(own: &str, file: &str) -> String {
    match own.rfind(['/', '\\']) {
        Some(end) => normalized(&format!("{}/{file}", &own[..end])),
        None => normalized(file),
    }
}

/// Returns a path without `.` and without `..` behind a folder.
pub(super) fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let is_absolute = path.starts_with(['/', '\\']);
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let start = if is_absolute { "/" } else { "" };
    format!("{start}{}", parts.join("/"))
}
