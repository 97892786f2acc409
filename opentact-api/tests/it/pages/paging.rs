//! Lists with pages: a server with three items and two on a page.

use serde_json::{Value, json};

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
