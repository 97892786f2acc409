//! The method, path, headers and body of each operation's request.

use opentact_api::Client;

use crate::support::server::{Recorded, Server};
use crate::support::{ALICE, BOB, GROUP};

/// Returns a request as text, with placeholders for what differs from run to run.
fn text(requests: &[Recorded]) -> String {
    let [request] = requests else {
        panic!("expected one request, got {}", requests.len());
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

/// Sends a request and compares what arrives with a snapshot.
macro_rules! sends {
    ($name:ident, |$client:ident| $request:expr) => {
        #[tokio::test]
        async fn $name() {
            let server = Server::start().await;
            let $client = server.client();
            $request.send().await.unwrap();
            insta::assert_snapshot!(text(&server.requests()));
        }
    };
}

sends!(list_groups_sends_no_body, |client| client.list_groups());
sends!(create_group_with_users_sends_their_uuids, |client| {
    let request = client.create_group();
    request.body_map(|body| body.name("Sales").users(vec![ALICE, BOB]))
});
sends!(create_group_without_users_omits_the_property, |client| {
    client.create_group().body_map(|body| body.name("Sales"))
});
sends!(update_group_with_a_name_sends_the_name_alone, |client| {
    let request = client.update_group().uuid(GROUP);
    request.body_map(|body| body.name("Night shift"))
});
sends!(update_group_with_an_empty_list_sends_it, |client| {
    let request = client.update_group().uuid(GROUP);
    request.body_map(|body| body.users(vec![]))
});
sends!(delete_group_sends_no_body, |client| {
    client.delete_group().uuid(GROUP)
});
sends!(list_group_users_sends_no_body, |client| {
    client.list_group_users().uuid(GROUP)
});
sends!(add_group_users_sends_their_uuids, |client| {
    let request = client.add_group_users().uuid(GROUP);
    request.body_map(|body| body.users(vec![BOB]))
});
sends!(add_group_user_sends_both_uuids_in_the_path, |client| {
    client.add_group_user().uuid(GROUP).sip_user_uuid(BOB)
});
sends!(remove_group_user_sends_both_uuids_in_the_path, |client| {
    client.remove_group_user().uuid(GROUP).sip_user_uuid(BOB)
});

#[tokio::test]
async fn uuid_as_text_in_upper_case_is_sent_in_lower_case() {
    let server = Server::start().await;
    let upper = GROUP.to_string().to_uppercase();
    let client = server.client();
    let request = client.delete_group().uuid(upper.as_str());
    request.send().await.unwrap();
    let path = format!("/rest/app/group/{GROUP}");
    assert_eq!(server.requests()[0].path, path);
}

#[tokio::test]
async fn base_url_with_trailing_slashes_sends_the_same_path() {
    let server = Server::start().await;
    for end in ["", "/", "//"] {
        let url = format!("{}{end}", server.url);
        let client = Client::builder()
            .ha1b_token("token")
            .base_url(url)
            .build()
            .unwrap();
        client.list_groups().send().await.unwrap();
        assert_eq!(server.requests()[0].path, "/rest/app/group");
    }
}
