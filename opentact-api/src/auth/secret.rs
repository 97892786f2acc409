//! Values that are as good as a password.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A value that is as good as a password, such as a SIP user's `ha1`.
///
/// `Debug` shows nothing of it, there is no `Display`, and its memory is overwritten when it
/// is dropped. It serialises as the plain string, so that what was received can be stored:
/// whoever serialises it takes over the care for it. Comparing takes a time that depends on
/// where two secrets differ.
///
/// The `format: password` of the spec.
///
/// ```
/// use opentact_api::Secret;
///
/// let ha1 = Secret::from("0f7a1c5be2d94830a6b1f3c8d7e92045");
/// assert_eq!(format!("{ha1:?}"), "Secret(..)");
/// assert_eq!(ha1.expose_secret().len(), 32);
/// ```
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The value itself. Keep it out of logs and messages.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(Zeroizing::new(value))
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
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
