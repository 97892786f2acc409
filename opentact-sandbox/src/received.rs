//! The requests that the sandbox received, without their secrets.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

/// The number of requests that are kept. Older ones are forgotten.
const KEPT: usize = 1_000;

/// A request that a sandbox received, with its outcome. Secrets are masked.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use opentact_api::Client;
/// use opentact_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let client = Client::builder().ha1b_token(sandbox.token("alice")).base_url(sandbox.url()).build()?;
/// client.create_group().body_map(|body| body.name("Sales")).send().await?;
///
/// let requests = sandbox.requests();
/// assert_eq!(requests[0].operation(), Some("create_group"));
/// assert_eq!(requests[0].body().unwrap()["name"], "Sales");
/// assert_eq!(requests[0].status(), Some(200));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    pub(crate) received_on: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Map<String, Value>,
    pub(crate) headers: Value,
    pub(crate) body: Option<Value>,
    pub(crate) body_size: usize,
    pub(crate) operation: Option<String>,
    pub(crate) fault: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) duration: Duration,
}

impl ReceivedRequest {
    /// Returns the method: `GET`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the path: `/rest/app/group`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the name of the operation in Rust, or its `operationId`: `list_groups`. Returns `None` if
    /// the spec has no such operation.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// Returns the JSON body. Returns `None` if there is none, if it is not JSON, or if it is larger than
    /// 64 KiB.
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// Returns the status of the response. Returns `None` if a fault replaced the response with raw
    /// bytes or dropped the connection.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the kind of the fault that the request had: `status`, `delay_ms`, `drop` or `raw`.
    pub fn fault(&self) -> Option<&str> {
        self.fault
    }

    /// Returns the request in the format of `GET /_sandbox/requests`.
    pub fn to_json(&self) -> Value {
        let mut json = Map::new();
        let mut set = |name: &str, value: Value| drop(json.insert(name.to_owned(), value));
        set("received_on", self.received_on.as_str().into());
        set("method", self.method.as_str().into());
        set("path", self.path.as_str().into());
        set("query", self.query.clone().into());
        set("headers", self.headers.clone());
        if let Some(body) = &self.body {
            set("body", body.clone());
        }
        set("body_size", self.body_size.into());
        if let Some(operation) = &self.operation {
            set("operation", operation.as_str().into());
        }
        if let Some(fault) = self.fault {
            set("fault", fault.into());
        }
        if let Some(status) = self.status {
            set("status", status.into());
        }
        let milliseconds = u64::try_from(self.duration.as_millis());
        set("duration_ms", milliseconds.unwrap_or(u64::MAX).into());
        json.into()
    }
}

/// One line of a log: `POST /rest/app/group create_group 200 3 ms`.
impl fmt::Display for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.query {
            let values = match value {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            query.extend_pairs(
                values
                    .iter()
                    .map(|value| (name, value.as_str().unwrap_or_default())),
            );
        }
        if !self.query.is_empty() {
            write!(f, "?{}", query.finish())?;
        }
        if let Some(operation) = &self.operation {
            write!(f, " {operation}")?;
        }
        match self.status {
            Some(status) => write!(f, " {status}")?,
            None => write!(f, " no response")?,
        }
        if let Some(fault) = self.fault {
            write!(f, " (fault: {fault})")?;
        }
        write!(f, " {} ms", self.duration.as_millis())
    }
}

/// The operation that a request reached, as an extension of its response.
#[derive(Clone)]
pub(crate) struct Reached {
    pub(crate) operation: String,
    /// The path template: `/rest/app/group/{uuid}`.
    pub(crate) path: String,
}

/// The kind of the fault that a request had, as an extension of its response.
#[derive(Clone, Copy)]
pub(crate) struct Faulted {
    pub(crate) kind: &'static str,
    pub(crate) has_status: bool,
}

/// A function that receives each request after its response.
pub(crate) type Listener = Arc<dyn Fn(&ReceivedRequest) + Send + Sync>;

/// The requests received so far, the oldest first.
pub(crate) struct RequestLog {
    requests: Mutex<VecDeque<ReceivedRequest>>,
    listener: Option<Listener>,
}

impl RequestLog {
    pub(crate) fn new(listener: Option<Listener>) -> Self {
        let requests = Mutex::default();
        Self { requests, listener }
    }

    pub(crate) fn push(&self, request: ReceivedRequest) {
        if let Some(listener) = &self.listener {
            listener(&request);
        }
        self.with(|requests| {
            if requests.len() == KEPT {
                requests.pop_front();
            }
            requests.push_back(request);
        });
    }

    pub(crate) fn clear(&self) {
        self.with(VecDeque::clear);
    }

    pub(crate) fn list(&self) -> Vec<ReceivedRequest> {
        self.with(|requests| requests.iter().cloned().collect())
    }

    fn with<T>(&self, change: impl FnOnce(&mut VecDeque<ReceivedRequest>) -> T) -> T {
        change(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
