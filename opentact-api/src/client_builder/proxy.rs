//! The proxy between a client and the service.

use std::fmt;

use reqwest::{NoProxy, Url};
use zeroize::Zeroizing;

use crate::client_builder::environment;
use crate::credentials::secret::Secret;
use crate::error::build::BuildError;

/// The variables with the URL of a proxy. The first one that is set counts.
const PROXY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The variables with the hosts that are reached without a proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// The longest URL of a proxy in bytes. reqwest silently uses no proxy if a URL is too long for it.
const MAX_URL: usize = 32 * 1024;

/// The proxy between a client and the service. See [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
///
/// A proxy sees the name of the service and encrypted bytes, never a token: the client asks it for a
/// tunnel (`CONNECT`), in which TLS ends at the service. The exception is a proxy that inspects TLS. It
/// shows a certificate of its own, and sees the token if the client trusts
/// [the authority that signed it](crate::ClientBuilder::root_certificate_pem).
///
/// ```
/// use opentact_api::{Client, Proxy};
///
/// # let password = "secret";
/// let proxy = Proxy::url("http://proxy.example.com:3128").credentials("alice", password);
/// let client = Client::builder().ha1b_token("the HA1B token").proxy(proxy).build()?;
/// # Ok::<_, opentact_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    source: Source,
    credentials: Option<(String, Secret)>,
}

#[derive(Clone)]
enum Source {
    Environment,
    None,
    /// The URL may contain credentials.
    Url(Secret),
}

/// The way to the service.
#[derive(Clone)]
pub(super) enum Route {
    Direct,
    Proxy(Box<reqwest::Proxy>),
}

impl Proxy {
    /// Returns the proxy that the environment names, which is the default.
    ///
    /// It is the first of `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY` and `all_proxy` that is set and not
    /// empty. Without any, the client uses no proxy. `NO_PROXY`, or else `no_proxy`, lists hosts that the
    /// client reaches without a proxy, separated by commas: names, which include their subdomains, IP
    /// addresses, networks such as `10.0.0.0/8`, or `*` for all hosts. The variables are read when a
    /// client is built.
    pub fn environment() -> Self {
        Self::new(Source::Environment)
    }

    /// Returns the setting for a client without a proxy, independent of the environment.
    pub fn none() -> Self {
        Self::new(Source::None)
    }

    /// Returns the proxy at a URL, independent of the environment.
    ///
    /// The scheme is `http`, which is the default, or `https`: then the connection to the proxy is
    /// encrypted as well. With the feature `socks`, it may be `socks5h`, `socks5`, `socks4a` or `socks4`;
    /// the proxy resolves the name of the service for `socks5h` and `socks4a`, and the client for the others.
    /// The URL may contain credentials, and its path is ignored. Without a port, the port is 80 for
    /// `http`, 443 for `https` and 1080 for SOCKS.
    pub fn url(url: impl Into<Secret>) -> Self {
        Self::new(Source::Url(url.into()))
    }

    /// Sets the user name and the password for the proxy, instead of those in its URL.
    ///
    /// They are sent to the proxy only. An `http` proxy receives them unencrypted. SOCKS 4 has no
    /// passwords.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some((user.into(), password.into()));
        self
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            credentials: None,
        }
    }

    /// Returns the way to a service on another machine.
    pub(super) fn route(&self) -> Result<Route, BuildError> {
        match &self.source {
            Source::None => Ok(Route::Direct),
            Source::Url(url) => self
                .parsed(url.expose_secret())
                .map(|proxy| Route::Proxy(Box::new(proxy)))
                .map_err(BuildError::InvalidProxy),
            Source::Environment => self.named_by_environment(),
        }
    }

    /// Returns the way to a service that is reached without a proxy. A proxy that cannot be used is an
    /// error even so, unless the environment names it.
    pub(super) fn direct_route(&self) -> Result<Route, BuildError> {
        match self.source {
            Source::Url(_) => self.route().map(|_| Route::Direct),
            Source::Environment | Source::None => Ok(Route::Direct),
        }
    }

    fn named_by_environment(&self) -> Result<Route, BuildError> {
        let Some((variable, url)) = environment::first(&PROXY)? else {
            return Ok(Route::Direct);
        };
        let excluded = environment::first(&NO_PROXY)?.map(|(_, hosts)| hosts);
        let proxy = self.parsed(&url).map_err(|reason| {
            let reason = format!("names a proxy that cannot be used: {reason}");
            BuildError::Environment { variable, reason }
        })?;
        let excluded = NoProxy::from_string(&excluded.unwrap_or_default());
        Ok(Route::Proxy(Box::new(proxy.no_proxy(excluded))))
    }

    /// Reads the URL of a proxy. A reason does not repeat it, because it may contain credentials.
    fn parsed(&self, url: &str) -> Result<reqwest::Proxy, String> {
        let url = url.trim();
        let parsed = if url.contains("://") {
            Url::parse(url)
        } else {
            Url::parse(&format!("http://{url}"))
        };
        let mut url = parsed.map_err(|error| error.to_string())?;
        let scheme = match url.scheme() {
            scheme @ ("http" | "https") => scheme,
            scheme @ ("socks4" | "socks4a" | "socks5" | "socks5h") if cfg!(feature = "socks") => {
                scheme
            }
            "socks4" | "socks4a" | "socks5" | "socks5h" => {
                return Err("SOCKS needs the feature `socks` of opentact-api".to_owned());
            }
            _ => return Err("its scheme is neither `http` nor `https` nor SOCKS".to_owned()),
        };
        let has_passwords = !scheme.starts_with("socks4");
        // reqwest silently uses no proxy if it cannot read the URL, so each part is checked before.
        let host = url.host_str().unwrap_or_default();
        let is_part_of_host = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        if host.is_empty() || !host.chars().all(is_part_of_host) {
            return Err("its host is neither a name in ASCII nor an IP address".to_owned());
        }
        if let Some((user, password)) = &self.credentials {
            if user.contains(':') {
                return Err("its user name contains a colon".to_owned());
            }
            // `Url` keeps a percent sign, which starts an escape.
            let user = user.replace('%', "%25");
            let password = Zeroizing::new(password.expose_secret().replace('%', "%25"));
            let set = url.set_username(&user);
            set.and_then(|()| url.set_password(Some(&password)))
                .map_err(|()| "it cannot have credentials".to_owned())?;
        }
        if !has_passwords && url.password().is_some() {
            return Err("SOCKS 4 has no passwords; use SOCKS 5".to_owned());
        }
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        if url.as_str().len() > MAX_URL {
            return Err("it is too long".to_owned());
        }
        reqwest::Proxy::all(url).map_err(|_| "it is not the URL of a proxy".to_owned())
    }
}

/// `Debug` hides the URL, which may contain credentials.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self.source {
            Source::Environment => "environment",
            Source::None => "none",
            Source::Url(_) => "url",
        };
        f.debug_tuple("Proxy").field(&source).finish()
    }
}
