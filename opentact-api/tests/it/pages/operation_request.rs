//! Requests for operations that are selected by their names at run time.

use opentact_api::{Client, ErrorKind, OperationRequest, Secret};
use serde::Serialize;
use serde_json::{Value, json};

use super::operation::{Arguments, Operation};
use super::{all, client, send, server};
use crate::support::server::{Recorded, Response, Server};
use crate::support::spec;

/// Returns the request of an operation with the examples of the spec.
fn by_name<'a>(client: &'a Client, operation: &Operation) -> OperationRequest<'a> {
    let arguments = Arguments::examples(operation.spec());
    let mut request = OperationRequest::new(client, operation.name).unwrap();
    for parameter in operation.spec().parameters() {
        let value = spec::text(&arguments.parameters[parameter.name]);
        request = match parameter.is_in_path {
            true => request.path(parameter.name, &value),
            false => request.query(parameter.name, &value),
        };
    }
    match &arguments.body {
        Some(body) => request.body(body),
        None => request,
    }
}

/// Returns what arrived, without the parts that depend on the writer of JSON and of date-times.
fn essence(request: &Recorded) -> (&str, &str, usize, Vec<(String, String)>, usize) {
    let query = request.query.as_deref().unwrap_or_default();
    let body: Option<Value> = serde_json::from_str(&request.body).ok();
    let properties = body.and_then(|body| body.as_object().map(serde_json::Map::len));
    let headers = request.headers.iter();
    let headers = headers.filter(|(name, _)| name != "content-length");
    (
        &request.method,
        &request.path,
        query.matches('=').count(),
        headers.cloned().collect(),
        properties.unwrap_or_default(),
    )
}

#[tokio::test]
async fn request_by_name_is_that_of_the_method() {
    let server = server().await;
    let client = client(&server);
    for operation in all() {
        let typed = send(&client, &operation).await;
        assert!(typed.is_ok(), "{}: {typed:?}", operation.name);
        let payload = by_name(&client, &operation).send::<Value>().await;
        let payload = payload.unwrap().into_inner();
        let expected = operation.spec().success().body["payload"].clone();
        assert_eq!(payload, expected, "{}", operation.name);
        let requests = server.requests();
        let [typed, by_name] = requests.as_slice() else {
            panic!("{} sent {} requests", operation.name, requests.len());
        };
        assert_eq!(essence(typed), essence(by_name), "{}", operation.name);
    }
}

#[tokio::test]
async fn unknown_operation_has_no_request() {
    let client = Client::builder().ha1b_token("token").build().unwrap();
    assert!(OperationRequest::new(&client, "list_group").is_none());
}

#[tokio::test]
async fn path_that_is_not_filled_is_not_sent() {
    let server = server().await;
    let client = client(&server);
    let group = || OperationRequest::new(&client, "delete_group").unwrap();
    let token = OperationRequest::new(&client, "delete_token").unwrap();
    for (request, reason) in [
        (group(), "`uuid` is missing"),
        (group().path("id", "x"), "`id` is no parameter of the path"),
        (group().path("uuid", ".."), "which names another path"),
        (token.path("token", "all"), "which names another operation"),
    ] {
        let error = request.send::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let reason = reason.trim_start_matches("which ");
        assert!(error.to_string().contains(reason), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn secrets_of_a_request_by_name_are_redacted() {
    #[derive(Serialize)]
    struct Body {
        password: Secret,
    }
    let server = Server::responding(|request| {
        let message = format!("no {} with {}", request.path, request.body);
        let body = json!({ "success": false, "message": message, "status": 403 });
        Response::json(403, body.to_string())
    })
    .await;
    let client = client(&server);
    let body = Body {
        password: Secret::from("correct-horse"),
    };
    let request = OperationRequest::new(&client, "accept_sip_user_invite").unwrap();
    let request = request.path("token", "battery-staple").body(&body);
    let request = request.secret("battery-staple");
    let shown = format!("{request:?} {request:#?}");
    let error = request.send::<Value>().await.unwrap_err();
    let shown = format!("{shown} {error} {error:?}");
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(!shown.contains("correct-horse"), "{shown}");
    assert!(!shown.contains("battery-staple"), "{shown}");
}
