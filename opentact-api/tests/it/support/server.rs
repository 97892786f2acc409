//! A server on a loopback socket that records requests and sends the responses that it is given.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use opentact_api::{Client, RetryPolicy};
use tokio::net::TcpListener;

use super::GROUP;

/// The token of every client of a [`Server`].
pub(crate) const TOKEN: &str = "7d1f0a52c9be4e6690b3d8f1a2c4e6f8";

/// A request as it arrived over the socket.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// The client's end of the connection.
    pub(crate) peer: SocketAddr,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    /// Names in lower case, sorted.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.into(),
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Recorded>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that responds to every operation with the least payload that its type needs.
    pub(crate) async fn start() -> Self {
        Self::responding(|request| {
            Response::json(200, least_payload(&request.method, &request.path))
        })
        .await
    }

    /// Starts a server that always sends the same response.
    pub(crate) async fn with(response: Response) -> Self {
        Self::responding(move |_| response.clone()).await
    }

    pub(crate) async fn responding(
        respond: impl Fn(&Recorded) -> Response + Clone + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}/rest");
        let connections = Arc::new(AtomicUsize::new(0));
        let open = Arc::clone(&connections);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                let (respond, recorded) = (respond.clone(), Arc::clone(&recorded));
                let service = service_fn(move |request| {
                    let (respond, recorded) = (respond.clone(), Arc::clone(&recorded));
                    async move {
                        let request = record(request, peer).await;
                        let response = respond(&request);
                        recorded.lock().unwrap().push(request);
                        Ok::<_, Infallible>(in_hyper(response))
                    }
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                let open = Arc::clone(&open);
                open.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let _ = connection.await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self {
            url,
            address,
            requests,
            connections,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the number of connections that neither end has closed.
    pub(crate) fn open_connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns a client with the default number of attempts and short delays between them.
    pub(crate) fn client(&self) -> Client {
        let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
        let client = Client::builder()
            .ha1b_token(TOKEN)
            .base_url(&self.url)
            .retry(retry);
        client.build().unwrap()
    }

    /// Returns the requests since the last call.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

async fn record(request: Request<Incoming>, peer: SocketAddr) -> Recorded {
    let (head, body) = request.into_parts();
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let headers = head.headers.iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    headers.sort();
    let body = body.collect().await.unwrap().to_bytes();
    Recorded {
        peer,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn in_hyper(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in response.headers {
        builder = builder.header(name, value);
    }
    builder.body(Full::new(response.body.into())).unwrap()
}

fn least_payload(method: &str, path: &str) -> String {
    let is_list = path.ends_with("/users") || (path.ends_with("/group") && method == Method::GET);
    if is_list {
        r#"{"success": true, "payload": []}"#.to_owned()
    } else {
        format!(r#"{{"success": true, "payload": {{"uuid": "{GROUP}", "name": "Sales"}}}}"#)
    }
}
