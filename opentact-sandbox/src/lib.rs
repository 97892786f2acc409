//! A stand-in for the OpenTACT service, in memory, over real HTTP.
//!
//! [`Sandbox::start`] runs it on a free loopback port until it is dropped. Programs that use
//! `opentact-api` are tested against it offline, and a [`Fault`] tests their error handling.
//! The sandbox checks every request against the spec and does not use the generated types, so
//! that the sandbox and the client check each other.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use opentact_api::{Client, ErrorKind, RetryPolicy};
//! use opentact_sandbox::{Fault, Sandbox};
//!
//! let sandbox = Sandbox::start().await?;
//! let client = Client::builder()
//!     .ha1b_token(sandbox.token("alice"))
//!     .base_url(sandbox.url())
//!     .retry(RetryPolicy::never())
//!     .build()?;
//!
//! sandbox.inject(Fault::status(503).operation("list_groups"))?;
//! let error = client.list_groups().send().await.unwrap_err();
//! assert!(error.is_retryable());
//! assert!(client.list_groups().send().await?.is_empty());
//! # Ok(()) }
//! ```
//!
//! The README lists the decisions of the sandbox on points that the vendor's page leaves open.

mod account;
mod body;
mod connection;
mod control;
mod cors;
mod credentials;
#[cfg(feature = "docs")]
mod docs;
mod error;
mod fault;
mod file;
mod group;
mod groups;
mod initial;
mod input;
mod mask;
mod messages;
mod network;
mod numbers;
mod observe;
mod operations;
mod page;
mod private_file;
mod received;
#[cfg(feature = "record")]
mod record;
mod resources;
mod response;
mod sandbox;
mod schema;
mod service;
mod spec;
mod state;
mod time;
mod user;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use error::{StartError, UnknownOperation};
pub use fault::Fault;
pub use received::ReceivedRequest;
#[cfg(feature = "record")]
pub use record::{Recorder, RecorderSettings};
pub use sandbox::{Sandbox, SandboxBuilder};
pub use spec::OPENAPI;
pub use user::User;
