//! The errors of starting a sandbox and of injecting faults.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::{fmt, io};

/// The error of a sandbox that does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The sandbox cannot listen on the address.
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Other machines could reach the address. `SandboxBuilder::expose_to_network` allows it.
    NotLoopback(SocketAddr),
    /// The users do not match the spec, or two of them conflict.
    Users(String),
    /// The seed or the state file has mistakes. The text shows each with its line and column.
    File(String),
    /// The state file or the seed cannot be read or written.
    Io {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The embedded spec cannot be read.
    Spec(String),
    /// A recorder cannot start. The text is the reason.
    Record(String),
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
                "other machines could reach {address} and act as the users of the sandbox; \
                 call `expose_to_network` to allow this"
            ),
            Self::Users(reason) => write!(f, "invalid users: {reason}"),
            Self::File(findings) => f.write_str(findings.trim_end()),
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Record(reason) => f.write_str(reason),
            Self::Spec(reason) => write!(f, "the embedded spec cannot be read: {reason}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// The error of a fault for an operation that the spec does not have.
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
            "the spec has no operation `{name}`; it has {}",
            known.join(", ")
        )
    }
}

impl Error for UnknownOperation {}
