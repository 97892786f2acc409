//! Telephone numbers and messages: search, order, assign, send.

use opentact_sandbox::Sandbox;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{UNKNOWN_UUID, account_call, sandbox};

const FIRST: i64 = 12_025_550_160;

/// Sends a request of the account user, and returns the status and the payload or message.
async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    account_call(sandbox, sandbox.bearer_token(), method, path, body).await
}

async fn post(sandbox: &Sandbox, path: &str, body: Value) -> Value {
    let (status, payload) = call(sandbox, Method::POST, path, body).await;
    assert_eq!(status, 200, "{payload}");
    payload
}

/// Orders numbers, and returns the payload.
async fn order(sandbox: &Sandbox, numbers: &[i64]) -> Value {
    let item = |tn| json!({ "tn": tn, "features": ["voice", "sms"], "autorenew": false });
    let items: Vec<Value> = numbers.iter().map(item).collect();
    let (status, payload) = call(sandbox, Method::POST, "/order", json!({ "items": items })).await;
    assert_eq!(status, 201, "{payload}");
    payload
}

fn numbers(page: &Value) -> Vec<i64> {
    let data = page["data"].as_array().unwrap().iter();
    data.map(|found| found["tn"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn search_with_pages_returns_every_free_number_once() {
    let sandbox = sandbox().await;
    let mut all = Vec::new();
    for page in 1..=4 {
        let path = format!("/tn/search?page={page}&size=15");
        let found = post(&sandbox, &path, json!({})).await;
        assert_eq!(found["total"], 40);
        all.extend(numbers(&found));
    }
    assert_eq!(all, (FIRST..FIRST + 40).collect::<Vec<_>>());
    let found = post(&sandbox, "/tn/search", json!({ "pattern": "202555019%" })).await;
    assert_eq!(
        numbers(&found),
        (FIRST + 30..FIRST + 40).collect::<Vec<_>>()
    );
    for path in [
        "/tn/search?size=101",
        "/tn/search?size=x",
        "/tn/search?page=0",
    ] {
        let (status, _) = call(&sandbox, Method::POST, path, json!({})).await;
        assert_eq!(status, 400, "{path}");
    }
}

#[tokio::test]
async fn ordered_number_is_leased_until_its_release() {
    let sandbox = sandbox().await;
    let ordered = order(&sandbox, &[FIRST, FIRST + 1, 19_995_550_100]).await;
    assert_eq!(
        (&ordered["success"], &ordered["failed"], &ordered["state"]),
        (&json!(2), &json!(1), &json!("success"))
    );
    let again = order(&sandbox, &[FIRST]).await;
    assert_eq!(
        (&again["success"], &again["state"]),
        (&json!(0), &json!("failed"))
    );
    let found = post(&sandbox, "/tn/search", json!({ "pattern": "202555016%" })).await;
    assert_eq!(found["total"], 8);

    let leases = post(&sandbox, "/lease/tn/search?take=1&skip=1", json!({})).await;
    assert_eq!(
        (&leases["total"], &leases["data"][0]["tn"]["tn"]),
        (&json!(2), &json!(FIRST + 1))
    );
    let path = format!("/lease/tn/{}", leases["data"][0]["uuid"].as_str().unwrap());
    let (_, lease) = call(&sandbox, Method::GET, &path, Value::Null).await;
    assert_eq!(lease, leases["data"][0]);
    let (status, released) = call(&sandbox, Method::DELETE, &path, Value::Null).await;
    assert_eq!((status, released), (200, lease));
    let (status, _) = call(&sandbox, Method::GET, &path, Value::Null).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn assigned_lease_belongs_to_the_connection_until_it_is_taken_away() {
    let sandbox = sandbox().await;
    order(&sandbox, &[FIRST, FIRST + 1]).await;
    let leases = post(&sandbox, "/lease/tn/search", json!({})).await;
    let uuid = leases["data"][0]["uuid"].as_str().unwrap();
    let (_, connections) = call(&sandbox, Method::GET, "/sip/connection", Value::Null).await;
    let connection = connections[0]["uuid"].as_str().unwrap();
    let path = format!("/sip/connection/{connection}/tnlease");

    let assigned = post(&sandbox, &path, json!({ "add": [uuid] })).await;
    assert_eq!(assigned, json!([uuid]));
    let of_connection = json!({ "sip_connection": connection });
    let found = post(&sandbox, "/lease/tn/search", of_connection).await;
    assert_eq!(
        (&found["total"], &found["data"][0]["uuid"]),
        (&json!(1), &json!(uuid))
    );
    let others = json!({ "sip_connections_skip": [connection] });
    assert_eq!(post(&sandbox, "/lease/tn/search", others).await["total"], 1);

    let unknown = json!({ "remove": [uuid, UNKNOWN_UUID] });
    let (status, _) = call(&sandbox, Method::POST, &path, unknown).await;
    assert_eq!(status, 404);
    let (_, still) = call(&sandbox, Method::GET, &path, Value::Null).await;
    assert_eq!(still[0]["uuid"], uuid);
    let removed = post(&sandbox, &path, json!({ "remove": [uuid] })).await;
    assert_eq!(removed, json!([uuid]));
    let (_, none) = call(&sandbox, Method::GET, &path, Value::Null).await;
    assert_eq!(none, json!([]));
}

#[tokio::test]
async fn message_from_a_leased_number_is_delivered_and_found() {
    let sandbox = sandbox().await;
    let message = |text: &str| json!({ "from": FIRST, "to": "+12025550143", "message": text });
    let (status, refused) = call(&sandbox, Method::POST, "/sms", message("no lease")).await;
    assert_eq!(status, StatusCode::NOT_FOUND.as_u16(), "{refused}");
    order(&sandbox, &[FIRST]).await;
    let first = post(&sandbox, "/sms", message("first")).await;
    assert_eq!(
        (&first["state"], &first["delivered"]),
        (&json!("created"), &json!(false))
    );
    let second = post(&sandbox, "/sms", message("second")).await;
    assert_eq!(first["thread"], second["thread"]);

    let path = format!("/sms/outbound/{}", first["uuid"].as_str().unwrap());
    let (_, shown) = call(&sandbox, Method::GET, &path, Value::Null).await;
    assert_eq!(
        (&shown["state"], &shown["delivered"]),
        (&json!("sent"), &json!(true))
    );
    let found = post(
        &sandbox,
        "/sms/search/outbound?take=1",
        json!({ "tn": FIRST }),
    )
    .await;
    assert_eq!(
        (&found["total"], &found["data"][0]["message"]),
        (&json!(2), &json!("second"))
    );
    let undelivered = json!({ "delivered": false });
    let found = post(&sandbox, "/sms/search/outbound", undelivered).await;
    assert_eq!(found["total"], 0);
}

#[tokio::test]
async fn message_has_the_state_that_the_end_of_the_recipient_selects() {
    let sandbox = sandbox().await;
    order(&sandbox, &[FIRST, FIRST + 1]).await;
    for (to, state, delivered) in [
        (12_025_550_001_i64, "sending", false),
        (12_025_550_002, "sent", false),
        (12_025_550_003, "failed", false),
        (FIRST + 1, "sent", true),
    ] {
        let body = json!({ "from": FIRST, "to": to, "message": "Hello" });
        let sent = post(&sandbox, "/sms", body).await;
        let path = format!("/sms/outbound/{}", sent["uuid"].as_str().unwrap());
        let (_, shown) = call(&sandbox, Method::GET, &path, Value::Null).await;
        assert_eq!(
            (&shown["state"], &shown["delivered"]),
            (&json!(state), &json!(delivered))
        );
    }
    // The last recipient is a number of the sandbox.
    let inbound = post(&sandbox, "/sms/search/inbound", json!({})).await;
    assert_eq!(
        (&inbound["total"], &inbound["data"][0]["from"]),
        (&json!(1), &json!(FIRST.to_string()))
    );
    let newest = json!({ "order": { "created_on": "DESC" }, "mode": "OR", "state": "failed", "delivered": true });
    let found = post(&sandbox, "/sms/search/outbound", newest).await;
    assert_eq!(
        (&found["total"], &found["data"][0]["state"]),
        (&json!(2), &json!("sent"))
    );
}

#[tokio::test]
async fn search_ignores_unknown_properties() {
    let sandbox = sandbox().await;
    order(&sandbox, &[FIRST, FIRST + 1]).await;
    let body = json!({ "from": FIRST, "to": FIRST + 1, "message": "Hello" });
    post(&sandbox, "/sms", body).await;
    for (path, total) in [
        ("/lease/tn/search", 2),
        ("/sms/search", 2),
        ("/sms/search/inbound", 1),
        ("/sms/search/outbound", 1),
    ] {
        let found = post(&sandbox, path, json!({ "nickname": "none" })).await;
        assert_eq!(found["total"], total, "{path}");
    }
}

#[tokio::test]
async fn search_compares_times_with_any_offset_and_precision() {
    let seed = "
leases: [{ tn: 12025550160 }]
messages:
  - { from: 12025550160, to: 12025550001, message: Hello, created_on: 2026-03-02T09:00:00.000Z }
";
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    for (condition, time, total) in [
        ("created_on_from", "2026-03-02T09:00:00Z", 1),
        ("created_on_from", "2026-03-02T10:00:00+01:00", 1),
        ("created_on_from", "2026-03-02T08:30:00-01:00", 0),
        ("created_on_to", "2026-03-02T09:00:00Z", 1),
        ("created_on_to", "2026-03-02T08:30:00-01:00", 1),
        ("created_on_to", "2026-03-02T09:30:00+01:00", 0),
    ] {
        let found = post(&sandbox, "/sms/search/outbound", json!({ condition: time })).await;
        assert_eq!(found["total"], total, "{condition} {time}");
    }
}
