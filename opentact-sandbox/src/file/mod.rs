//! Files with a state: a seed that people write, and the state that the sandbox keeps. Both have the
//! same sections, and JSON is YAML.

mod groups;
mod read;
mod reader;
mod write;

pub(crate) use read::read;
pub(crate) use write::{StateFile, to_json};

/// The sections that are not kinds of resources.
const VERSION: &str = "version";
const NUMBERS: &str = "numbers";
const GROUPS: &str = "groups";
