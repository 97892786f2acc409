//! A server on a loopback socket that keeps what it is sent, and answers as it is told.
#![allow(dead_code)] // each test file uses a part of it
#![allow(clippy::unwrap_used)] // helpers of tests

pub(crate) mod calls;
pub(crate) mod faults;
pub(crate) mod faulty;
pub(crate) mod log;
pub(crate) mod secrets;
pub(crate) mod tls;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use opentact_api::{Client, RetryPolicy};
use tokio::net::TcpListener;
use uuid::Uuid;

/// What users are promised.
pub(crate) const SECURITY: &str = include_str!("../../../SECURITY.md");
/// The token of every test client.
pub(crate) const TOKEN: &str = "7d1f0a52c9be4e6690b3d8f1a2c4e6f8";
/// The group of every test.
pub(crate) const GROUP: Uuid = Uuid::from_u128(0x0b6c3f5e_8f0a_4b53_9d3e_6a1f6e7c2d41);
/// One SIP user.
pub(crate) const ALICE: Uuid = Uuid::from_u128(0x5f0c9b1e_2d47_4c1a_8f6b_93c7e0a4b812);
/// Another SIP user.
pub(crate) const BOB: Uuid = Uuid::from_u128(0xc2d1a7f4_6b3e_4f0d_9a55_1e8b7d90c6a3);

/// A request as it came over the socket.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// The other end of the connection.
    pub(crate) peer: SocketAddr,
    pub(crate) method: String,
    pub(crate) path: String,
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

/// An answer: status, headers and body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.into(),
        }
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// A server that answers every operation with a payload of the right kind.
    pub(crate) async fn start() -> Self {
        Self::answering(|request| Answer::json(200, payload(&request.method, &request.path))).await
    }

    /// A server that always gives the same answer.
    pub(crate) async fn with(answer: Answer) -> Self {
        Self::answering(move |_| answer.clone()).await
    }

    pub(crate) async fn answering(
        answer: impl Fn(&Recorded) -> Answer + Clone + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/rest", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                let (answer, recorded) = (answer.clone(), Arc::clone(&recorded));
                let service = service_fn(move |request| {
                    let (answer, recorded) = (answer.clone(), Arc::clone(&recorded));
                    async move {
                        let request = record(request, peer).await;
                        let response = respond(answer(&request));
                        recorded
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(request);
                        Ok::<_, Infallible>(response)
                    }
                });
                let connection = http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { url, requests }
    }

    /// A client that tries again as any does, and waits less.
    pub(crate) fn client(&self) -> Client {
        let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
        let client = Client::builder(TOKEN).base_url(&self.url).retry(retry);
        client.build().unwrap()
    }

    /// What was sent since the last call.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        std::mem::take(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn record(request: Request<Incoming>, peer: SocketAddr) -> Recorded {
    let (head, body) = request.into_parts();
    let text = |value: &hyper::header::HeaderValue| value.to_str().unwrap().to_owned();
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
        headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn respond(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Full::new(answer.body.into())).unwrap()
}

/// The least that each operation takes for an answer.
fn payload(method: &str, path: &str) -> String {
    let is_list = path.ends_with("/users") || (path.ends_with("/group") && method == Method::GET);
    if is_list {
        r#"{"success": true, "payload": []}"#.to_owned()
    } else {
        format!(r#"{{"success": true, "payload": {{"uuid": "{GROUP}", "name": "Sales"}}}}"#)
    }
}
