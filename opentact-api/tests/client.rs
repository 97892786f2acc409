//! How a client is built, and what of it is shown.

mod support;

use opentact_api::{Client, types};
use support::{GROUP, TOKEN};

#[test]
fn base_urls_to_which_a_token_may_be_sent() {
    for url in [
        "https://api.opentact.org/rest",
        "https://proxy.example.com:8443/opentact/",
        "http://127.0.0.1:4010/rest",
        "http://127.9.9.9",
        "http://localhost:4010",
        "http://[::1]:4010/rest",
    ] {
        let client = Client::builder(TOKEN).base_url(url).build().unwrap();
        assert_eq!(client.base_url(), url.trim_end_matches('/'));
    }
}

#[test]
fn base_urls_to_which_no_token_may_be_sent() {
    let refused = [
        "http://api.opentact.org/rest",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://192.168.0.1/",
        "https://user:password@api.opentact.org/rest",
        "https://api.opentact.org/rest?debug=1",
        "https://api.opentact.org/rest#groups",
        "ftp://api.opentact.org/rest",
        "api.opentact.org/rest",
        "",
    ]
    .map(|url| {
        format!(
            "{url}\n  {}",
            Client::builder(TOKEN).base_url(url).build().unwrap_err()
        )
    });
    insta::assert_snapshot!(refused.join("\n"));
}

#[test]
fn tokens_that_cannot_be_sent() {
    for token in ["", "  ", " token", "token\n", "to\nken", "t\u{f6}ken"] {
        let error = Client::builder(token).build().unwrap_err();
        assert!(
            error.to_string().starts_with("the token cannot be used: "),
            "{error}"
        );
    }
}

#[test]
fn nothing_shows_the_token() {
    let builder = Client::builder(TOKEN);
    assert!(!format!("{builder:?}").contains(TOKEN));
    let mistaken = builder
        .clone()
        .base_url(format!("https://user:{TOKEN}@example.com"));
    assert!(!format!("{mistaken:?}").contains(TOKEN));
    let client = builder.build().unwrap();
    assert!(!format!("{client:#?}").contains(TOKEN));
    let request = client.delete_group().uuid(GROUP);
    assert!(!format!("{request:#?}").contains(TOKEN));
}

#[test]
fn debug_shows_no_secret_of_a_user() {
    let user = r#"{
        "login": "alice", "ha1": "canary", "ha1b": "canary",
        "sip_connection": {"password": "canary"}, "account": {"token": "canary"},
        "groups": [{"uuid": "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41", "name": "Sales",
                    "owner": {"ha1": "canary", "created_by": {"ha1b": "canary"}}}]
    }"#;
    let user: types::SipUser = serde_json::from_str(user).unwrap();
    let shown = format!("{user:?} {user:#?}");
    assert!(
        shown.contains("alice") && shown.contains("password"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
    let builder = types::builder::SipUser::from(user.clone());
    assert!(!format!("{builder:?}").contains("canary"));
    // What is stored is not changed: serialising is faithful.
    let stored = serde_json::to_value(&user).unwrap();
    assert_eq!(stored["ha1"], "canary");
    assert_eq!(stored["sip_connection"]["password"], "canary");
    assert_eq!(user.ha1.unwrap().expose_secret(), "canary");
}

/// Futures of requests go between threads, and so do errors.
#[test]
fn auto_traits() {
    fn send_and_sync<T: Send + Sync>() {}
    fn send<T: Send>(_: T) {}
    send_and_sync::<Client>();
    send_and_sync::<opentact_api::Error>();
    let client = Client::builder(TOKEN).build().unwrap();
    send(client.list_groups().send());
}

/// The types are built by hand, too: in tests of one's own.
#[test]
fn types_have_builders() {
    let owner = types::SipUser::builder().login("alice").build().unwrap();
    let group = types::SipUserGroup::builder()
        .uuid(GROUP)
        .name("Sales")
        .owner(owner)
        .build()
        .unwrap();
    assert_eq!(group.owner.unwrap().login.as_deref(), Some("alice"));
    let error = types::SipUserGroup::builder()
        .uuid(GROUP)
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), "`name` is missing");
    let name = types::GroupName::try_from(&group.name).unwrap();
    assert_eq!(name.to_string(), "Sales");
}
