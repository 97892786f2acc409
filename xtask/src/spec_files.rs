//! Folders of YAML files that form a spec together.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result};
use openapi_tree::{Source, Sources};

/// Reads the spec files of a folder. Their paths in messages start with `shown`.
pub(crate) fn read_folder(folder: &Path, shown: &str) -> Result<Sources> {
    let names =
        names(folder).with_context(|| format!("cannot list the files of {}", folder.display()))?;
    let sources = names.iter().map(|name| {
        let text = read(&folder.join(name))?;
        Ok(Source::new(format!("{shown}/{name}"), &text))
    });
    Ok(Sources::new(sources.collect::<Result<Vec<_>>>()?))
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Returns `true` if a folder contains a spec file.
pub(crate) fn has_spec(folder: &Path) -> bool {
    names(folder).is_ok_and(|names| !names.is_empty())
}

/// Returns `true` if a file of this name belongs to the spec. Hidden files belong to editors.
pub(crate) fn is_spec_file(name: &str) -> bool {
    name.ends_with(".yaml") && !name.starts_with('.')
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && is_spec_file(&name)
            && entry.path().is_file()
        {
            names.push(name);
        }
    }
    Ok(names)
}
