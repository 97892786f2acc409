//! The check of the base URL, to which tokens are sent.

use std::net::IpAddr;

use reqwest::Url;

use crate::client_builder::private_host::PrivateHost;

/// A base URL that was checked.
pub(super) struct BaseUrl {
    /// The URL without slashes at its end.
    pub(super) text: String,
    /// `true` if its host is this machine.
    pub(super) is_loopback: bool,
}

impl BaseUrl {
    /// Returns `true` if no proxy is used: a proxy would see the token of plain `http`.
    pub(super) fn is_direct(&self) -> bool {
        self.is_loopback || self.text.starts_with("http:")
    }
}

/// Checks a base URL, or returns the reason why it cannot be used. `private` are the other machines
/// that the caller allows for plain `http`.
pub(super) fn checked(url: &str, private: &[PrivateHost]) -> Result<BaseUrl, String> {
    let parsed = Url::parse(url).map_err(|error| error.to_string())?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err("it contains credentials; only the token is sent".to_owned());
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err("it contains a query or a fragment; paths are appended to it".to_owned());
    }
    let is_loopback = is_loopback(&parsed);
    let host = parsed.host_str().unwrap_or_default();
    let reason = match parsed.scheme() {
        "https" if cfg!(any(feature = "rustls", feature = "native-tls")) => None,
        "https" => Some("`https` needs the feature `rustls` or `native-tls` of opentact-api"),
        "http" if is_loopback || private.iter().any(|allowed| allowed.is(host)) => None,
        "http" => {
            Some("plain `http` to another machine would show the token to the network; use `https`")
        }
        _ => Some("it is neither `https` nor `http`"),
    };
    match reason {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(BaseUrl {
            text: parsed.as_str().trim_end_matches('/').to_owned(),
            is_loopback,
        }),
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}
