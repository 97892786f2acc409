//! The HTTP client and its TLS backend.

use std::time::Duration;

use reqwest::redirect::Policy;

use crate::client_builder::base_url::LOCALHOST;

/// The value of the `User-Agent` header.
const USER_AGENT: &str = concat!("opentact-api/", env!("CARGO_PKG_VERSION"));

/// Creates the HTTP client for a base URL.
pub(super) fn client(
    base_url: &str,
    connect_timeout: Duration,
) -> reqwest::Result<reqwest::Client> {
    let mut client = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        // Retries are made and counted by `call`.
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout);
    if !base_url.starts_with("https:") {
        // A proxy, or a resolver that does not know `localhost`, would send a request to this
        // machine over the network in plain text.
        client = client.no_proxy().resolve_to_addrs("localhost", &LOCALHOST);
    }
    with_tls(client).build()
}

/// Selects rustls if both backends are compiled in, even if another crate enabled native-tls.
#[cfg(feature = "rustls")]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_rustls()
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client.tls_backend_native()
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    client
}
