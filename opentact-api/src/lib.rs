//! Client for the OpenTACT telephony API: SIP user groups.
//!
//! A SIP user group is a named list of SIP users: a ring group, a team.
//!
//! ```no_run
//! # async fn example(alice: uuid::Uuid, bob: uuid::Uuid) -> Result<(), Box<dyn std::error::Error>> {
//! use opentact_api::Client;
//!
//! let client = Client::from_env()?; // OPENTACT_HA1B_TOKEN, OPENTACT_BASE_URL
//!
//! for group in client.list_groups().send().await?.iter() {
//!     println!("{}: {} users", group.name, group.users.len());
//! }
//!
//! let group = client
//!     .create_group()
//!     .body_map(|body| body.name("Sales").users(vec![alice]))
//!     .send()
//!     .await?;
//! println!("{} {}", group.uuid, group.name);
//!
//! // What is left out stays as it is; an empty list empties the group.
//! client.update_group().uuid(group.uuid).body_map(|body| body.name("Sales EMEA")).send().await?;
//! client.update_group().uuid(group.uuid).body_map(|body| body.users(vec![])).send().await?;
//!
//! client.add_group_users().uuid(group.uuid).body_map(|body| body.users(vec![alice])).send().await?;
//! client.add_group_user().uuid(group.uuid).sip_user_uuid(bob).send().await?;
//! let users = client.list_group_users().uuid(group.uuid).send().await?;
//! println!("{} users, status {}", users.len(), users.status());
//!
//! client.remove_group_user().uuid(group.uuid).sip_user_uuid(bob).send().await?;
//! client.delete_group().uuid(group.uuid).send().await?;
//! # Ok(())
//! # }
//! ```
//!
//! A token of one's own goes to [`Client::builder`], and with
//! [`base_url`](ClientBuilder::base_url) requests go to another server:
//!
//! ```
//! use opentact_api::Client;
//!
//! # let token = "the HA1B token";
//! let client = Client::builder(token).build()?;
//! let local = Client::builder(token).base_url("http://127.0.0.1:4010/rest").build()?;
//! # Ok::<_, opentact_api::BuildError>(())
//! ```
//!
//! That token is enough for the operations of most programs. Where an operation wants another one, its
//! documentation names the method of [`ClientBuilder`] that takes it.
//!
//! # Requests
//!
//! Each operation is a method of [`Client`] that returns a request, with a method for each
//! parameter. Bodies are set by property with `body_map`, or as a whole with `body`. What
//! is set is checked before anything is sent: UUIDs, lengths, what is required.
//!
//! # Answers
//!
//! `send` returns the payload as a [`ResponseValue`], which dereferences to it and keeps the
//! [status](ResponseValue::status) and the [headers](ResponseValue::headers). Answers are
//! read leniently: properties that are not known are passed over, and nothing but a group's
//! `uuid` and `name` has to be there. What is as good as a password, a SIP user's `ha1` and
//! `ha1b`, is a [`Secret`].
//!
//! # Errors
//!
//! Every operation fails with the same [`Error`]; its [`kind`](Error::kind) is what a
//! program acts on, and [`is_retryable`](Error::is_retryable) says whether the same call may
//! succeed later. No redirect is followed, and no error, `Debug` or `Display` shows a token.
//!
//! # Time, attempts and size
//!
//! A call ends within a [time](ClientBuilder::timeout), and so does each
//! [attempt](ClientBuilder::attempt_timeout). What the service certainly did not do is tried again,
//! and what may be done twice is tried again where nobody knows: see [`RetryPolicy`]. An answer has
//! a [limit](ClientBuilder::max_response_size), too. A call can be dropped at any moment.
//!
//! Calls are awaited in a Tokio runtime with its timer and its I/O enabled, as `#[tokio::main]`
//! starts it: one without them panics, and cannot be asked beforehand.
//!
//! # Logs
//!
//! Each call is a span of [`tracing`](https://docs.rs/tracing), and each attempt one in it, with the
//! names that OpenTelemetry gives to what an HTTP client does (`http.request.method`,
//! `url.template`, `http.response.status_code`, `http.request.resend_count`, `error.type`, …). An
//! attempt ends with an event: at the level `DEBUG`, and at `WARN` where it failed and is made
//! again. Nothing of a body is in them, and no UUID but at `TRACE`, where an attempt begins with an
//! event that has the path (`url.path`).
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the certificates that the platform trusts.
//! - `native-tls`: TLS by the platform's own library. With `rustls`, that one is used.
//! - `schemars`: `JsonSchema` for every type.
//!
//! Without either TLS, a client speaks to a loopback address only: to a proxy that does the rest.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod auth;
mod base_url;
mod build_error;
mod call;
mod client;
mod client_builder;
mod envelope;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
#[rustfmt::skip] // formatted by the generator, so that it needs no rustfmt
#[allow(clippy::all, clippy::pedantic, unused_qualifications, unused_imports)]
mod generated;
mod operation;
mod retry;
mod retry_after;
mod support;
mod telemetry;
mod undecodable;

pub use auth::secret::Secret;
pub use build_error::BuildError;
pub use chrono;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use error::{Error, ErrorKind};
#[doc(hidden)] // for tests
pub use generated::service::operations::ALL as OPERATIONS;
pub use generated::{builder, types};
pub use progenitor_client::ResponseValue;
pub use reqwest::StatusCode;
pub use reqwest::header::HeaderMap;
pub use retry::RetryPolicy;
pub use uuid::{self, Uuid};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
