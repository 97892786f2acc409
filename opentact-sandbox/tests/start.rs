//! How a sandbox starts and ends.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use opentact_api::ErrorKind;
use opentact_sandbox::{Fault, Sandbox, User};
use support::{client, sandbox};
use tokio::net::TcpStream;

#[tokio::test]
async fn dropped_it_is_gone() {
    let sandbox = sandbox().await;
    let (address, alice) = (sandbox.address(), client(&sandbox, "alice"));
    assert!(alice.list_groups().send().await.is_ok());
    drop(sandbox);
    let started = Instant::now();
    while TcpStream::connect(address).await.is_ok() {
        assert!(started.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let error = alice.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[tokio::test]
async fn stopped_it_answers_what_it_has() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::delay(Duration::from_millis(300)))
        .unwrap();
    let alice = client(&sandbox, "alice");
    let call = tokio::spawn(async move { alice.list_groups().send().await.map(drop) });
    tokio::time::sleep(Duration::from_millis(100)).await;
    sandbox.stop().await;
    call.await.unwrap().unwrap();
}

#[tokio::test]
async fn other_machines_are_kept_out() {
    let everywhere = Sandbox::builder().address((Ipv4Addr::UNSPECIFIED, 0));
    let error = everywhere.clone().start().await.unwrap_err();
    insta::assert_snapshot!(error, @"0.0.0.0:0 can be reached from other machines, which could then do everything that the users of the sandbox can; if that is wanted, say so with `expose_to_network`");
    assert!(everywhere.expose_to_network().start().await.is_ok());
}

#[tokio::test]
async fn a_port_that_is_taken() {
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
async fn users_that_cannot_be_taken() {
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
    insta::assert_snapshot!(errors);
}

#[test]
fn no_secret_is_shown() {
    let user = User::new("zoe").token("canary").property("ha1", "canary");
    let shown = format!("{user:?} {:?}", Sandbox::builder().user(user.clone()));
    assert!(!shown.contains("canary"), "{shown}");
}
