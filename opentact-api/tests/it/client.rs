//! Building a client, and the `Debug` of clients, requests and types.

use opentact_api::{Client, groups};
use serde_json::json;

use crate::support::GROUP;
use crate::support::server::TOKEN;

#[test]
fn build_with_https_or_loopback_base_url_succeeds() {
    for url in [
        "https://api.opentact.org/rest",
        "https://proxy.example.com:8443/opentact/",
        "http://127.0.0.1:4010/rest",
        "http://127.9.9.9",
        "http://localhost:4010",
        "http://[::1]:4010/rest",
    ] {
        let client = Client::builder()
            .ha1b_token(TOKEN)
            .base_url(url)
            .build()
            .unwrap();
        assert_eq!(client.base_url(), url.trim_end_matches('/'));
    }
}

#[test]
fn build_with_base_url_that_exposes_the_token_fails() {
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
        let error = Client::builder()
            .ha1b_token(TOKEN)
            .base_url(url)
            .build()
            .unwrap_err();
        format!("{url:?}\n  {error}")
    });
    insta::assert_snapshot!(refused.join("\n"), @r#"
    "http://api.opentact.org/rest"
      the base URL cannot be used: plain `http` to another machine would show the token to the network; use `https`
    "http://127.0.0.1.example.com/"
      the base URL cannot be used: plain `http` to another machine would show the token to the network; use `https`
    "http://localhost.example.com/"
      the base URL cannot be used: plain `http` to another machine would show the token to the network; use `https`
    "http://192.168.0.1/"
      the base URL cannot be used: plain `http` to another machine would show the token to the network; use `https`
    "https://user:password@api.opentact.org/rest"
      the base URL cannot be used: it contains credentials; only the token is sent
    "https://api.opentact.org/rest?debug=1"
      the base URL cannot be used: it contains a query or a fragment; paths are appended to it
    "https://api.opentact.org/rest#groups"
      the base URL cannot be used: it contains a query or a fragment; paths are appended to it
    "ftp://api.opentact.org/rest"
      the base URL cannot be used: it is neither `https` nor `http`
    "api.opentact.org/rest"
      the base URL cannot be used: relative URL without a base
    ""
      the base URL cannot be used: relative URL without a base
    "#);
}

#[test]
fn build_with_http_to_an_allowed_host_succeeds_for_exactly_this_host() {
    let build = |url: &str, host: &str| {
        let builder = Client::builder().ha1b_token(TOKEN).base_url(url);
        builder.allow_http_to(host).build()
    };
    for (url, host) in [
        ("http://sandbox:4010/rest", "sandbox"),
        ("http://SANDBOX/rest", "sandbox"),
        ("http://sandbox/rest", "Sandbox"),
        ("http://sandbox.internal", "sandbox.internal"),
        ("http://192.168.0.1/", "192.168.0.1"),
        ("http://[fd00::1]:4010", "fd00::1"),
        ("http://[fd00::1]:4010", "[fd00::1]"),
        ("https://api.opentact.org/rest", "sandbox"),
    ] {
        assert!(build(url, host).is_ok(), "{url} {host}");
    }
    for url in [
        "http://sandbox.example.com",
        "http://my.sandbox",
        "http://sandbox.",
        "http://sandbo",
        "http://sandboxes",
        "http://sandbox@example.com",
        "http://example.com/sandbox",
        "http://api.opentact.org/rest",
        "http://192.168.0.1",
    ] {
        assert!(build(url, "sandbox").is_err(), "{url}");
    }
}

#[test]
fn build_with_http_to_the_service_or_to_no_host_fails() {
    let refused = [
        "api.opentact.org",
        "API.opentact.org.",
        "eu.api.opentact.org",
        "opentact.org",
        "134744072",
        "",
        "*",
        "*.internal",
        "http://sandbox",
        "sandbox:4010",
        "sandbox/rest",
        "a sandbox",
        "user@sandbox",
        "s%61ndbox",
    ]
    .map(|host| {
        let builder = Client::builder().ha1b_token(TOKEN).allow_http_to(host);
        let error = builder.base_url(format!("http://{host}/rest")).build();
        format!("{host:?}\n  {}", error.unwrap_err())
    });
    insta::assert_snapshot!(refused.join("\n"), @r#"
    "api.opentact.org"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is a host of the service; use `https`
    "API.opentact.org."
      the host of `ClientBuilder::allow_http_to` cannot be used: it is a host of the service; use `https`
    "eu.api.opentact.org"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is a host of the service; use `https`
    "opentact.org"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is a host of the service; use `https`
    "134744072"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    ""
      the host of `ClientBuilder::allow_http_to` cannot be used: it is empty
    "*"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "*.internal"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "http://sandbox"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "sandbox:4010"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "sandbox/rest"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "a sandbox"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "user@sandbox"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "s%61ndbox"
      the host of `ClientBuilder::allow_http_to` cannot be used: it is not a host without scheme, port and path, such as `sandbox`
    "#);
}

#[test]
fn build_with_token_that_no_header_can_carry_fails() {
    for token in ["", "  ", " token", "token\n", "to\nken", "t\u{f6}ken"] {
        let error = Client::builder().ha1b_token(token).build().unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the token of `ClientBuilder::ha1b_token` cannot be used: "),
            "{error}"
        );
    }
}

#[test]
fn debug_of_builder_client_and_request_hides_the_token() {
    let builder = Client::builder().ha1b_token(TOKEN);
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
fn debug_of_user_hides_secrets_and_serialize_keeps_them() {
    let user = r#"{
        "login": "alice", "ha1": "canary", "ha1b": "canary",
        "sip_connection": {"password": "canary"}, "account": {"token": "canary"},
        "groups": [{"uuid": "0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41", "name": "Sales",
                    "owner": {"ha1": "canary", "created_by": {"ha1b": "canary"}}}]
    }"#;
    let user: groups::SipUser = serde_json::from_str(user).unwrap();
    let shown = format!("{user:?} {user:#?}");
    assert!(
        shown.contains("alice") && shown.contains("password"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
    let stored = serde_json::to_value(&user).unwrap();
    assert_eq!(stored["ha1"], "canary");
    assert_eq!(stored["sip_connection"]["password"], "canary");
    assert_eq!(user.ha1.unwrap().expose_secret(), "canary");
}

#[test]
fn client_error_and_pending_request_move_between_threads() {
    fn send_and_sync<T: Send + Sync>() {}
    fn send<T: Send>(_: T) {}
    send_and_sync::<Client>();
    send_and_sync::<opentact_api::Error>();
    let client = Client::builder().ha1b_token(TOKEN).build().unwrap();
    send(client.list_groups().send());
}

/// Users make these types in their own tests.
#[test]
fn received_types_are_made_from_json_and_require_required_properties_only() {
    let group = json!({ "uuid": GROUP, "name": "Sales", "owner": { "login": "alice" } });
    let group: groups::SipUserGroup = serde_json::from_value(group).unwrap();
    assert_eq!(group.owner.unwrap().login.as_deref(), Some("alice"));
    let error = serde_json::from_value::<groups::SipUserGroup>(json!({ "uuid": GROUP }));
    assert_eq!(error.unwrap_err().to_string(), "missing field `name`");
    let name = groups::GroupName::try_from(&group.name).unwrap();
    assert_eq!(name.to_string(), "Sales");
    let error = groups::CreateGroupRequest::builder().build().unwrap_err();
    assert_eq!(error.to_string(), "`name` is missing");
}
