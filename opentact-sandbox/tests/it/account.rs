//! Account users: their tokens and carts, the first of them, and the credentials that are shown.

use opentact_sandbox::{Sandbox, StartError};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{account_call, envelope};

/// The first user, who has the bearer token of the sandbox, and a second one.
const TWO_USERS: &str = "
account_users:
  - { email: zoe@example.com, password: secret of zoe, uuid: 7d2f6c1e-3a4b-4c5d-8e6f-9a0b1c2d3e4f }
  - { email: yan@example.com, uuid: 1b3d5f70-2a4c-4e6f-8b0d-3c5e7f9a1b2d }
tokens: [{ token: token-of-yan, user: yan@example.com }]
";
const FIRST: &str = "7d2f6c1e-3a4b-4c5d-8e6f-9a0b1c2d3e4f";
const YAN: &str = "token-of-yan";

async fn two_users() -> Sandbox {
    let sandbox = Sandbox::builder().seed(TWO_USERS).check_responses();
    sandbox.start().await.unwrap()
}

async fn call(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    account_call(sandbox, sandbox.bearer_token(), method, path, body).await
}

#[tokio::test]
async fn first_account_user_is_neither_deactivated_nor_deleted() {
    let sandbox = two_users().await;
    for path in [format!("/account/user/{FIRST}"), format!("/user/{FIRST}")] {
        let (status, message) =
            account_call(&sandbox, YAN, Method::DELETE, &path, Value::Null).await;
        let expected = "the first user of the account stays, so that someone can sign in";
        assert_eq!((status, message), (409, json!(expected)), "{path}");
    }
    let (status, _) = call(&sandbox, Method::GET, "/user", Value::Null).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn seed_without_accounts_or_account_users_is_refused() {
    for section in ["accounts", "account_users"] {
        let seed = format!("{section}: []");
        match Sandbox::builder().seed(seed).start().await {
            Err(StartError::File(findings)) => {
                assert!(findings.contains("the section is empty"), "{findings}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn shown_credentials_are_those_of_the_first_account_user() {
    let sandbox = two_users().await;
    let change = json!({ "email": "zoey@example.com", "password": "new secret" });
    let path = format!("/user/{FIRST}");
    assert_eq!(call(&sandbox, Method::PATCH, &path, change).await.0, 200);
    let (email, password) = (sandbox.email(), sandbox.password());
    assert_eq!(
        [&*email, &*password],
        ["zoey@example.com", "new secret"],
        "the methods of the sandbox"
    );
    let auth = Client::new().get(format!("{}/auth", sandbox.url()));
    let (status, _) = envelope(auth.basic_auth(&email, Some(&password))).await;
    assert_eq!(status, 200);
    let get = async |url: String| reqwest::get(url).await.unwrap().text().await.unwrap();
    let shown: Value = serde_json::from_str(&get(sandbox.control_url()).await).unwrap();
    let account_user = &shown["account_user"];
    assert_eq!(account_user["email"], email);
    assert_eq!(account_user["password"], password);
    #[cfg(feature = "docs")]
    {
        let document = get(format!("http://{}/openapi.json", sandbox.address())).await;
        let expected = format!("`{email}` with the password `{password}`");
        assert!(document.contains(&expected), "{document}");
    }
}

#[tokio::test]
async fn token_is_changed_by_its_owner_only_and_a_new_ttl_moves_its_end() {
    let sandbox = two_users().await;
    let body = json!({ "name": "opentact", "ttl": 60 });
    let (_, token) = call(&sandbox, Method::POST, "/token", body).await;
    let path = format!("/token/{}", token["uuid"].as_str().unwrap());
    let change = json!({ "ttl": 86_400 });
    let foreign = account_call(&sandbox, YAN, Method::PATCH, &path, change.clone()).await;
    assert_eq!(foreign, (404, json!("there is no such token")));
    let (status, changed) = call(&sandbox, Method::PATCH, &path, change).await;
    assert_eq!((status, &changed["ttl"]), (200, &json!(86_400)));
    let end = |token: &Value| token["expired_on"].as_str().unwrap().to_owned();
    assert!(end(&changed) > end(&token), "{token} {changed}");
    let (_, renamed) = call(&sandbox, Method::PATCH, &path, json!({ "name": "other" })).await;
    assert_eq!(renamed["expired_on"], changed["expired_on"]);
}

#[tokio::test]
async fn ttl_beyond_the_year_9999_ends_with_that_year() {
    let sandbox = two_users().await;
    let body = |ttl: Value| json!({ "name": "opentact", "ttl": ttl });
    for ttl in [300_000_000_000_i64, i64::MAX] {
        let (status, token) = call(&sandbox, Method::POST, "/token", body(ttl.into())).await;
        assert_eq!(
            (status, &token["expired_on"]),
            (200, &json!("9999-12-31T23:59:59.999Z"))
        );
    }
    for ttl in [json!(u64::MAX), json!(1e30)] {
        let (status, message) = call(&sandbox, Method::POST, "/token", body(ttl)).await;
        assert_eq!(status, 400, "{message}");
    }
}

#[tokio::test]
async fn each_account_user_has_a_cart_and_addresses() {
    let sandbox = two_users().await;
    let own = sandbox.bearer_token();
    let list = async |token: &str, path: &str| {
        let (status, listed) = account_call(&sandbox, token, Method::GET, path, Value::Null).await;
        assert_eq!(status, 200, "{listed}");
        listed.as_array().unwrap().len()
    };
    let body = json!({ "payload": { "tn": 12_025_550_160_i64 }, "ttl": 60 });
    let (_, entry) = call(&sandbox, Method::POST, "/user/cart", body.clone()).await;
    let path = format!("/user/cart/{}", entry["uuid"].as_str().unwrap());
    for (method, body) in [(Method::PATCH, body), (Method::DELETE, Value::Null)] {
        let (status, _) = account_call(&sandbox, YAN, method, &path, body).await;
        assert_eq!(status, 404);
    }
    let clear = account_call(&sandbox, YAN, Method::DELETE, "/user/cart", Value::Null).await;
    assert_eq!(clear.0, 200);
    assert_eq!(
        (list(YAN, "/user/cart").await, list(own, "/user/cart").await),
        (0, 1)
    );

    let address = json!({
        "name": "Office", "address1": "1 Main Street", "zip_code": "12345", "city": "Springfield",
        "country": "US", "is_physical": true, "is_billing": false, "is_shipping": false,
    });
    let (status, address) = call(&sandbox, Method::POST, "/address", address).await;
    assert_eq!(status, 200, "{address}");
    assert_eq!(
        (
            list(YAN, "/address/user").await,
            list(own, "/address/user").await
        ),
        (0, 1)
    );
    // Clearing the own cart empties it.
    call(&sandbox, Method::DELETE, "/user/cart", Value::Null).await;
    assert_eq!(list(own, "/user/cart").await, 0);
}

#[tokio::test]
async fn cart_entry_of_a_seed_belongs_to_its_user_or_the_first_one() {
    let seed = format!(
        "{TWO_USERS}\ncart_entries: [{{ payload: {{}} }}, {{ payload: {{}}, user: yan@example.com }}]"
    );
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    for token in [sandbox.bearer_token(), YAN] {
        let (_, cart) = account_call(&sandbox, token, Method::GET, "/user/cart", Value::Null).await;
        assert_eq!(cart.as_array().unwrap().len(), 1, "{cart}");
    }
    let path = "/user/1b3d5f70-2a4c-4e6f-8b0d-3c5e7f9a1b2d";
    let (status, _) = call(&sandbox, Method::DELETE, path, Value::Null).await;
    assert_eq!(status, 200);
    let (_, cart) = call(&sandbox, Method::GET, "/user/cart", Value::Null).await;
    let message = "the cart of a deleted user belongs to nobody";
    assert_eq!(cart.as_array().unwrap().len(), 1, "{message}: {cart}");
}
