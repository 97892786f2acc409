//! Paths of documents.

/// Splits `REVISION:PATH`. Returns `None` for anything else, such as a path of Windows.
pub(super) fn revision_and_path(argument: &str) -> Option<(&str, &str)> {
    let (revision, path) = argument.split_once(':')?;
    let is_drive = revision.len() == 1 && path.starts_with(['\\', '/']);
    (!revision.is_empty() && !is_drive).then_some((revision, path))
}

/// Returns `true` if a file of a folder may be a part of a document.
pub(super) fn is_document(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    matches!(extension, Some("json" | "yaml" | "yml"))
}
