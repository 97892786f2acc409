//! Tokens, domains, their users and invites, and other resources of the account.

use opentact_sandbox::Sandbox;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{UNKNOWN_UUID, account_call, envelope, error_response, request, sandbox};

const DOMAIN: &str = "/sip/domain/sip.example.com";

async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    account_call(sandbox, sandbox.bearer_token(), method, path, body).await
}

#[tokio::test]
async fn created_token_authenticates_until_it_is_deleted() {
    let sandbox = sandbox().await;
    let body = json!({ "name": "opentact", "ttl": 3600 });
    let (status, created) = call(&sandbox, Method::POST, "/token", body).await;
    assert_eq!(status, 200);
    let token = created["token"].as_str().unwrap();
    let list = async |token: &str| {
        account_call(&sandbox, token, Method::GET, "/token/list", Value::Null).await
    };
    let (_, listed) = list(token).await;
    assert_eq!(
        (&listed[0]["name"], listed[0].get("token")),
        (&json!("opentact"), None)
    );
    let path = format!("/token/{token}");
    let (status, deleted) = call(&sandbox, Method::DELETE, &path, Value::Null).await;
    assert_eq!((status, &deleted["uuid"]), (200, &created["uuid"]));
    assert_eq!(list(token).await.0, 401);
    assert_eq!(list(sandbox.bearer_token()).await, (200, json!([])));
    let (status, _) = call(&sandbox, Method::DELETE, &path, Value::Null).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn expired_token_is_rejected_with_the_time_of_its_end() {
    let seed =
        "tokens: [{token: old, user: alice@example.com, expired_on: 2026-01-01T00:00:00.000Z}]";
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    let request = Client::new().get(format!("{}/user", sandbox.url()));
    assert_eq!(
        error_response(request.bearer_auth("old")).await,
        "401: the token expired on 2026-01-01T00:00:00.000Z"
    );
}

#[tokio::test]
async fn created_user_uses_the_groups_with_either_token() {
    let sandbox = sandbox().await;
    let body = json!({ "login": "zoe", "password": "secret", "first_name": "Zoe", "unknown": 1 });
    let path = format!("{DOMAIN}/user");
    let (status, zoe) = call(&sandbox, Method::POST, &path, body.clone()).await;
    assert_eq!(status, 200, "{zoe}");
    assert_eq!(zoe["sip_domain"]["domain"], "sip.example.com");
    assert_eq!((zoe.get("password"), zoe.get("unknown")), (None, None));
    // MD5 of zoe@sip.example.com:sip.example.com:secret
    let digest = opentact_api::ha1b("zoe", "sip.example.com", "secret");
    assert_eq!(zoe["ha1b"], digest.expose_secret());
    for token in [sandbox.token("zoe").as_str(), zoe["ha1b"].as_str().unwrap()] {
        let create = Client::new().post(format!("{}/app/group", sandbox.url()));
        let create = create.header("X-Auth-HA1B-Token", token);
        let (status, group) = envelope(create.json(&json!({ "name": "Sales" }))).await;
        assert_eq!(
            (status.as_u16(), &group["payload"]["owner"]["login"]),
            (200, &json!("zoe"))
        );
    }
    let (status, message) = call(&sandbox, Method::POST, &path, body).await;
    assert_eq!(
        (status, message),
        (409, json!("another SIP user has the same `login`"))
    );

    let (_, users) = envelope(request(&sandbox, "alice", "GET", "/app/users")).await;
    assert_eq!(users["payload"].as_array().unwrap().len(), 7);
    let own = format!("{path}/{}", zoe["uuid"].as_str().unwrap());
    let (status, _) = call(&sandbox, Method::DELETE, &own, Value::Null).await;
    assert_eq!(status, 200);
    assert_eq!(
        error_response(request(&sandbox, "zoe", "GET", "/app")).await,
        "401: the sandbox has no user `zoe`"
    );
}

#[tokio::test]
async fn deleted_user_leaves_the_groups_and_takes_the_own_ones_along() {
    let sandbox = sandbox().await;
    let uuid = |login: &str| sandbox.uuid(login).unwrap().to_string();
    let create = |owner: &str, users: Value| {
        request(&sandbox, owner, "POST", "/app/group")
            .json(&json!({ "name": "Sales", "users": users }))
    };
    envelope(create("alice", json!([uuid("bob")]))).await;
    envelope(create("bob", json!([uuid("alice")]))).await;
    let path = format!("{DOMAIN}/user/{}", uuid("bob"));
    call(&sandbox, Method::DELETE, &path, Value::Null).await;
    let (_, groups) = envelope(request(&sandbox, "alice", "GET", "/app/group")).await;
    let groups = groups["payload"].as_array().unwrap();
    assert_eq!((groups.len(), &groups[0]["users"]), (1, &json!([])));
}

#[tokio::test]
async fn current_user_changes_the_own_properties() {
    let sandbox = sandbox().await;
    let body = json!({ "first_name": "Alicia", "password": "new" });
    let (_, changed) = envelope(request(&sandbox, "alice", "PATCH", "/app").json(&body)).await;
    assert_eq!(changed["payload"]["first_name"], "Alicia");
    let (_, read) = envelope(request(&sandbox, "alice", "GET", "/app")).await;
    assert_eq!(read, changed);
    let taken = request(&sandbox, "alice", "PATCH", "/app").json(&json!({ "login": "bob" }));
    assert_eq!(
        error_response(taken).await,
        "409: another SIP user has the same `login`"
    );
}

#[tokio::test]
async fn domain_with_users_stays_until_they_are_deleted() {
    let sandbox = sandbox().await;
    let body = json!({ "domain": "sales.example.com" });
    let (status, _) = call(&sandbox, Method::POST, "/sip/domain", body.clone()).await;
    assert_eq!(status, 200);
    assert_eq!(
        call(&sandbox, Method::POST, "/sip/domain", body).await.0,
        409
    );
    let path = "/sip/domain/sales.example.com";
    let users = format!("{path}/user");
    let body = json!({ "login": "alice", "password": "secret" });
    let (status, user) = call(&sandbox, Method::POST, &users, body).await;
    assert_eq!(status, 200, "a login is unique in its domain only");
    let (_, domain) = call(&sandbox, Method::GET, path, Value::Null).await;
    assert_eq!(domain["sip_users"][0]["uuid"], user["uuid"]);
    let same_domain = Client::new().get(format!("{}/app/users", sandbox.url()));
    let same_domain = same_domain.header("X-Auth-HA1B-Token", "sandbox-alice@sales.example.com");
    assert_eq!(
        envelope(same_domain).await.1["payload"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        call(&sandbox, Method::DELETE, path, Value::Null).await.0,
        409
    );
    let user = format!("{users}/{}", user["uuid"].as_str().unwrap());
    assert_eq!(
        call(&sandbox, Method::DELETE, &user, Value::Null).await.0,
        200
    );
    assert_eq!(
        call(&sandbox, Method::DELETE, path, Value::Null).await.0,
        200
    );
    assert_eq!(
        call(&sandbox, Method::GET, &users, Value::Null).await.0,
        404
    );
}

#[tokio::test]
async fn invite_makes_one_user() {
    let sandbox = sandbox().await;
    let path = format!("{DOMAIN}/invite");
    let body = json!({ "name": "Support", "expired_on": "2126-01-01T00:00:00.000Z" });
    let (_, invite) = call(&sandbox, Method::POST, &path, body).await;
    let url = format!(
        "{}/app/invite/{}",
        sandbox.url(),
        invite["token"].as_str().unwrap()
    );
    let (_, domain) = envelope(Client::new().get(&url)).await;
    assert_eq!(domain["payload"]["domain"], "sip.example.com");
    let accept = || {
        Client::new()
            .post(&url)
            .json(&json!({ "login": "zoe", "password": "secret" }))
    };
    let (status, zoe) = envelope(accept()).await;
    assert_eq!(
        (status.as_u16(), &zoe["payload"]["login"]),
        (200, &json!("zoe"))
    );
    assert_eq!(
        error_response(accept()).await,
        "404: there is no such invite, or it has expired"
    );
}

#[tokio::test]
async fn references_show_the_other_resource_and_must_exist() {
    let sandbox = sandbox().await;
    let (_, connections) = call(&sandbox, Method::GET, "/sip/connection", Value::Null).await;
    let connection = &connections[0];
    assert_eq!(connection["sip_domains"][0]["domain"], "sip.example.com");
    let (_, domain) = call(&sandbox, Method::GET, DOMAIN, Value::Null).await;
    assert_eq!(domain["sip_connection"]["name"], "Head office");
    let unknown = json!({ "sip_connection": UNKNOWN_UUID });
    let refused = call(&sandbox, Method::PATCH, DOMAIN, unknown).await;
    assert_eq!(refused, (404, json!("there is no such SIP connection")));
    let none = json!({ "sip_connection": null });
    let (_, changed) = call(&sandbox, Method::PATCH, DOMAIN, none).await;
    assert_eq!(
        (&changed["sip_connection"], &changed["modified_by"]["email"]),
        (&Value::Null, &json!("alice@example.com"))
    );
}

#[tokio::test]
async fn account_user_signs_in_until_deactivated() {
    let sandbox = sandbox().await;
    let body = json!({ "email": "zoe@example.com", "password": "secret", "role": "User" });
    let (_, zoe) = call(&sandbox, Method::POST, "/account/user", body).await;
    let sign_in = || {
        let auth = Client::new().get(format!("{}/auth", sandbox.url()));
        envelope(auth.basic_auth("zoe@example.com", Some("secret")))
    };
    assert_eq!(sign_in().await.1["payload"]["uuid"], zoe["uuid"]);
    let path = format!("/account/user/{}", zoe["uuid"].as_str().unwrap());
    assert_eq!(
        call(&sandbox, Method::DELETE, &path, Value::Null).await.0,
        200
    );
    assert_eq!(sign_in().await.0, 401);
    assert_eq!(call(&sandbox, Method::PUT, &path, Value::Null).await.0, 200);
    assert_eq!(sign_in().await.0, 200);
}
