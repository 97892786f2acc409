//! A service that issues tokens, and operations of each kind. Its server runs on threads of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Method, Request, Url};

use crate::call::options::CallOptions;
use crate::call::retry::RetryPolicy;
use crate::client::Client;
use crate::client_builder::ClientBuilder;
use crate::credentials::scheme::Scheme;
use crate::error::Error;
use crate::generated::service::schemes::{BASIC, BEARER_TOKEN, HA1B_TOKEN, JWT};
use crate::operation::Operation;
use crate::response_value::ResponseValue;

pub(super) const PASSWORD: &str = "c0rrect/horse+battery";

/// The state of a service: the tokens that it has issued, and those that it no longer accepts.
#[derive(Default)]
pub(super) struct Service {
    /// The head of each request, in lower case.
    pub(super) requests: Vec<String>,
    pub(super) issued: usize,
    /// The number of the first token that it accepts.
    pub(super) accepts_from: usize,
    /// The lifetime of the tokens, if they tell it.
    pub(super) lifetime: Option<u64>,
    /// The status of the next sign-ins.
    pub(super) sign_in_status: Vec<u16>,
    /// `true` if it never responds to a sign-in.
    pub(super) is_silent: bool,
}

#[derive(Clone)]
pub(super) struct Server {
    pub(super) url: String,
    pub(super) service: Arc<Mutex<Service>>,
}

pub(super) fn token(number: usize, lifetime: Option<u64>) -> String {
    let claims = match lifetime {
        Some(lifetime) => format!(r#"{{"n":{number},"iat":1000,"exp":{}}}"#, 1000 + lifetime),
        None => format!(r#"{{"n":{number}}}"#),
    };
    format!(
        "eyJhbGciOiJub25lIn0.{}.c2ln",
        URL_SAFE_NO_PAD.encode(claims)
    )
}

impl Service {
    /// Returns the status and the body of a response, or `None` for none at all.
    fn respond(&mut self, request: &str) -> Option<(u16, String)> {
        self.requests.push(request.to_lowercase());
        let refuse = |status: u16, message: &str| {
            let message = message.replace(['\r', '\n'], " ");
            let body = format!(r#"{{"success":false,"message":"{message}","status":{status}}}"#);
            Some((status, body))
        };
        let is_sign_in = request.starts_with("GET /rest/auth ");
        if is_sign_in && self.is_silent {
            return None;
        }
        if is_sign_in {
            let status = self.sign_in_status.pop().unwrap_or(200);
            if status != 200 {
                let message = format!(
                    "not {PASSWORD}, not {request}, nor {}",
                    token(1, self.lifetime)
                );
                return refuse(status, &message);
            }
            self.issued += 1;
            let token = token(self.issued, self.lifetime);
            let body = format!(r#"{{"success":true,"payload":{{"uuid":"x","token":"{token}"}}}}"#);
            return Some((200, body));
        }
        let accepted = (self.accepts_from..=self.issued).map(|number| token(number, self.lifetime));
        let is_accepted = |token: String| request.contains(&format!("x-auth-token: {token}\r\n"));
        match accepted.into_iter().any(is_accepted) {
            true => Some((200, r#"{"success":true,"payload":"done"}"#.to_owned())),
            false => refuse(
                401,
                &format!(
                    "not {request}, not {PASSWORD}, nor {}",
                    token(1, self.lifetime)
                ),
            ),
        }
    }
}

impl Server {
    pub(super) fn start(service: Service) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/rest", listener.local_addr().unwrap());
        let service = Arc::new(Mutex::new(service));
        let shared = Arc::clone(&service);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, service) = (stream.unwrap(), Arc::clone(&shared));
                std::thread::spawn(move || {
                    let mut request = Vec::new();
                    while !request.ends_with(b"\r\n\r\n") {
                        let mut byte = [0];
                        if stream.read(&mut byte).unwrap_or(0) == 0 {
                            return;
                        }
                        request.push(byte[0]);
                    }
                    let request = String::from_utf8(request).unwrap();
                    let response = service.lock().unwrap().respond(&request);
                    let Some((status, body)) = response else {
                        std::thread::park();
                        return;
                    };
                    let length = body.len();
                    let head = format!("HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\n");
                    let response = format!("{head}connection: close\r\n\r\n{body}");
                    let _ = stream.write_all(response.as_bytes());
                });
            }
        });
        Self { url, service }
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
        let builder = Client::builder().base_url(&self.url).retry(retry);
        builder.sign_in("admin@acme.example", PASSWORD)
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Service)) {
        change(&mut self.service.lock().unwrap());
    }

    /// Returns the number of sign-ins, and that of other requests.
    pub(super) fn counts(&self) -> (usize, usize) {
        let requests = &self.service.lock().unwrap().requests;
        let is_sign_in = |request: &&String| request.starts_with("get /rest/auth ");
        let sign_ins = requests.iter().filter(is_sign_in).count();
        (sign_ins, requests.len() - sign_ins)
    }
}

const fn operation(schemes: &'static [&'static Scheme]) -> Operation {
    Operation {
        name: "add_thing",
        method: "POST",
        path: "/things",
        idempotent: false,
        schemes,
    }
}

pub(super) static OF_PORTAL: Operation = operation(&[&JWT, &BEARER_TOKEN]);
pub(super) static OF_SIP_USER: Operation = operation(&[&HA1B_TOKEN]);
pub(super) static PUBLIC: Operation = operation(&[]);
pub(super) static OF_BASIC: Operation = operation(&[&BASIC, &JWT]);

pub(super) async fn send(
    client: &Client,
    operation: &'static Operation,
    options: CallOptions,
) -> Result<String, Error> {
    let url = Url::parse(&format!("{}{}", client.baseurl, operation.path)).unwrap();
    let request = Request::new(Method::POST, url);
    let response = client
        .send::<String>(operation, Ok((request, options)))
        .await;
    response.map(ResponseValue::into_inner)
}

pub(super) async fn call(client: &Client) -> Result<String, Error> {
    send(client, &OF_PORTAL, CallOptions::default()).await
}

pub(super) fn client_options(set: impl FnOnce(&mut CallOptions)) -> CallOptions {
    let mut options = CallOptions::default();
    set(&mut options);
    options
}
