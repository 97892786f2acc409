//! A client for the OpenTACT telephony API: SIP users and groups, telephone numbers, SMS, accounts,
//! billing and more.
//!
//! Each page of the API is a module and a [feature](#features), such as [`groups`]. A SIP user group is
//! a named list of SIP users: a ring group, a team.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use opentact_api::Client;
//!
//! let client = Client::from_env()?; // OPENTACT_HA1B_TOKEN, …
//!
//! let users = client.list_same_domain_users().send().await?;
//! let uuid_of = |login| {
//!     let user = users.iter().find(|user| user.login.as_deref() == Some(login));
//!     user.map(|user| user.uuid).ok_or("no such user")
//! };
//! let (alice, bob) = (uuid_of("alice")?, uuid_of("bob")?);
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
//! // Omitted properties stay as they are; an empty list removes all users.
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
//! # Sources
//!
//! OpenTACT publishes no machine-readable description of its API, and no operation was tried against the
//! service. The documentation of each operation names its source: a public page of the vendor, the API as
//! of 2021, or both. An operation that no public page confirms may have changed since.
//!
//! # Authentication
//!
//! [`ClientBuilder`] takes a token for each security scheme of the API:
//!
//! | Method | Token | Header |
//! |---|---|---|
//! | [`ha1b_token`](ClientBuilder::ha1b_token) | that of a SIP user | `X-Auth-HA1B-Token` |
//! | [`jwt`](ClientBuilder::jwt) | a JSON Web Token of an account user, valid for a day | `X-Auth-Token` |
//! | [`bearer_token`](ClientBuilder::bearer_token) | a token that an account user created | `Authorization: Bearer` |
//! | [`sign_in`](ClientBuilder::sign_in) | none: the client gets a JSON Web Token, and renews it | `X-Auth-Token` |
//!
//! ```
//! use opentact_api::Client;
//!
//! # let (token, password) = ("the token of a SIP user", "the password");
//! let client = Client::builder()
//!     .ha1b_token(token) // for groups and the SIP user itself
//!     .sign_in("admin@acme.example", password) // for everything else
//!     .build()?;
//! let local = Client::builder().ha1b_token(token).base_url("http://127.0.0.1:4010/rest").build()?;
//! # Ok::<_, opentact_api::BuildError>(())
//! ```
//!
//! An operation lists the schemes that it accepts, in the order of preference. The client sends the first
//! token of this list that it has, and no other. If it has none of them, the operation fails with
//! [`ErrorKind::MissingToken`] before anything is sent, and the message names the methods that would help.
//! Public operations, such as those of a password reset, send no token. A client without any token is
//! enough for them.
//!
//! With [`sign_in`](ClientBuilder::sign_in), the client gets a JSON Web Token when an operation first
//! needs one. All clones share it, and renew it before it ends and after a 401. Calls at the same time
//! wait for one sign-in. The method exists with the feature `sign-in`, which each page whose operations
//! accept the token enables.
//!
//! [`Client::from_env`] reads the tokens from `OPENTACT_HA1B_TOKEN`, `OPENTACT_BEARER_TOKEN` and
//! `OPENTACT_JWT`, and the base URL from `OPENTACT_BASE_URL`. It fails if no token is set.
//!
//! # Requests
//!
//! Each operation is a method of [`Client`]. It returns a request with a method for each parameter.
//! `body_map` sets properties of the body, and `body` sets the body as a whole. UUIDs, required values,
//! and documented limits of lengths and numbers are checked before anything is sent.
//!
//! A property that can be `null` has three states: it is left out and stays as it is, it is cleared by
//! [`Nullable::Null`], or it is set to a value.
//!
//! ```no_run
//! # #[cfg(feature = "sip-domains")]
//! # async fn example(client: opentact_api::Client, app: uuid::Uuid) -> Result<(), opentact_api::Error> {
//! use opentact_api::Nullable;
//!
//! client
//!     .update_sip_domain()
//!     .domain("acme.example")
//!     .body_map(|body| body.sip_connection(Nullable::Null).sip_control_app(app))
//!     .send()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! Every request also has methods for the options of this one call: `timeout`, `attempt_timeout`,
//! `retry`, `header`, and one for each token that the operation accepts. They replace the settings of the
//! client; a token of the call is sent in place of all tokens of the client:
//!
//! ```no_run
//! # async fn example(client: opentact_api::Client, token: String) -> Result<(), opentact_api::Error> {
//! use std::time::Duration;
//! use opentact_api::RetryPolicy;
//!
//! let groups = client
//!     .list_groups()
//!     .ha1b_token(token) // of the user for whom the program acts
//!     .header("x-request-id", "7f3a")
//!     .timeout(Duration::from_secs(5))
//!     .retry(RetryPolicy::never())
//!     .send()
//!     .await?;
//! # drop(groups);
//! # Ok(())
//! # }
//! ```
//!
//! A program that selects operations at run time sends an [`OperationRequest`], with parameters and a body
//! that it names itself.
//!
//! # Blocking calls
//!
//! With the feature `blocking`, every request has a method `send_blocking` beside `send`. It blocks the
//! thread until the call ends, and needs no runtime: the call runs on a thread of this crate, which
//! the first call starts. It also works inside a Tokio runtime, where it stops all other tasks of its
//! thread. Time limits, retries and errors are those of `send`.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # fn example(client: opentact_api::Client) -> Result<(), opentact_api::Error> {
//! for group in client.list_groups().send_blocking()?.iter() {
//!     println!("{}", group.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Responses
//!
//! `send` returns the payload as a [`ResponseValue`], which dereferences to the payload and keeps the
//! [status](ResponseValue::status) and the [headers](ResponseValue::headers). Responses are read
//! leniently: unknown properties are ignored, and only those that identify an object are required, such
//! as a `uuid`. An optional property that cannot be read is left out, and
//! [recorded](ResponseValue::warnings).
//!
//! - An enumeration has a variant for each known value, and `Unknown` for any other, which is kept.
//!   Requests refuse `Unknown`, and so does parsing with [`str::parse`].
//! - Amounts and other numbers with a fraction are of type [`Decimal`], which keeps all digits.
//! - A value that comes as a string in some responses and as an integer in others, such as a telephone
//!   number, is a [`StringOrInteger`].
//! - Passwords, tokens and digests are of type [`Secret`], which hides them.
//!
//! Types that are only received have no builder. Tests make them from JSON:
//!
//! ```
//! # #[cfg(feature = "messaging")] {
//! use opentact_api::StringOrInteger;
//! use opentact_api::messaging::{OutboundSms, SmsState};
//! use serde_json::json;
//!
//! let sms: OutboundSms = serde_json::from_value(json!({
//!     "uuid": "0b7c1f8e-6a55-4c53-9d1c-3f1d8f6f8b10",
//!     "state": "queued",
//!     "to": 12025550143_u64,
//! }))?;
//! assert_eq!(sms.state, Some(SmsState::Unknown("queued".to_owned())));
//! assert_eq!(sms.to, Some(StringOrInteger::from(12_025_550_143_i64)));
//! assert!("queued".parse::<SmsState>().is_err());
//! # }
//! # Ok::<_, serde_json::Error>(())
//! ```
//!
//! # Paging
//!
//! A paged operation returns one page with `send`. With `stream`, it returns the items of all pages as an
//! [`ItemStream`], which is a [`futures_core::Stream`](https://docs.rs/futures-core). It requests a page
//! when it needs one. After an error, it goes on at the same page.
//!
//! ```no_run
//! # #[cfg(feature = "messaging")]
//! # async fn example(client: opentact_api::Client) -> Result<(), opentact_api::Error> {
//! let mut log = client.search_outbound_sms().take(100).stream();
//! while let Some(sms) = log.next().await {
//!     println!("{}", sms?.uuid);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! Every operation returns the same [`Error`]. Programs decide by its [`kind`](Error::kind), and
//! [`is_retryable`](Error::is_retryable) tells if the same call may succeed later. If the caller must
//! change something first, [`is_client_fault`](Error::is_client_fault) returns `true`. For reports to
//! the service, an error keeps the [headers](Error::headers) of the response and the
//! [id of the request](Error::request_id), and if the service refused parameters, their
//! [paths and the reasons](Error::fields). Redirects are not followed, and no error, `Debug` or
//! `Display` shows a token or a password.
//!
//! # Timeouts, retries and limits
//!
//! A call has a [timeout](ClientBuilder::timeout), and so has each
//! [attempt](ClientBuilder::attempt_timeout). The client retries a failed attempt if the service
//! certainly did nothing. If the outcome is unknown, it retries idempotent operations only: see
//! [`RetryPolicy`]. The size of a response has a [limit](ClientBuilder::max_response_size). A call
//! can be dropped at any time.
//!
//! Calls must be awaited in a Tokio runtime with its timer and I/O enabled, such as that of
//! `#[tokio::main]`. In a runtime without them, a call panics, because Tokio offers no way to check.
//!
//! # TLS, proxies and connections
//!
//! [`ClientBuilder`] takes [root certificates](ClientBuilder::root_certificate_pem) of your own, a
//! [client certificate](ClientBuilder::client_certificate_pem) and the
//! [oldest version](ClientBuilder::min_tls_version) of TLS. The client uses the [`Proxy`] that the
//! environment names (`HTTPS_PROXY`, `NO_PROXY`), unless [`ClientBuilder::proxy`] sets another one or
//! none. It keeps [few idle connections](ClientBuilder::pool_max_idle) for a
//! [short time](ClientBuilder::pool_idle_timeout).
//!
//! # Metrics
//!
//! An [`Observer`] receives a report on every attempt: operation, URL template, status, duration and
//! kind of error, but no secrets. [`ClientBuilder::observer`] takes it.
//!
//! # Logs
//!
//! Each call is a span of [`tracing`](https://docs.rs/tracing), and each attempt is a span in it.
//! They use OpenTelemetry's names for HTTP clients (`http.request.method`, `url.template`,
//! `http.response.status_code`, `http.request.resend_count`, `error.type`, …). An attempt ends with
//! an event, unless its call is dropped. The level is `DEBUG`, or `WARN` if the attempt failed and is
//! retried. It is also `WARN` if properties of the response [could not be read](ResponseValue::warnings):
//! `opentact.warnings` is their number. Spans and events contain nothing from bodies. The path with its
//! UUIDs (`url.path`) is in an event at the level `TRACE` at the start of an attempt; a secret in it, such
//! as the token of an invite, is redacted.
//!
//! # Features
//!
//! A feature for each page of the API enables its operations, and the types that they need. `app` and
//! `groups` are enabled by default; `full` enables all pages.
//!
//! | Feature and module | Page |
//! |---|---|
//! | [`app`] (default) | the SIP user whose token is sent, and the users of the same domain |
//! | [`groups`] (default) | SIP user groups |
//! | [`account`] | accounts, account users, addresses, office hours, voice and number profiles, settings |
//! | [`auth`] | the operations of signing in, and tokens |
//! | [`billing`] | payments, transactions, the cart |
//! | [`dictionaries`] | countries, time zones, voices |
//! | [`messaging`] | SMS and messaging profiles |
//! | [`numbers`] | telephone numbers: search, order, lease |
//! | `sip-apps`: [`sip_apps`] | SIP control apps and their calls |
//! | `sip-connections`: [`sip_connections`] | SIP connections |
//! | `sip-domains`: [`sip_domains`] | SIP domains, their users, invites and switches |
//! | [`video`] | video conferences |
//!
//! Types that several pages share are in [`common`]. Other features:
//!
//! - `rustls` (default): TLS by rustls, with the certificates that the platform trusts.
//! - `native-tls`: TLS by the platform's own library. If `rustls` is enabled too, rustls is used.
//! - `http2`: HTTP/2 with servers that offer it. Without it, requests are HTTP/1.1.
//! - `socks`: SOCKS proxies.
//! - `blocking`: [blocking calls](#blocking-calls).
//! - `ha1b`: [`ha1b`], which computes the token of a SIP user from its password, by a formula that is not
//!   confirmed for this service.
//! - `sign-in`: [`ClientBuilder::sign_in`]. All pages but `app` and `groups` enable it.
//! - `schemars`: `JsonSchema` for every type.
//! - `deserialize-requests`: `Deserialize` for types that are only sent, for servers in tests.
//!
//! Without either TLS feature, a client connects to loopback addresses only, such as a local proxy, and to
//! the hosts of [`ClientBuilder::allow_http_to`].
//!
//! WebAssembly is not supported: the crate needs sockets.
//!
//! # The source code
//!
//! `generated` has a module for each page, derived from the spec. Everything else is hand-written
//! and knows no operation. A call starts in `client` and continues in `call`: attempts, deadline,
//! response, envelope. `error` has the outcome of a failed call.

#![cfg_attr(docsrs, feature(doc_cfg), doc(auto_cfg(hide(target_family = "wasm"))))]
// Each page uses parts of the crate that another one does not.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports, unused_macros))]

#[cfg(target_family = "wasm")]
compile_error!(
    "opentact-api does not support WebAssembly: it needs sockets, which browsers do not offer"
);

/// Compiles items under a condition. rustfmt knows macros of this name, and formats the files of the
/// modules in them.
macro_rules! cfg_if {
    (if #[cfg($condition:meta)] { $($item:item)* }) => {
        $(#[cfg($condition)] $item)*
    };
}

cfg_if! {
    if #[cfg(not(target_family = "wasm"))] {
        #[cfg(any(feature = "blocking", feature = "sign-in"))]
        mod background;
        #[cfg(feature = "blocking")]
        mod blocking;
        mod call;
        mod client;
        mod client_builder;
        mod conversion_error;
        mod decimal;
        mod credentials;
        mod duration;
        mod error;
        #[cfg(fuzzing)]
        #[doc(hidden)]
        pub mod fuzzing;
        #[rustfmt::skip] // the generator formats it, so that it needs no rustfmt
        #[allow(clippy::all, clippy::pedantic, unused_qualifications, unused_imports)]
        mod generated;
        #[cfg(feature = "ha1b")]
        mod ha1b;
        mod nullable;
        mod observer;
        mod operation;
        mod operation_request;
        mod paging;
        mod request_id;
        mod response_value;
        mod string_or_integer;
        mod support;
        mod telemetry;

        pub use call::retry::RetryPolicy;
        pub use chrono;
        pub use client::Client;
        pub use client_builder::ClientBuilder;
        pub use client_builder::proxy::Proxy;
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        pub use client_builder::tls::TlsVersion;
        pub use decimal::{Decimal, ParseDecimalError};
        pub use conversion_error::ConversionError;
        pub use credentials::secret::Secret;
        pub use error::Error;
        pub use error::build::BuildError;
        pub use error::field::FieldError;
        pub use error::kind::ErrorKind;
        #[cfg(feature = "ha1b")]
        pub use ha1b::ha1b;
        #[doc(hidden)] // for tests
        pub use generated::service::OPERATIONS;
        pub use nullable::{IntoNullable, Nullable};
        #[allow(unreachable_pub)] // without a page, it is nothing
        pub use generated::*;
        pub use observer::{AttemptReport, Observer};
        pub use operation_request::OperationRequest;
        pub use paging::ItemStream;
        pub use reqwest::header::HeaderMap;
        pub use reqwest::{self, StatusCode};
        pub use response_value::warning::Warning;
        pub use response_value::{ResponseParts, ResponseValue};
        pub use serde_json;
        pub use string_or_integer::StringOrInteger;
        pub use support::open_enum::UnknownValue;
        pub use uuid::{self, Uuid};
    }
}

/// The example of the README, as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
