//! The start and the end of a sandbox, and its users.

use std::net::Ipv4Addr;
use std::time::Duration;

use opentact_api::ErrorKind;
use opentact_sandbox::{Sandbox, User};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{client, sandbox};

#[tokio::test]
async fn drop_closes_the_port() {
    let sandbox = sandbox().await;
    let (address, alice) = (sandbox.address(), client(&sandbox, "alice"));
    assert!(alice.list_groups().send().await.is_ok());
    drop(sandbox);
    for _ in 0..1_000 {
        if TcpStream::connect(address).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let error = alice.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[tokio::test]
async fn stop_waits_for_the_response_to_the_current_request() {
    let sandbox = sandbox().await;
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let (token, body) = (sandbox.token("alice"), r#"{"name": "Sales"}"#);
    let head = format!(
        "POST /rest/app/group HTTP/1.1\r\nhost: x\r\nx-auth-ha1b-token: {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The sandbox asks for the body when it handles the request.
    let mut interim = *b"HTTP/1.1 100 Continue\r\n\r\n";
    stream.read_exact(&mut interim).await.unwrap();
    let stop = tokio::spawn(sandbox.stop());
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!stop.is_finished());
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    stop.await.unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
}

#[tokio::test]
async fn start_on_a_public_address_requires_expose_to_network() {
    let everywhere = Sandbox::builder().address((Ipv4Addr::UNSPECIFIED, 0));
    let error = everywhere.clone().start().await.unwrap_err();
    insta::assert_snapshot!(error, @"other machines could reach 0.0.0.0:0 and act as the users of the sandbox; call `expose_to_network` to allow this");
    assert!(everywhere.expose_to_network().start().await.is_ok());
}

#[tokio::test]
async fn start_on_a_used_port_fails() {
    let first = sandbox().await;
    let error = Sandbox::builder()
        .address(first.address())
        .start()
        .await
        .unwrap_err();
    let message = error
        .to_string()
        .replace(&first.address().to_string(), "ADDRESS");
    assert!(
        message.starts_with("cannot listen on ADDRESS: "),
        "{message}"
    );
    assert!(message.ends_with("; choose another port"), "{message}");
}

#[tokio::test]
async fn start_with_invalid_users_fails() {
    let mut errors = String::new();
    for json in [
        "[",
        "{}",
        "[{}]",
        r#"[{"login": 5}]"#,
        r#"[{"login": "zoe", "token": 5}]"#,
        r#"[{"login": "zoe", "token": ""}]"#,
        r#"[{"login": "zoe", "token": "a b"}]"#,
        r#"[{"login": "zoe", "uuid": "?"}]"#,
        r#"[{"login": "zoe", "uuid": null}]"#,
        r#"[{"login": "zoe", "ha1": 5}]"#,
        r#"[{"login": "zoe"}, {"login": "zoe", "token": "t"}]"#,
        r#"[{"login": "zoe", "token": "t"}, {"login": "yan", "token": "t"}]"#,
    ] {
        let error = match User::list_from_json(json) {
            Err(error) => error,
            Ok(users) => Sandbox::builder().users(users).start().await.unwrap_err(),
        };
        errors += &format!("{json}\n  {error}\n");
    }
    insta::assert_snapshot!(errors, @r#"
    [
      invalid users: it is not JSON, at line 1, column 1
    {}
      invalid users: it is not a list of objects, at line 1, column 0
    [{}]
      invalid users: user 0: `login` is missing or not a string
    [{"login": 5}]
      invalid users: user 0: `login` is missing or not a string
    [{"login": "zoe", "token": 5}]
      invalid users: user 0: `token` is not a string
    [{"login": "zoe", "token": ""}]
      invalid users: user `zoe`: the token must be printable ASCII without spaces, and not empty
    [{"login": "zoe", "token": "a b"}]
      invalid users: user `zoe`: the token must be printable ASCII without spaces, and not empty
    [{"login": "zoe", "uuid": "?"}]
      invalid users: user `zoe`: `uuid`: the value is not a "uuid" (`format` in the spec)
    [{"login": "zoe", "uuid": null}]
      invalid users: user `zoe`: `uuid` is not a UUID
    [{"login": "zoe", "ha1": 5}]
      invalid users: user `zoe`: `ha1`: the value is not of types "null", "string" (`type` in the spec)
    [{"login": "zoe"}, {"login": "zoe", "token": "t"}]
      invalid users: user `zoe`: another SIP user has the same `login`
    [{"login": "zoe", "token": "t"}, {"login": "yan", "token": "t"}]
      invalid users: user `yan`: another SIP user has the same `token`
    "#);
}

#[test]
fn debug_of_user_and_builder_shows_no_secret() {
    let user = User::new("zoe").token("canary").property("ha1", "canary");
    let shown = format!("{user:?} {:?}", Sandbox::builder().user(user.clone()));
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn start_with_custom_users_keeps_their_order_and_properties() {
    let json = r#"[{"login": "zoe", "token": "t0", "gender": "Agender"}, {"login": "yan"}]"#;
    let users = User::list_from_json(json).unwrap();
    let xia = User::new("xia")
        .property("groups", "ignored")
        .property("ha1", "digest");
    let sandbox = Sandbox::builder().users(users).user(xia).check_responses();
    let sandbox = sandbox.start().await.unwrap();
    let logins: Vec<_> = sandbox.logins().collect();
    assert_eq!(logins, ["zoe", "yan", "xia"]);
    assert_eq!(sandbox.token("zoe"), "t0");
    assert_eq!(sandbox.token("yan"), "sandbox-yan");
    let zoe = client(&sandbox, "zoe");
    let uuids: Vec<_> = logins
        .iter()
        .filter_map(|login| sandbox.uuid(login))
        .collect();
    let create = zoe.create_group();
    let create = create.body_map(|body| body.name("All of us").users(uuids));
    let users = create.send().await.unwrap().into_inner().users;
    assert_eq!(users[0].gender.as_deref(), Some("Agender"));
    assert_eq!(users[2].ha1.as_ref().unwrap().expose_secret(), "digest");
}
