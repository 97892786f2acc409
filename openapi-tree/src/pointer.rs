//! JSON pointers (RFC 6901).

use std::fmt;

use percent_encoding::percent_decode_str;

/// A JSON pointer (RFC 6901): the path from the root of a document to a node.
///
/// ```
/// use openapi_tree::Pointer;
///
/// let pointer = Pointer::root().child("paths").child("/groups").child("get");
/// assert_eq!(pointer.as_str(), "/paths/~1groups/get");
/// assert_eq!(Pointer::of_reference("#/paths/~1groups/get"), Some(pointer));
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the empty pointer, which points to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text of a pointer. Returns `None` unless it is empty or starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Returns the pointer in a reference within a document, such as `#/components/schemas/User`.
    ///
    /// A reference is a URI, so its percent-encoding is decoded. Returns `None` for a reference to
    /// another document, to a whole document, or to an anchor.
    pub fn of_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
        Self::parse(&pointer)
    }

    /// Returns the pointer to a property or item of the node that this pointer leads to.
    #[must_use]
    pub fn child(&self, segment: impl fmt::Display) -> Self {
        let segment = segment.to_string();
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in segment.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// Returns the pointer without its last segment, or `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// Returns the segments from the root on, unescaped.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = String> {
        let escaped = self.0.strip_prefix('/').into_iter();
        let escaped = escaped.flat_map(|text| text.split('/'));
        escaped.map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// Returns the last segment, unescaped, or `None` for the root.
    pub fn last(&self) -> Option<String> {
        self.segments().next_back()
    }

    /// Returns the pointer as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
