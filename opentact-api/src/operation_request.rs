//! A request for an operation that a program selects by its name at run time.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::credentials::recording::Recording;
use crate::credentials::secret::Secret;
use crate::error::Error;
use crate::generated::service::OPERATIONS;
use crate::operation::Operation;
use crate::response_value::ResponseValue;
use crate::support::options::{CallOptions, call_options};
use crate::support::request::invalid;
use crate::support::url::encode_path;

/// A request for an operation that a program selects by its name at run time, such as a tool that knows
/// operations from the spec.
///
/// It is sent like the request of the operation's method of [`Client`]: with the token that the operation
/// accepts, within the same limits, with the same retries and errors. Only the path is checked: each of its
/// parameters has a value that stays in its place. The caller is responsible for the names and types of
/// everything else, and for [secrets](Self::secret).
///
/// ```no_run
/// # async fn example(client: opentact_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use opentact_api::OperationRequest;
/// use opentact_api::serde_json::{Value, json};
///
/// let request = OperationRequest::new(&client, "update_group").ok_or("no such operation")?;
/// let group = request
///     .path("uuid", "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41")
///     .body(&json!({"name": "Sales"}))
///     .send::<Value>()
///     .await?;
/// println!("{}", group["name"]);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request is not sent until `send` is called and awaited"]
pub struct OperationRequest<'a> {
    client: &'a Client,
    operation: &'static Operation,
    path: Pairs,
    query: Pairs,
    body: Option<Result<Body, String>>,
    call_options: CallOptions,
}

/// Names with values, which may be secrets.
#[derive(Clone, Default)]
struct Pairs(Vec<(String, String)>);

/// A body in JSON, which may contain secrets.
#[derive(Clone)]
struct Body(Vec<u8>);

// `#[inline]` compiles the methods in the programs that call them, which are few.
impl<'a> OperationRequest<'a> {
    /// Returns a request for the operation with this name: that of its method of [`Client`], such as
    /// `list_groups`. Returns `None` if no page that is [enabled](crate#features) has it.
    #[inline]
    pub fn new(client: &'a Client, operation: &str) -> Option<Self> {
        let mut operations = OPERATIONS.iter();
        Some(Self {
            client,
            operation: operations.find(|known| known.name == operation)?,
            path: Pairs::default(),
            query: Pairs::default(),
            body: None,
            call_options: CallOptions::default(),
        })
    }

    /// Sets a parameter of the path, as text that is not escaped. A second value replaces the first one.
    #[inline]
    pub fn path(mut self, name: &str, value: &str) -> Self {
        self.path.0.retain(|(known, _)| known != name);
        self.path.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a parameter of the query, as text that is not escaped. A list has several values.
    #[inline]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the request body, which is sent as JSON. Values of type [`Secret`] in it are redacted from
    /// errors and logs.
    pub fn body(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let recording = Recording::start();
        let body = serde_json::to_vec(body).map(Body);
        for secret in recording.secrets() {
            self.call_options.add_secret(&Secret::from(secret));
        }
        self.body = Some(body.map_err(|error| format!("`body`: {error}")));
        self
    }

    /// Adds a secret of the request, such as the token of an invite in the path or a password in the body.
    /// It is redacted from errors and logs, like the tokens of the client. It is not sent by itself.
    #[inline]
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.call_options.add_secret(&secret.into());
        self
    }

    call_options!();

    /// Sends the request, and returns the payload of the response as the type of the caller, such as
    /// [`serde_json::Value`].
    ///
    /// # Errors
    /// Returns an [`Error`] if a parameter of the path is missing or does not stay in its place, in which
    /// case nothing is sent; if the service is not reached; or if its response is an error or cannot be
    /// decoded.
    pub async fn send<T>(self) -> Result<ResponseValue<T>, Error>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let (client, operation) = (self.client, self.operation);
        client.send(operation, self.request()).await
    }

    /// Sends the request, and blocks the thread until the call ends. It works inside and outside of a Tokio
    /// runtime: the call runs on a thread of this crate.
    ///
    /// # Errors
    /// Returns the errors of [`send`](Self::send).
    #[cfg(feature = "blocking")]
    pub fn send_blocking<T>(self) -> Result<ResponseValue<T>, Error>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let (client, operation) = (self.client, self.operation);
        client.send_blocking(operation, self.request())
    }

    #[inline]
    fn request(self) -> Result<(Request, CallOptions), Error> {
        let Self {
            client,
            operation,
            path,
            query,
            body,
            call_options,
        } = self;
        let refuse = |reason: String| invalid(client, &call_options, operation)(reason);
        let path = path.fill(operation.path).map_err(refuse)?;
        let url = format!("{}{path}", client.baseurl);
        let method = Method::try_from(operation.method);
        let method = method.map_err(|error| refuse(error.to_string()))?;
        let json = HeaderValue::from_static("application/json");
        let mut request = client
            .client
            .request(method, url)
            .header(ACCEPT, json.clone());
        if !query.0.is_empty() {
            request = request.query(&query.0);
        }
        if let Some(body) = body {
            let Body(body) = body.map_err(refuse)?;
            request = request.header(CONTENT_TYPE, json).body(body);
        }
        match request.build() {
            Ok(request) => Ok((request, call_options)),
            Err(error) => Err(refuse(error.to_string())),
        }
    }
}

impl Pairs {
    /// Returns a path template with these values in the places of its parameters.
    ///
    /// # Errors
    /// Returns the name that is missing, or that the template does not have.
    #[inline]
    fn fill(&self, template: &str) -> Result<String, String> {
        let name_of = |segment: &'_ str| {
            let name = segment.strip_prefix('{')?.strip_suffix('}')?;
            Some(name.to_owned())
        };
        let names: Vec<String> = template.split('/').filter_map(name_of).collect();
        if let Some((name, _)) = self.0.iter().find(|(name, _)| !names.contains(name)) {
            return Err(format!("`{name}` is no parameter of the path"));
        }
        let segments = template.split('/').map(|segment| {
            let Some(name) = name_of(segment) else {
                return Ok(segment.to_owned());
            };
            let value = self.0.iter().find(|(known, _)| *known == name);
            let value = value.ok_or_else(|| format!("`{name}` is missing"))?;
            Ok(encode_path(&value.1))
        });
        let segments: Result<Vec<String>, String> = segments.collect();
        Ok(segments?.join("/"))
    }
}

impl std::fmt::Debug for Pairs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body(..)")
    }
}
