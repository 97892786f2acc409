//! Security schemes, and the way to obtain a token.

use openapi_tree::{Entry, Node};

use super::text::text;
use crate::spec::scheme_name;

/// A security scheme: a secret in a header.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    /// The name in the spec.
    pub(crate) name: String,
    /// The name in Rust: `x-rust-name`, or else the name of the spec in snake case.
    pub(crate) rust_name: String,
    pub(crate) kind: SchemeKind,
    pub(crate) description: Option<String>,
}

/// The form of a secret in a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SchemeKind {
    /// A token, as it is, in a header of its own.
    ApiKey {
        /// The name of the header, as the spec writes it.
        header: String,
    },
    /// A token after `Bearer` in the header `Authorization`.
    Bearer,
    /// A user name and a password after `Basic` in the header `Authorization`.
    Basic,
}

/// The operation that returns a token: `x-sign-in` of a security scheme.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SignIn {
    /// The name of the security scheme that the token is for.
    pub(crate) scheme: String,
    /// The `operationId` of the operation.
    pub(crate) operation_id: String,
    /// The property of the payload that holds the token.
    pub(crate) token: String,
    /// The lifetime in seconds of a token that does not name its end.
    pub(crate) lifetime: u64,
}

impl SecurityScheme {
    /// Returns the scheme, or `None` if the client does not support its kind.
    pub(super) fn new(scheme: &Entry) -> Option<Self> {
        Some(Self {
            name: scheme.key.to_string(),
            rust_name: scheme_name(scheme),
            kind: SchemeKind::new(&scheme.node)?,
            description: text(&scheme.node, "description"),
        })
    }

    /// Returns the header that holds the secret.
    pub(crate) fn header(&self) -> &str {
        self.kind.header()
    }
}

impl SchemeKind {
    /// Returns the kind of a security scheme, or `None` if the client does not support it.
    pub(crate) fn new(scheme: &Node) -> Option<Self> {
        let http = || scheme.str_at("scheme").map(str::to_ascii_lowercase);
        match (scheme.str_at("type")?, scheme.str_at("in")) {
            ("apiKey", Some("header")) => Some(Self::ApiKey {
                header: text(scheme, "name").unwrap_or_default(),
            }),
            ("http", _) => match http()?.as_str() {
                "bearer" => Some(Self::Bearer),
                "basic" => Some(Self::Basic),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the header that holds the secret.
    pub(crate) fn header(&self) -> &str {
        match self {
            Self::ApiKey { header } => header,
            Self::Bearer | Self::Basic => "Authorization",
        }
    }
}

impl SignIn {
    /// Returns the way to obtain a token of a security scheme.
    pub(super) fn new(scheme: &Entry) -> Option<Self> {
        let sign_in = scheme.node.get("x-sign-in")?;
        let name = |key| sign_in.str_at(key).map(str::to_owned);
        Some(Self {
            scheme: scheme.key.to_string(),
            operation_id: name("operationId")?,
            token: name("token")?,
            lifetime: sign_in.get("lifetime")?.as_number()?.as_u64()?,
        })
    }
}
