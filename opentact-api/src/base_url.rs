//! Where a token may be sent.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

use crate::build_error::BuildError;

/// Where `localhost` is, whatever a resolver says. The port is that of the URL.
pub(crate) const LOCALHOST: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
];

/// Checks a base URL and takes slashes off its end.
pub(crate) fn checked(url: &str) -> Result<String, BuildError> {
    let refused = |reason: &str| BuildError::InvalidBaseUrl(reason.to_owned());
    let parsed = Url::parse(url).map_err(|error| refused(&error.to_string()))?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(refused(
            "it has credentials in it; the token is all that is sent",
        ));
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(refused(
            "it has a query or a fragment; paths are appended to it",
        ));
    }
    match parsed.scheme() {
        "https" if cfg!(any(feature = "rustls", feature = "native-tls")) => {}
        "https" => {
            return Err(refused(
                "`https` needs the feature `rustls` or `native-tls` of opentact-api",
            ));
        }
        "http" if is_loopback(&parsed) => {}
        "http" => {
            return Err(refused(
                "plain `http` to another machine would show the token to the network; use `https`",
            ));
        }
        _ => return Err(refused("it is neither `https` nor `http`")),
    }
    Ok(parsed.as_str().trim_end_matches('/').to_owned())
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}
