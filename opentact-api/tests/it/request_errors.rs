//! Requests that the client refuses to send.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use insta::assert_snapshot;
use opentact_api::{Client, ErrorKind};

use crate::support::GROUP;
use crate::support::server::{Server, TOKEN};

/// The message names the property, the rule and the value.
#[tokio::test]
async fn request_that_breaks_a_rule_is_not_sent() {
    let server = Server::start().await;
    let client = server.client();
    let create = |name: &str| {
        let request = client.create_group();
        request.body_map(|body| body.name(name)).send()
    };
    assert_snapshot!(create("ab").await.unwrap_err(), @r#"create_group (POST /app/group): nothing was sent: `name`: "ab" is shorter than 3 characters"#);
    let long = "x".repeat(81);
    assert_snapshot!(create(&long).await.unwrap_err(), @r#"create_group (POST /app/group): nothing was sent: `name`: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is longer than 80 characters"#);
    let request = client.create_group().send();
    assert_snapshot!(request.await.unwrap_err(), @"create_group (POST /app/group): nothing was sent: `name` is missing");
    let request = client.delete_group().uuid("4711").send();
    let error = request.await.unwrap_err().to_string();
    let (line, _reason_of_the_uuid_crate) = error.split_once(" is not a Uuid").unwrap();
    assert_snapshot!(line, @r#"delete_group (DELETE /app/group/{uuid}): nothing was sent: `uuid`: "4711""#);
    let request = client.add_group_user().uuid(GROUP).send();
    assert_snapshot!(request.await.unwrap_err(), @"add_group_user (PATCH /app/group/{uuid}/users/{sip_user_uuid}): nothing was sent: `sip_user_uuid` is missing");
    let request = client.add_group_users().uuid(GROUP).send();
    assert_snapshot!(request.await.unwrap_err(), @"add_group_users (POST /app/group/{uuid}/users): nothing was sent: `users` is missing");
    assert!(server.requests().is_empty());
}

/// Lengths are counted in characters, and both limits are inclusive.
#[tokio::test]
async fn name_of_minimum_or_maximum_length_is_sent() {
    let server = Server::start().await;
    let client = server.client();
    for name in ["äöü".to_owned(), "語".repeat(80)] {
        let request = client.create_group().body_map(|body| body.name(name));
        request.send().await.unwrap();
    }
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn send_without_a_runtime_fails_without_panic() {
    let client = Client::builder().ha1b_token(TOKEN).build().unwrap();
    let call = pin!(client.list_groups().send());
    let Poll::Ready(Err(error)) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the request was sent");
    };
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    assert_snapshot!(error, @"list_groups (GET /app/group): nothing was sent: there is no Tokio runtime; await the call in one, such as that of `#[tokio::main]`");
}
