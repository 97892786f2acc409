//! The check of the base URL, to which tokens are sent.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

/// The addresses of `localhost`, so that no resolver is asked. Port 0 stands for the port of the URL.
pub(crate) const LOCALHOST: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
];

/// Returns a base URL without slashes at its end, or the reason why it cannot be used.
pub(super) fn checked(url: &str) -> Result<String, String> {
    let parsed = Url::parse(url).map_err(|error| error.to_string())?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err("it contains credentials; only the token is sent".to_owned());
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err("it contains a query or a fragment; paths are appended to it".to_owned());
    }
    let reason = match parsed.scheme() {
        "https" if cfg!(any(feature = "rustls", feature = "native-tls")) => None,
        "https" => Some("`https` needs the feature `rustls` or `native-tls` of opentact-api"),
        "http" if is_loopback(&parsed) => None,
        "http" => {
            Some("plain `http` to another machine would show the token to the network; use `https`")
        }
        _ => Some("it is neither `https` nor `http`"),
    };
    match reason {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(parsed.as_str().trim_end_matches('/').to_owned()),
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
