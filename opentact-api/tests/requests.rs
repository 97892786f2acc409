//! What each operation sends: method, path, headers and body, off a real socket.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests

mod support;

use support::{ALICE, BOB, GROUP, Recorded, Server};

/// A request as a person reads it. What differs from run to run is named instead.
fn shown(requests: &[Recorded]) -> String {
    let [request] = requests else {
        panic!("one request was expected, not {}", requests.len());
    };
    let mut text = format!("{} {}\n", request.method, request.path);
    for (name, value) in &request.headers {
        let value = match name.as_str() {
            "host" => "<server>",
            "user-agent" => value.trim_end_matches(env!("CARGO_PKG_VERSION")),
            _ => value,
        };
        text += &format!("{name}: {value}\n");
    }
    if !request.body.is_empty() {
        text += &format!("\n{}\n", request.body);
    }
    text
}

/// Sends a request and compares what comes out of the socket with a snapshot.
macro_rules! sends {
    ($name:ident, |$client:ident| $request:expr) => {
        #[tokio::test]
        async fn $name() {
            let server = Server::start().await;
            let $client = server.client();
            $request.send().await.unwrap();
            insta::assert_snapshot!(shown(&server.requests()));
        }
    };
}

sends!(list_groups, |client| client.list_groups());
sends!(create_group, |client| {
    let request = client.create_group();
    request.body_map(|body| body.name("Sales").users(vec![ALICE, BOB]))
});
sends!(create_group_without_users, |client| {
    client.create_group().body_map(|body| body.name("Sales"))
});
sends!(update_group_name, |client| {
    let request = client.update_group().uuid(GROUP);
    request.body_map(|body| body.name("Night shift"))
});
sends!(update_group_to_no_users, |client| {
    let request = client.update_group().uuid(GROUP);
    request.body_map(|body| body.users(vec![]))
});
sends!(delete_group, |client| client.delete_group().uuid(GROUP));
sends!(list_group_users, |client| client
    .list_group_users()
    .uuid(GROUP));
sends!(add_group_users, |client| {
    let request = client.add_group_users().uuid(GROUP);
    request.body_map(|body| body.users(vec![BOB]))
});
sends!(add_group_user, |client| {
    client.add_group_user().uuid(GROUP).sip_user_uuid(BOB)
});
sends!(remove_group_user, |client| {
    client.remove_group_user().uuid(GROUP).sip_user_uuid(BOB)
});

/// UUIDs are taken as text, too, and go out in the documented form.
#[tokio::test]
async fn uuids_are_sent_in_lower_case() {
    let server = Server::start().await;
    let client = server.client();
    let upper = GROUP.to_string().to_uppercase();
    client
        .delete_group()
        .uuid(upper.as_str())
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].path,
        format!("/rest/app/group/{GROUP}")
    );
}

/// Slashes at the end of the base URL make no difference.
#[tokio::test]
async fn slashes_after_the_base_url() {
    let server = Server::start().await;
    for end in ["", "/", "//"] {
        let url = format!("{}{end}", server.url);
        let client = opentact_api::Client::builder("token")
            .base_url(url)
            .build()
            .unwrap();
        client.list_groups().send().await.unwrap();
        assert_eq!(server.requests()[0].path, "/rest/app/group");
    }
}
