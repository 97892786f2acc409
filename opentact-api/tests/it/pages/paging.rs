//! Lists with pages, from a server over a socket.

use std::sync::{Arc, Mutex};

use opentact_api::RetryPolicy;
use serde_json::{Value, json};
use uuid::Uuid;

use super::operation::Arguments;
use super::{all, client};
use crate::support::server::{Recorded, Response, Server};
use crate::support::spec;

const ITEMS: usize = 3;
const ON_A_PAGE: usize = 2;

#[tokio::test]
async fn streams_return_the_items_of_all_pages() {
    let server = Server::responding(page).await;
    let client = client(&server);
    let paged: Vec<_> = all()
        .into_iter()
        .filter(|it| it.spec().paging().is_some())
        .collect();
    assert!(paged.len() >= 9, "{}", paged.len());
    for operation in paged {
        let name = operation.name;
        let paging = operation.spec().paging().unwrap();
        let mut arguments = Arguments::examples(operation.spec());
        arguments
            .parameters
            .remove(paging["position"].as_str().unwrap());
        let limit = paging["limit"].as_str().unwrap().to_owned();
        arguments.parameters.insert(limit, json!(ON_A_PAGE));
        let items = operation
            .items
            .unwrap_or_else(|| panic!("{name} has no stream"));
        let items = items(&client, &arguments).await.unwrap();
        assert_eq!(items.len(), ITEMS, "{name}");
        assert_eq!(server.requests().len(), 2, "{name}");
    }
}

/// A list of messages, and the changes of it after each request.
struct Log {
    messages: Vec<Uuid>,
    changes: std::vec::IntoIter<Change>,
}

enum Change {
    Add(u128),
    RemoveLast,
    /// The next request fails.
    Fail,
}

impl Log {
    /// Returns a page of at most two messages, whatever the client asks for.
    fn respond(&mut self, request: &Recorded) -> Response {
        let operation = spec::operation_of_request(&request.method, &request.path).unwrap();
        let skip = number(request, &json!("skip")).unwrap_or(0);
        let mut body = operation.success().body.clone();
        let message = body["payload"]["data"][0].clone();
        let page = self.messages.iter().skip(skip).take(ON_A_PAGE).map(|uuid| {
            let mut message = message.clone();
            message["uuid"] = json!(uuid);
            message
        });
        body["payload"]["data"] = page.collect();
        body["payload"]["total"] = self.messages.len().into();
        match self.changes.next() {
            Some(Change::Add(uuid)) => self.messages.push(Uuid::from_u128(uuid)),
            Some(Change::RemoveLast) => drop(self.messages.pop()),
            Some(Change::Fail) => {
                return Response::json(400, r#"{"success": false, "status": 400}"#);
            }
            None => {}
        }
        Response::json(200, body.to_string())
    }
}

/// Positions find every item as long as the list changes behind them only.
#[tokio::test]
async fn stream_of_a_list_that_changes_returns_each_item_once() {
    use Change::{Add, Fail, RemoveLast};
    let changes = vec![Add(7), Fail, RemoveLast, Add(8), Fail];
    let log = Arc::new(Mutex::new(Log {
        messages: (0..7).map(Uuid::from_u128).collect(),
        changes: changes.into_iter(),
    }));
    let of_server = Arc::clone(&log);
    let server = Server::responding(move |it| of_server.lock().unwrap().respond(it)).await;
    let client = client(&server);

    let (mut received, mut errors) = (Vec::new(), 0);
    let request = client
        .search_outbound_sms()
        .take(100)
        .retry(RetryPolicy::never());
    let mut messages = request.stream();
    while let Some(message) = messages.next().await {
        match message {
            Ok(message) => received.push(message.uuid),
            Err(_) => errors += 1,
        }
    }
    assert_eq!(received, log.lock().unwrap().messages);
    assert_eq!((received.len(), errors), (8, 2));
}

/// Returns the number of a query parameter.
fn number(request: &Recorded, name: &Value) -> Option<usize> {
    let prefix = format!("{}=", name.as_str().unwrap());
    let mut pairs = request.query.as_deref()?.split('&');
    pairs.find_map(|pair| pair.strip_prefix(&prefix)?.parse().ok())
}

/// Returns a page of items that are all like the first one of the example.
fn page(request: &Recorded) -> Response {
    let operation = spec::operation_of_request(&request.method, &request.path).unwrap();
    let paging = operation.paging().unwrap();
    let limit = number(request, &paging["limit"]).unwrap();
    let position = number(request, &paging["position"]);
    let before = match paging["style"].as_str().unwrap() {
        "page" => (position.unwrap_or(1) - 1) * limit,
        _ => position.unwrap_or(0),
    };
    let mut body = operation.success().body.clone();
    let items = body["payload"][paging["items"].as_str().unwrap()].clone();
    let count = ITEMS.saturating_sub(before).min(limit);
    body["payload"][paging["items"].as_str().unwrap()] = vec![items[0].clone(); count].into();
    body["payload"][paging["total"].as_str().unwrap()] = ITEMS.into();
    Response::json(200, body.to_string())
}
