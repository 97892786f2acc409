//! Files that only their owner can read.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes a new file beside the old one, and then replaces the old one. So the file is always whole.
///
/// Nobody can prepare the new file, because its name is random and the file must not exist yet.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    // The folder of `state.json` is the empty path.
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // On Unix, a file of this kind has the mode 0600 from its creation on.
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
