//! A request with its response, as a JSON file without secrets.

use std::time::Duration;

use axum::http::{Method, StatusCode, request, response};
use chrono::Utc;
use serde_json::{Value, json};

use crate::mask::{SecretNames, Secrets};
use crate::spec::{Operation, Spec};
use crate::time::timestamp;

/// A request with its response.
pub(super) struct Pair<'a> {
    pub(super) base_url: &'a str,
    pub(super) head: &'a request::Parts,
    /// The path below the base URL.
    pub(super) path: &'a str,
    pub(super) request_body: &'a [u8],
    pub(super) response: &'a response::Parts,
    pub(super) response_body: &'a [u8],
    pub(super) operation: Option<&'a Operation>,
    pub(super) duration: Duration,
}

/// Returns the operation of the spec with this method and this path. Of several, it is the one with the
/// fewest parameters in its path.
pub(super) fn operation_of<'s>(
    spec: &'s Spec,
    method: &Method,
    path: &str,
) -> Option<&'s Operation> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |operation: &&Operation| {
        let template: Vec<&str> = operation.path.split('/').collect();
        operation.method == *method
            && template.len() == segments.len()
            && template.iter().zip(&segments).all(|(template, segment)| {
                template == segment || (template.starts_with('{') && !segment.is_empty())
            })
    };
    let operations = spec.operations.iter().map(AsRef::as_ref);
    let found = operations.filter(fits);
    found.min_by_key(|operation| operation.path.matches('{').count())
}

/// Returns the mistakes that a pair has by the spec, for a log.
pub(super) fn mistakes(pair: &Value) -> String {
    let part = |name: &str| match &pair["spec"][name] {
        Value::String(mistake) => format!("; {name}: {mistake}"),
        _ => String::new(),
    };
    part("request") + &part("response")
}

impl Pair<'_> {
    /// Returns the name of the file: `0001-list_groups-200.json`.
    pub(super) fn file_name(&self, number: u64) -> String {
        let name = match self.operation {
            Some(operation) => operation.name().to_owned(),
            None => self.head.method.as_str().to_lowercase(),
        };
        let status = self.response.status.as_u16();
        format!("{number:04}-{name}-{status}.json")
    }

    pub(super) fn to_json(&self, names: &SecretNames) -> Value {
        let mut secrets = Secrets::default();
        let request_headers = names.mask_headers(&self.head.headers, &mut secrets);
        let query = self.head.uri.query().unwrap_or_default();
        let query = names.mask_query(query, &mut secrets);
        let path = match self.operation {
            Some(operation) => names.mask_path(self.path, &operation.path, &mut secrets),
            None => names.mask_unknown_path(self.path, &mut secrets),
        };
        let request_body = parsed(self.request_body);
        let response_body = parsed(self.response_body);
        let spec = self.check(request_body.as_ref(), response_body.as_ref());
        let mut masked = |body: Option<Value>| {
            body.map(|mut body| {
                names.mask_properties(&mut body, &mut secrets);
                body
            })
        };
        let (request_body, response_body) = (masked(request_body), masked(response_body));
        let response_headers = names.mask_headers(&self.response.headers, &mut secrets);
        let milliseconds = u64::try_from(self.duration.as_millis());
        let mut pair = json!({
            "recording": 1,
            "recorded_on": timestamp(Utc::now()),
            "base_url": self.base_url,
            "operation": self.operation.map(Operation::name),
            "request": {
                "method": self.head.method.as_str(),
                "path": path,
                "query": query,
                "headers": request_headers,
                "body": request_body,
                "body_size": self.request_body.len(),
            },
            "response": {
                "status": self.response.status.as_u16(),
                "headers": response_headers,
                "body": response_body,
                "body_size": self.response_body.len(),
                "duration_ms": milliseconds.unwrap_or(u64::MAX),
            },
        });
        for part in ["request", "response"] {
            secrets.mask(&mut pair[part]);
        }
        pair["spec"] = spec;
        pair
    }

    /// Returns the first mistake of the request and of the response by the spec. A mistake repeats no
    /// value.
    fn check(&self, request: Option<&Value>, response: Option<&Value>) -> Value {
        let Some(operation) = self.operation else {
            return Value::Null;
        };
        let request = match (&operation.body, request) {
            (Some(expected), Some(body)) => expected.schema.check("the body", body).err(),
            (Some(_), None) if !self.request_body.is_empty() => Some("it is not JSON".to_owned()),
            _ => None,
        };
        let response = match response {
            Some(body) => operation.check_response(self.response.status, body).err(),
            None if self.response_body.is_empty() && has_no_content(self.response.status) => None,
            None => Some("it is not JSON".to_owned()),
        };
        json!({ "request": request, "response": response })
    }
}

fn has_no_content(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    )
}

/// Returns a body that is JSON. Secrets in other bodies could not be masked by name.
fn parsed(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok()
}
