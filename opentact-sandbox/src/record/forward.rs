//! Requests to the service, and to no other host.

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HOST, HeaderName, PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, response};
use reqwest::Url;

use crate::response::ErrorResponse;

/// Headers of one connection, and those that the recorder sets itself.
const OWN_HEADERS: [HeaderName; 10] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The largest body of a request or a response, in bytes.
pub(super) const MAX_BODY_SIZE: usize = 8 * 1024 * 1024;

/// A response of the service.
pub(super) struct ServiceResponse {
    pub(super) head: response::Parts,
    pub(super) body: Bytes,
}

/// The service.
pub(super) struct Target {
    base: Url,
    /// The base URL without a slash at its end.
    text: String,
    http: reqwest::Client,
}

impl Target {
    pub(super) fn new(base_url: &str, http: reqwest::Client) -> Result<Self, String> {
        let base = Url::parse(base_url).map_err(|error| format!("the base URL: {error}"))?;
        let is_plain = base.username().is_empty()
            && base.password().is_none()
            && base.query().is_none()
            && base.fragment().is_none();
        if !matches!(base.scheme(), "http" | "https") || !is_plain {
            let reason = "the base URL must be `http` or `https`, without credentials or a query";
            return Err(reason.to_owned());
        }
        let text = base.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, text, http })
    }

    pub(super) fn base_url(&self) -> &str {
        &self.text
    }

    pub(super) fn base_path(&self) -> &str {
        self.base.path().trim_end_matches('/')
    }

    /// Returns the path below the base URL. Fails for other paths of the service.
    pub(super) fn path<'u>(&self, uri: &'u Uri) -> Result<&'u str, ErrorResponse> {
        let below = uri.path().strip_prefix(self.base_path());
        let below = below.filter(|path| path.starts_with('/'));
        let leaves_base = |path: &&str| {
            path.to_lowercase()
                .replace("%2e", ".")
                .split(['/', '\\'])
                .any(|segment| segment == ".." || segment == ".")
        };
        below.filter(|path| !leaves_base(path)).ok_or_else(|| {
            let message = format!("the recorder serves paths below {} only", self.base_path());
            ErrorResponse::not_found(message)
        })
    }

    /// Sends a request to the service.
    pub(super) async fn send(
        &self,
        head: &Parts,
        body: Bytes,
    ) -> Result<ServiceResponse, ErrorResponse> {
        let mut url = self.base.clone();
        url.set_path(head.uri.path());
        url.set_query(head.uri.query());
        let mut headers = without_own(&head.headers);
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let request = self.http.request(head.method.clone(), url).headers(headers);
        let request = match body.is_empty() {
            true => request,
            false => request.body(body),
        };
        let failed = |error: reqwest::Error| {
            let host = self.base.host_str().unwrap_or_default();
            let error = error.without_url();
            let cause = innermost(&error);
            let message = format!("the recorder got no response from {host}: {cause}");
            ErrorResponse::new(StatusCode::BAD_GATEWAY, message)
        };
        let mut response = request.send().await.map_err(failed)?;
        let mut received = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            received.extend_from_slice(&chunk);
            if received.len() > MAX_BODY_SIZE {
                let message = format!("the response is larger than {MAX_BODY_SIZE} bytes");
                return Err(ErrorResponse::new(StatusCode::BAD_GATEWAY, message));
            }
        }
        let (mut head, ()) = Response::new(()).into_parts();
        head.status = response.status();
        head.headers = without_own(response.headers());
        Ok(ServiceResponse {
            head,
            body: received.into(),
        })
    }
}

fn without_own(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    for name in OWN_HEADERS {
        kept.remove(name);
    }
    kept
}

/// Returns the last error of the chain, which names the cause.
fn innermost(error: &reqwest::Error) -> String {
    let mut error: &dyn std::error::Error = error;
    while let Some(cause) = error.source() {
        error = cause;
    }
    error.to_string()
}
