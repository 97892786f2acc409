//! Security schemes.

/// A security scheme of the spec: a token in a header. Each is a `static`, identified by its address.
#[derive(Debug, Eq, PartialEq)]
pub struct Scheme {
    /// The name of the header, in lower case.
    pub header: &'static str,
    /// The function that takes the token, such as `Client::builder`.
    pub setter: &'static str,
}
