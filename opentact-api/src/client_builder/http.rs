//! The settings of the HTTP client.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use crate::client_builder::base_url::BaseUrl;
use crate::client_builder::proxy::{Proxy, Route};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::client_builder::tls::{self, Tls, TlsOptions, TlsVersion, build_error};
use crate::error::build::BuildError;

/// The start of the value of the `User-Agent` header.
const USER_AGENT: &str = concat!("opentact-api/", env!("CARGO_PKG_VERSION"));
/// The largest number of idle connections.
const POOL_MAX_IDLE: usize = 32;
/// The longest time for which a connection is idle. Common servers close theirs after five seconds.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(4);
/// Longer than any connection is idle. The pool cannot add much longer times to an instant.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);
/// The time after which a silent HTTP/2 connection with open requests is tested, and the time in which
/// the server must respond. Both together are shorter than an attempt.
#[cfg(feature = "http2")]
const HTTP2_PING: Duration = Duration::from_secs(5);
/// The addresses of `localhost`, so that no resolver is asked. Port 0 stands for the port of the URL.
const LOCALHOST: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
];

/// A function that returns the builder of an HTTP client.
pub(super) type Factory = Arc<dyn Fn() -> reqwest::ClientBuilder + Send + Sync>;

/// The settings as a caller makes them. Each `None` stands for the default, or for the setting of the
/// caller's own builder.
#[derive(Clone)]
pub(super) struct HttpOptions {
    pub(super) connect_timeout: Duration,
    pub(super) pool_max_idle: Option<usize>,
    pub(super) pool_idle_timeout: Option<Duration>,
    pub(super) http1_only: bool,
    pub(super) user_agent_suffix: Option<String>,
    pub(super) proxy: Option<Proxy>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(super) tls: TlsOptions,
    pub(super) factory: Option<Factory>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_max_idle: None,
            pool_idle_timeout: None,
            http1_only: false,
            user_agent_suffix: None,
            proxy: None,
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            tls: TlsOptions::default(),
            factory: None,
        }
    }
}

impl HttpOptions {
    /// Checks all settings, and reads the environment.
    pub(super) fn checked(mut self, base_url: &BaseUrl) -> Result<HttpSettings, BuildError> {
        let user_agent = user_agent(self.user_agent_suffix.as_deref())
            .map_err(BuildError::InvalidUserAgentSuffix)?;
        if self.factory.is_none() {
            self.pool_max_idle.get_or_insert(POOL_MAX_IDLE);
            self.pool_idle_timeout.get_or_insert(POOL_IDLE_TIMEOUT);
            self.proxy.get_or_insert_with(Proxy::environment);
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            self.tls.min_version.get_or_insert(TlsVersion::default());
        }
        let route = match &self.proxy {
            Some(proxy) if base_url.is_direct() => Some(proxy.direct_route()?),
            Some(proxy) => Some(proxy.route()?),
            None if base_url.is_direct() => Some(Route::Direct),
            None => None,
        };
        Ok(HttpSettings {
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            tls: self.tls.checked()?,
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            is_https: base_url.text.starts_with("https:"),
            is_loopback: base_url.is_loopback,
            user_agent,
            route,
            options: self,
        })
    }
}

impl fmt::Debug for HttpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("pool_max_idle", &self.pool_max_idle)
            .field("pool_idle_timeout", &self.pool_idle_timeout)
            .field("user_agent_suffix", &self.user_agent_suffix)
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

/// The settings after their check. Any number of HTTP clients can be built with them.
#[derive(Clone)]
pub(super) struct HttpSettings {
    options: HttpOptions,
    user_agent: HeaderValue,
    /// `None` for the setting of the caller's own builder.
    route: Option<Route>,
    is_loopback: bool,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    is_https: bool,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    tls: Tls,
}

impl HttpSettings {
    /// Builds an HTTP client. It shares no connection with another one.
    pub(super) fn build(&self) -> Result<reqwest::Client, BuildError> {
        self.builder().build().map_err(build_error)
    }

    fn builder(&self) -> reqwest::ClientBuilder {
        let options = &self.options;
        let client = match &options.factory {
            Some(factory) => factory(),
            None => ours(),
        };
        let mut client = self
            .with_tls(client)
            .user_agent(self.user_agent.clone())
            .redirect(Policy::none())
            // Retries are made and counted by `call`.
            .retry(reqwest::retry::never())
            .connect_timeout(options.connect_timeout);
        if let Some(route) = &self.route {
            client = client.no_proxy();
            if let Route::Proxy(proxy) = route {
                client = client.proxy((**proxy).clone());
            }
        }
        if self.is_loopback {
            // A resolver that does not know `localhost` could name another machine.
            client = client.resolve_to_addrs("localhost", &LOCALHOST);
        }
        // Another crate may have compiled HTTP/2 in.
        if options.http1_only || !cfg!(feature = "http2") {
            client = client.http1_only();
        }
        if let Some(number) = options.pool_max_idle {
            client = client.pool_max_idle_per_host(number);
        }
        match options.pool_idle_timeout {
            Some(Duration::ZERO) => client.pool_max_idle_per_host(0),
            Some(time) => client.pool_idle_timeout((time < FOREVER).then_some(time)),
            None => client,
        }
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn with_tls(&self, client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let client = match self.options.factory {
            // The backend may be one that the caller has set up.
            Some(_) => client,
            None => tls::select_backend(client),
        };
        if self.is_https {
            self.tls.apply(client)
        } else {
            tls::without_certificates(client)
        }
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    fn with_tls(&self, client: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        client
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn build_error(error: reqwest::Error) -> BuildError {
    BuildError::Http(Box::new(error))
}

/// Returns the builder of an HTTP client that is not the caller's own.
fn ours() -> reqwest::ClientBuilder {
    // Another crate may have compiled compression and a resolver in.
    let client = reqwest::Client::builder()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .no_hickory_dns();
    // An attempt that times out does not close its HTTP/2 connection, because others may share it.
    #[cfg(feature = "http2")]
    let client = client
        .http2_keep_alive_interval(HTTP2_PING)
        .http2_keep_alive_timeout(HTTP2_PING);
    client
}

/// Returns the value of the `User-Agent` header, or the reason why a suffix cannot be used.
fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, &'static str> {
    let Some(suffix) = suffix else {
        return Ok(HeaderValue::from_static(USER_AGENT));
    };
    if suffix.trim().is_empty() || suffix.trim() != suffix {
        return Err("it is empty, or starts or ends with white space");
    }
    if !suffix.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Err("it contains characters other than visible ASCII and spaces");
    }
    HeaderValue::try_from(format!("{USER_AGENT} {suffix}")).map_err(|_| "it is not a header value")
}
