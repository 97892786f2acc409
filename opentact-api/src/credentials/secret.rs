//! Secret values.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::credentials::recording::record;

/// A value that grants access like a password, such as a SIP user's `ha1`.
///
/// `Debug` hides the value, there is no `Display`, and the memory is overwritten on drop. A secret
/// serialises as the plain string, so that received values can be stored: the caller must protect
/// the output. Comparison is not constant-time.
///
/// Corresponds to `format: password` in the spec.
///
/// ```
/// use opentact_api::Secret;
///
/// let ha1 = Secret::from("0f7a1c5be2d94830a6b1f3c8d7e92045");
/// assert_eq!(format!("{ha1:?}"), "Secret(..)");
/// assert_eq!(ha1.expose_secret().len(), 32);
/// ```
#[derive(Clone, Deserialize, Eq, PartialEq)]
#[serde(transparent)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the plain value. Keep it out of logs and messages.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(Zeroizing::new(value))
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(value: Zeroizing<String>) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record(&self.0);
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Secret {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "password" })
    }
}
