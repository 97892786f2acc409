//! Clients that sign in, over real sockets. The server runs on threads of its own, and no test measures a
//! time.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use tokio::runtime::Builder;

use super::*;
use crate::call::options::CallOptions;
use crate::client::Client;
use crate::client_builder::ClientBuilder;
use crate::error::kind::ErrorKind;
use crate::generated::service::schemes::{BASIC, BEARER_TOKEN, HA1B_TOKEN, JWT};
use crate::operation::Operation;

const PASSWORD: &str = "c0rrect/horse+battery";

/// The state of a service: the tokens that it has issued, and those that it no longer accepts.
#[derive(Default)]
struct Service {
    /// The head of each request, in lower case.
    requests: Vec<String>,
    issued: usize,
    /// The number of the first token that it accepts.
    accepts_from: usize,
    /// The lifetime of the tokens, if they tell it.
    lifetime: Option<u64>,
    /// The status of the next sign-ins.
    sign_in_status: Vec<u16>,
    /// `true` if it never responds to a sign-in.
    is_silent: bool,
}

#[derive(Clone)]
struct Server {
    url: String,
    service: Arc<Mutex<Service>>,
}

fn token(number: usize, lifetime: Option<u64>) -> String {
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
    fn start(service: Service) -> Self {
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

    fn builder(&self) -> ClientBuilder {
        let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
        let builder = Client::builder().base_url(&self.url).retry(retry);
        builder.sign_in("admin@acme.example", PASSWORD)
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn change(&self, change: impl FnOnce(&mut Service)) {
        change(&mut self.service.lock().unwrap());
    }

    /// Returns the number of sign-ins, and that of other requests.
    fn counts(&self) -> (usize, usize) {
        let requests = &self.service.lock().unwrap().requests;
        let is_sign_in = |request: &&String| request.starts_with("get /rest/auth ");
        let sign_ins = requests.iter().filter(is_sign_in).count();
        (sign_ins, requests.len() - sign_ins)
    }
}

const fn operation(schemes: &'static [&'static crate::auth::scheme::Scheme]) -> Operation {
    Operation {
        name: "add_thing",
        method: "POST",
        path: "/things",
        idempotent: false,
        schemes,
    }
}

static OF_PORTAL: Operation = operation(&[&JWT, &BEARER_TOKEN]);
static OF_SIP_USER: Operation = operation(&[&HA1B_TOKEN]);
static PUBLIC: Operation = operation(&[]);
static OF_BASIC: Operation = operation(&[&BASIC, &JWT]);

async fn send(
    client: &Client,
    operation: &'static Operation,
    options: CallOptions,
) -> Result<String, Error> {
    let url = Url::parse(&format!("{}{}", client.baseurl, operation.path)).unwrap();
    let request = Request::new(Method::POST, url);
    let response = client.send::<String>(operation, request, options).await;
    response.map(ResponseValue::into_inner)
}

async fn call(client: &Client) -> Result<String, Error> {
    send(client, &OF_PORTAL, CallOptions::default()).await
}

#[tokio::test]
async fn calls_at_once_wait_for_one_sign_in() {
    let server = Server::start(Service::default());
    let client = server.client();
    let clones = vec![client; 100];
    let results = join_all(clones.iter().map(call)).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(server.counts(), (1, 100));
    for request in &server.service.lock().unwrap().requests {
        let basic = request.contains("authorization: basic ywrtaw5aywntzs5legftcgxlomm");
        let jwt = request.contains("x-auth-token: ");
        assert_eq!(
            (basic, jwt),
            (request.starts_with("get "), !basic),
            "{request}"
        );
    }
}

/// The operation is not idempotent, and the policy allows a single attempt: a request that the service
/// refused with 401 has done nothing.
#[tokio::test]
async fn token_that_the_service_no_longer_accepts_is_renewed_once_for_all() {
    let server = Server::start(Service::default());
    let client = server
        .builder()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    call(&client).await.unwrap();
    server.change(|service| service.accepts_from = 2);
    let results = join_all((0..50).map(|_| call(&client))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(server.counts().0, 2);

    server.change(|service| service.accepts_from = usize::MAX);
    let error = call(&client).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Unauthorized, 2)
    );
    assert_eq!(server.counts().0, 3, "one renewal");
}

/// Otherwise each call would sign in once more.
#[tokio::test]
async fn token_that_the_service_never_accepted_is_not_renewed() {
    let server = Server::start(Service {
        accepts_from: usize::MAX,
        ..Service::default()
    });
    let client = server.client();
    for sent in 1..4 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Unauthorized, 1)
        );
        assert_eq!(server.counts(), (1, sent));
    }
}

#[tokio::test]
async fn token_is_renewed_when_its_life_is_over() {
    for (lifetime, sign_ins) in [(Some(0), 3), (Some(86_400), 1), (None, 1)] {
        let server = Server::start(Service {
            lifetime,
            ..Service::default()
        });
        let client = server.client();
        for _ in 0..3 {
            call(&client).await.unwrap();
        }
        assert_eq!(server.counts(), (sign_ins, 3), "{lifetime:?}");
    }
}

#[tokio::test]
async fn refused_sign_in_is_the_error_of_the_call_and_not_repeated_at_once() {
    let server = Server::start(Service {
        sign_in_status: vec![401; 9],
        ..Service::default()
    });
    let client = server.client();
    for _ in 0..3 {
        let error = call(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
        assert!(error.is_client_fault() && !error.is_retryable(), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        let source = std::error::Error::source(&error);
        let source = source.and_then(|source| source.downcast_ref::<Error>());
        let source = source.map(|source| (source.kind(), source.operation()));
        assert_eq!(source, Some((ErrorKind::Unauthorized, "sign_in")));
        let shown = error.to_string();
        let start = "add_thing (POST /things): the client could not get a token: signing in at \
                     127.0.0.1 failed: sign_in (GET /auth): the service refused, status 401";
        assert!(shown.starts_with(start), "{shown}");
        let advice = "(check the e-mail address and the password)";
        assert!(shown.ends_with(advice), "{shown}");
    }
    assert_eq!(server.counts(), (1, 0));
}

/// The service repeats everything that it received.
#[tokio::test]
async fn errors_of_a_session_show_no_secret() {
    let server = Server::start(Service::default());
    let builder = server.builder().retry(RetryPolicy::never());
    let client = builder.clone().build().unwrap();
    call(&client).await.unwrap();
    server.change(|service| {
        service.accepts_from = usize::MAX;
        service.sign_in_status = vec![500];
    });
    let refused = call(&client).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::SignIn);
    let basic = send(&client, &OF_BASIC, CallOptions::default()).await;
    let another = client.list_groups().ha1b_token("another").send().await;
    let errors = [refused, basic.unwrap_err(), another.unwrap_err()];
    let mut shown = format!("{builder:?} {client:?}");
    for error in &errors {
        assert!(error.to_string().contains("[token]"), "{error}");
        shown += &format!("{error} {error:?} {:?}", std::error::Error::source(error));
    }
    let claims = |number| URL_SAFE_NO_PAD.encode(format!(r#"{{"n":{number}}}"#));
    let basic = STANDARD.encode(format!("admin@acme.example:{PASSWORD}"));
    for secret in [PASSWORD, &claims(1), &basic[8..]] {
        let (shown, secret) = (shown.to_lowercase(), secret.to_lowercase());
        assert!(!shown.contains(&secret), "{secret}: {shown}");
    }
}

fn client_options(set: impl FnOnce(&mut CallOptions)) -> CallOptions {
    let mut options = CallOptions::default();
    set(&mut options);
    options
}

#[tokio::test]
async fn sign_in_that_failed_for_now_is_retried_by_the_policy_of_the_call() {
    let server = Server::start(Service {
        sign_in_status: vec![503, 503],
        ..Service::default()
    });
    let client = server.client();
    let once = client_options(|options| options.set_retry(RetryPolicy::never()));
    let error = send(&client, &OF_PORTAL, once).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
    assert!(error.is_retryable() && !error.is_client_fault(), "{error}");
    assert!(error.retry_after().is_some());
    let results = join_all((0..50).map(|_| call(&client))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(
        server.counts(),
        (3, 50),
        "two failed sign-ins, and one more"
    );
}

#[tokio::test]
async fn deadline_of_a_call_holds_while_it_waits_for_the_sign_in() {
    let server = Server::start(Service {
        is_silent: true,
        ..Service::default()
    });
    let client = server.client();
    let hasty = client_options(|options| options.set_timeout(Duration::from_millis(50)));
    let error = send(&client, &OF_PORTAL, hasty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable(), "{error}");
    let waited = "while it waited for the sign-in at 127.0.0.1, and nothing was sent";
    assert!(error.to_string().contains(waited), "{error}");
    assert_eq!(server.counts().1, 0);
}

/// Polls a call once, so that it starts the sign-in.
fn poll_once(call: impl Future<Output = Result<String, Error>>) -> Pin<Box<impl Future>> {
    let mut call = Box::pin(call);
    let poll = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(poll.is_pending());
    call
}

#[tokio::test]
async fn dropped_call_leaves_its_sign_in_to_the_others() {
    let server = Server::start(Service::default());
    let client = server.client();
    drop(poll_once(call(&client)));
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (1, 1));
}

/// The first call belongs to a runtime that stands still, and is never polled again.
#[test]
fn call_that_stands_still_does_not_stop_those_of_other_runtimes() {
    let server = Server::start(Service::default());
    let client = server.client();
    let runtime = || Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let idle = first.block_on(async { poll_once(call(&client)) });
    second.block_on(call(&client)).unwrap();
    drop(idle);
    assert_eq!(server.counts(), (1, 1));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_share_the_sign_in() {
    let server = Server::start(Service::default());
    let client = server.client();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                let url = Url::parse(&format!("{}/things", client.baseurl)).unwrap();
                let request = Request::new(Method::POST, url);
                client.send_blocking::<String>(&OF_PORTAL, request, CallOptions::default())
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap().into_inner(), "done");
    }
    assert_eq!(server.counts(), (1, 8));
}

#[tokio::test]
async fn token_of_the_caller_is_used_until_the_service_refuses_it() {
    let server = Server::start(Service {
        issued: 1,
        ..Service::default()
    });
    let client = server.builder().jwt(token(1, None)).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (0, 1));
    server.change(|service| service.accepts_from = 2);
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (1, 3));
    let ended = token(1, Some(1)); // in 1970
    let client = server.builder().jwt(ended).build().unwrap();
    call(&client).await.unwrap();
    assert_eq!(server.counts(), (2, 4));
}

/// Returns the headers with a token of a call, whatever its outcome.
async fn sent(
    server: &Server,
    client: &Client,
    operation: &'static Operation,
    options: CallOptions,
) -> String {
    let _ = send(client, operation, options).await;
    let requests = mem::take(&mut server.service.lock().unwrap().requests);
    let lines = requests.iter().flat_map(|request| request.lines());
    let tokens: Vec<_> = lines
        .filter(|line| line.starts_with("authorization:") || line.starts_with("x-auth"))
        .collect();
    tokens.join(", ")
}

#[tokio::test]
async fn operation_sends_the_first_token_of_its_own_order_and_no_other() {
    let server = Server::start(Service::default());
    let builder = || Client::builder().base_url(&server.url);
    let both = builder()
        .bearer_token("bearer")
        .jwt("jwt")
        .ha1b_token("ha1b");
    let both = both.build().unwrap();
    let bearer = builder().bearer_token("bearer").build().unwrap();
    let none = || CallOptions::default();
    assert_eq!(
        sent(&server, &both, &OF_PORTAL, none()).await,
        "x-auth-token: jwt"
    );
    assert_eq!(
        sent(&server, &bearer, &OF_PORTAL, none()).await,
        "authorization: bearer bearer"
    );
    assert_eq!(
        sent(&server, &both, &OF_SIP_USER, none()).await,
        "x-auth-ha1b-token: ha1b"
    );
    assert_eq!(sent(&server, &both, &PUBLIC, none()).await, "");
    assert_eq!(
        sent(&server, &both, &OF_BASIC, none()).await,
        "x-auth-token: jwt"
    );
    let own = || client_options(|options| options.set_token(&BEARER_TOKEN, Secret::from("own")));
    assert_eq!(
        sent(&server, &both, &OF_PORTAL, own()).await,
        "authorization: bearer own"
    );
    let session = server.client();
    assert_eq!(
        sent(&server, &session, &OF_PORTAL, own()).await,
        "authorization: bearer own"
    );
    let basic = sent(&server, &session, &OF_BASIC, none()).await;
    assert!(basic.starts_with("authorization: basic"), "{basic}");
    assert_eq!(server.service.lock().unwrap().issued, 0);
}

#[tokio::test]
async fn operation_without_its_token_names_the_methods_that_would_help() {
    let server = Server::start(Service::default());
    let client = Client::builder().base_url(&server.url).build().unwrap();
    for (operation, methods) in [
        (
            &OF_PORTAL,
            "`ClientBuilder::jwt` or `ClientBuilder::sign_in` or `ClientBuilder::bearer_token`",
        ),
        (&OF_SIP_USER, "`ClientBuilder::ha1b_token`"),
        (
            &OF_BASIC,
            "`ClientBuilder::sign_in` or `ClientBuilder::jwt`",
        ),
    ] {
        let error = send(&client, operation, CallOptions::default())
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::MissingToken, 0)
        );
        let expected = format!(
            "add_thing (POST /things): nothing was sent: the client has no token for it: set one \
             with {methods}"
        );
        assert_eq!(error.to_string(), expected);
    }
    let error = send(&server.client(), &OF_SIP_USER, CallOptions::default()).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::MissingToken);
    assert_eq!(server.counts(), (0, 0));
}

fn basic(email: &str, password: &str) -> Result<Secret, &'static str> {
    let credentials = Credentials {
        email: email.to_owned(),
        password: Secret::from(password),
    };
    credentials.token()
}

/// The example of RFC 7617, section 2, and that of section 2.1 with UTF-8.
#[test]
fn token_of_credentials_is_that_of_rfc_7617() {
    for (email, password, encoded) in [
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123\u{a3}", "dGVzdDoxMjPCow=="),
        ("a", ":", "YTo6"),
    ] {
        let token = basic(email, password);
        let token = token.as_ref().map(Secret::expose_secret);
        assert_eq!(token, Ok(encoded));
    }
}

#[test]
fn token_of_credentials_that_basic_cannot_carry_is_refused() {
    for (email, password) in [
        ("", "password"),
        (" ", "password"),
        ("a@b.example ", "password"),
        ("a:b@c.example", "password"),
        ("a\n@b.example", "password"),
        ("a@b.example", ""),
        ("a@b.example", "password\n"),
    ] {
        assert!(basic(email, password).is_err(), "{email:?} {password:?}");
    }
    assert!(basic("a@b.example", " pass word ").is_ok());
}
