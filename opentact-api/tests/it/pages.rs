//! Tests of all operations. What they send and expect comes from the examples of the spec.

mod canary;
mod faults;
mod nullable;
mod operation;
mod operation_request;
#[rustfmt::skip] // the generator formats it
#[allow(unused_qualifications)]
mod operations;
mod paging;
mod paths;
mod requests;
mod responses;

use std::time::Duration;

use opentact_api::{Client, RetryPolicy};

use self::operation::{Arguments, Operation, Received};
use self::operations::{all, with_tokens};
use crate::support::server::{Recorded, Response, Server};
use crate::support::spec;

/// Returns the token of a security scheme, by its name in the spec.
fn token(scheme: &str) -> String {
    match scheme {
        "Basic" => "Basic YWxpY2VAZXhhbXBsZS5jb206cGFzc3dvcmQ=".to_owned(),
        scheme => format!("token-of-{scheme}"),
    }
}

/// Returns a client with all tokens, which sends each request once.
fn client(server: &Server) -> Client {
    let client = with_tokens(Client::builder(), token)
        .sign_in("alice@example.com", "password")
        .base_url(&server.url)
        .timeout(Duration::from_secs(60))
        .retry(RetryPolicy::never());
    client.build().unwrap()
}

/// Starts a server that responds to each operation with the first example of the spec.
async fn server() -> Server {
    Server::responding(success).await
}

fn success(request: &Recorded) -> Response {
    let operation = spec::operation_of_request(&request.method, &request.path);
    match operation {
        Some(operation) => {
            let example = operation.success();
            Response::json(example.status.parse().unwrap(), example.body.to_string())
        }
        None => Response::json(404, r#"{"success": false, "message": "no", "status": 404}"#),
    }
}

/// Sends a request with the examples of the spec.
async fn send(client: &Client, operation: &Operation) -> Result<Received, opentact_api::Error> {
    let arguments = Arguments::examples(operation.spec());
    (operation.request)(client, &arguments).send.await
}

/// Returns the pages in the order of the spec.
fn pages() -> Vec<&'static str> {
    let mut pages: Vec<&str> = all().iter().map(|operation| operation.page).collect();
    pages.dedup();
    pages
}

#[test]
fn operations_are_those_of_the_spec() {
    let mut names: Vec<&str> = all().iter().map(|operation| operation.name).collect();
    let mut expected: Vec<&str> = spec::operations()
        .map(|operation| operation.name())
        .collect();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected);
}
