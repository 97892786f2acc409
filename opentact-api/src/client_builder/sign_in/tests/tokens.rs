//! The token that each operation sends, and the secrets of a request.

use std::sync::{Arc, Mutex};
use std::{io, mem};

use reqwest::{Method, Request, Url};

use crate::call::options::CallOptions;
use crate::client::Client;
use crate::client_builder::sign_in::Credentials;
use crate::client_builder::sign_in::tests::support::{
    OF_BASIC, OF_PORTAL, OF_SIP_USER, PUBLIC, Server, Service, client_options, send,
};
use crate::credentials::secret::Secret;
use crate::error::kind::ErrorKind;
use crate::generated::service::schemes::BEARER_TOKEN;
use crate::operation::Operation;
use crate::support::secrets::collected;

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
    let nothing = builder().build().unwrap();
    let error = send(&nothing, &PUBLIC, none()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized, "it was sent");
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

/// A log that the test reads.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The service repeats the request and a part of its body. The logs are those of all crates.
#[tokio::test]
async fn secrets_of_path_and_body_are_redacted_from_error_and_logs() {
    let log = Log::default();
    let written = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(Service::default());
    let client = Client::builder().jwt("jwt").base_url(&server.url);
    let client = client.build().unwrap();
    let (in_path, in_body) = ("an+invite/token", "not c0rrect/horse+battery, but");
    let request = collected(|| {
        let mut options = CallOptions::default();
        options.add_secret(&Secret::from(in_path));
        let segment = crate::support::url::encode_path(in_path);
        let url = Url::parse(&format!("{}/things/{segment}", client.baseurl)).unwrap();
        let mut request = Request::new(Method::POST, url);
        let body = vec![Some(Secret::from(&in_body[4..25]))];
        *request.body_mut() = Some(serde_json::to_vec(&body).unwrap().into());
        Ok((request, options))
    });
    let error = client.send::<String>(&WITH_SECRET, request).await;
    let error = error.map(drop).unwrap_err();
    let logs = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(logs.contains("/rest/things/[token]"), "{logs}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("/things/[token]"), "{shown}");
    assert!(shown.contains("not [token], nor"), "{shown}");
    let shown = shown + &logs;
    assert!(
        !shown.contains("invite") && !shown.contains("horse"),
        "{shown}"
    );
}

static WITH_SECRET: Operation = Operation {
    name: "accept",
    method: "POST",
    path: "/things/{token}",
    idempotent: false,
    schemes: OF_PORTAL.schemes,
};

fn basic(email: &str, password: &str) -> Result<Secret, &'static str> {
    let credentials = Credentials {
        email: email.to_owned(),
        password: Secret::from(password),
    };
    credentials.token().map(|(_, token)| token)
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
