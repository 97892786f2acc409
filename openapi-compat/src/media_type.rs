//! Media types and media type ranges: the keys of `content`, and `contentType` of an encoding.

use std::collections::BTreeMap;

/// A media type or media type range, in a form that is equal for all of its spellings.
///
/// The type, the subtype and the names of parameters are case-insensitive, and a quoted value is
/// the same as an unquoted one (RFC 9110, section 8.3.1).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct MediaType {
    main: String,
    subtype: String,
    parameters: BTreeMap<String, String>,
}

impl MediaType {
    /// Reads a media type. Any text is one, so that a malformed text is equal to itself only.
    pub(crate) fn new(text: &str) -> Self {
        let mut parts = split_unquoted(text, ';').into_iter();
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let (main, subtype) = name.split_once('/').unwrap_or((&name, ""));
        let mut media_type = Self {
            main: main.trim().to_owned(),
            subtype: subtype.trim().to_owned(),
            parameters: BTreeMap::new(),
        };
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = name.trim().to_ascii_lowercase();
            let is_charset = name == "charset";
            let value = match is_charset {
                // Names of charsets are case-insensitive (RFC 9110, section 8.3.2).
                true => unquoted(value.trim()).to_ascii_lowercase(),
                false => unquoted(value.trim()),
            };
            if !(name.is_empty() || is_charset && media_type.has_no_charset()) {
                media_type.parameters.insert(name, value);
            }
        }
        media_type
    }

    /// Reads a list of media types, separated by commas.
    pub(crate) fn list(text: &str) -> Vec<Self> {
        let items = split_unquoted(text, ',').into_iter();
        items.map(Self::new).collect()
    }

    /// Returns `true` if a `charset` of this media type has no effect: JSON is always UTF-8 (RFC
    /// 8259, section 11), and forms have no parameters (by their registration).
    fn has_no_charset(&self) -> bool {
        let is_json = self.subtype == "json" || self.subtype.ends_with("+json");
        is_json || self.is_form()
    }

    /// Returns the type and the subtype, without parameters.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.main, self.subtype)
    }

    /// Returns `true` for `application/x-www-form-urlencoded`.
    pub(crate) fn is_form(&self) -> bool {
        self.main == "application" && self.subtype == "x-www-form-urlencoded"
    }

    /// Returns `true` for `text/plain`.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.main == "text" && self.subtype == "plain"
    }

    /// Returns `true` if messages can be XML.
    pub(crate) fn can_be_xml(&self) -> bool {
        let format = self.subtype.rsplit('+').next();
        matches!(format, Some("xml" | "*"))
    }

    /// Returns `true` for forms, whose properties are transmitted as text if they are no objects.
    pub(crate) fn has_text_properties(&self) -> bool {
        self.is_form() || self.is_multipart() && self.subtype == "form-data"
    }

    /// Returns `true` if the type is `multipart`.
    pub(crate) fn is_multipart(&self) -> bool {
        self.main == "multipart"
    }

    /// Returns `true` if the messages are text, such as JSON, and no binary data.
    pub(crate) fn is_text(&self) -> bool {
        let is = |format: &str| {
            let suffix = self.subtype.rsplit('+').next();
            suffix == Some(format)
        };
        self.main == "text" || is("json") || is("xml") || is("yaml") || self.is_form()
    }

    /// Returns `true` if every message of the other media type is one of this media type too.
    ///
    /// A range has `*` as its type or subtype, and the parameters of a media type select some of its
    /// messages (RFC 9110, section 12.5.1). A structured suffix is no range: `application/json` does
    /// not cover `application/problem+json`, and `application/*+json` is only a name.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let within = |wide: &str, narrow: &str| wide == "*" || wide == narrow;
        let mut parameters = self.parameters.iter();
        within(&self.main, &other.main)
            && within(&self.subtype, &other.subtype)
            && parameters.all(|(name, value)| other.parameters.get(name) == Some(value))
    }

    /// Returns the rank of a media type among those that cover the same one. The highest applies:
    /// "only the most specific key is applicable" (OpenAPI, Response Object).
    pub(crate) fn specificity(&self) -> (bool, bool, usize) {
        let parameters = self.parameters.len();
        (self.main != "*", self.subtype != "*", parameters)
    }
}

/// Splits a text at a separator, except in quoted strings.
fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(|character| {
        let was_escaped = std::mem::take(&mut escaped);
        match character {
            '"' if !was_escaped => quoted = !quoted,
            '\\' if quoted && !was_escaped => escaped = true,
            _ => {}
        }
        character == separator && !quoted
    });
    parts.collect()
}

/// Returns the value of a token or quoted string.
fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"');
    let Some(inner) = inner.and_then(|inner| inner.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut value = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => value.extend(characters.next()),
            character => value.push(character),
        }
    }
    value
}
