//! Why a sandbox does not start, or does not do as it is told.

use std::error::Error;
use std::net::SocketAddr;
use std::{fmt, io};

/// Why a sandbox does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The address can be reached from other machines, which was not asked for.
    NotLoopback(SocketAddr),
    /// The users do not fit the spec, or each other.
    Users(String),
    /// The spec that the sandbox was built with cannot be read.
    Spec(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, source } => {
                write!(
                    f,
                    "cannot listen on {address}: {source}; choose another port"
                )
            }
            Self::NotLoopback(address) => write!(
                f,
                "{address} can be reached from other machines, which could then do everything \
                 that the users of the sandbox can; if that is wanted, say so with \
                 `expose_to_network`"
            ),
            Self::Users(what) => write!(f, "the users cannot be taken: {what}"),
            Self::Spec(what) => write!(f, "the embedded spec cannot be read: {what}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// The spec has no operation of this name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownOperation {
    pub(crate) name: String,
    pub(crate) known: Vec<String>,
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, known } = self;
        write!(
            f,
            "there is no operation `{name}`; there are {}",
            known.join(", ")
        )
    }
}

impl Error for UnknownOperation {}
