//! Security schemes.

/// A security scheme of the spec: a token in a header. Each is a `static`, identified by its address.
#[derive(Debug, Eq, PartialEq)]
pub struct Scheme {
    /// The name in the spec.
    pub name: &'static str,
    /// The name of the header, in lower case.
    pub header: &'static str,
    /// The text before the token in the header, such as `Bearer `. Often empty.
    pub prefix: &'static str,
    /// The method that takes the token, such as `ClientBuilder::jwt`.
    pub setter: &'static str,
}
