//! Lists that a server writes as `null`.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the default value: an empty list.
pub(crate) fn as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
