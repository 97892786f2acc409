//! The other machines to which the caller allows plain `http`.

use reqwest::Url;

use crate::generated::service::BASE_URL;

/// A host to which a client may send tokens over plain `http`.
#[derive(Clone)]
pub(super) struct PrivateHost(String);

impl PrivateHost {
    /// Checks a host, or returns the reason why it is not allowed.
    pub(super) fn checked(host: &str) -> Result<Self, &'static str> {
        if host.is_empty() {
            return Err("it is empty");
        }
        // `Url` writes the host of a base URL in the same way.
        let url = match host.contains(':') && !host.starts_with('[') {
            true => Url::parse(&format!("http://[{host}]/")),
            false => Url::parse(&format!("http://{host}/")),
        };
        let not_a_host = "it is not a host without scheme, port and path, such as `sandbox`";
        let url = url.map_err(|_| not_a_host)?;
        let name = url.host_str().unwrap_or_default();
        let given = host.trim_start_matches('[').trim_end_matches(']');
        let is_same = name.trim_start_matches('[').trim_end_matches(']') == given.to_lowercase();
        if !is_same || host.contains(['*', '%']) {
            return Err(not_a_host);
        }
        if is_of_service(name) {
            return Err("it is a host of the service; use `https`");
        }
        Ok(Self(name.to_owned()))
    }

    pub(super) fn is(&self, host: &str) -> bool {
        self.0 == host
    }
}

/// Returns `true` for the domain of the service, and for all names below it.
fn is_of_service(host: &str) -> bool {
    let service = Url::parse(BASE_URL);
    let service = service.as_ref().ok().and_then(Url::host_str);
    let Some(service) = service else {
        return false;
    };
    // `api.example.com` belongs to `example.com`. A domain of two labels stays as it is.
    let domain = match service.split_once('.') {
        Some((_, parent)) if parent.contains('.') => parent,
        _ => service,
    };
    let host = host.trim_end_matches('.');
    let below = host.strip_suffix(domain);
    below.is_some_and(|labels| labels.is_empty() || labels.ends_with('.'))
}
