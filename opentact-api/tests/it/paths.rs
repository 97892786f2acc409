//! Values of path parameters that are any text, and those that are secrets.

use opentact_api::{Client, Error, ErrorKind};
use tracing_subscriber::filter::LevelFilter;

use crate::support::log::Log;
use crate::support::secrets::shown_by;
use crate::support::server::{Recorded, Response, Server};
use crate::support::{GROUP, child};

/// Starts a server that refuses every request and repeats its path and its body.
async fn server() -> Server {
    Server::responding(|request: &Recorded| {
        let message = format!("no {} with {}", request.path, request.body);
        let body = serde_json::json!({ "success": false, "message": message, "status": 403 });
        Response::json(403, body.to_string())
    })
    .await
}

fn client(server: &Server) -> Client {
    let client = Client::builder().base_url(&server.url);
    client.jwt("jwt").ha1b_token("ha1b").build().unwrap()
}

/// Sends a value as `{domain}`, `{id}` and `{token}`, and returns the errors.
async fn errors_of(client: &Client, value: &str) -> [Error; 3] {
    let user = client.delete_janus_session_user().session_uuid(GROUP);
    [
        client
            .get_sip_domain()
            .domain(value)
            .send()
            .await
            .map(drop)
            .unwrap_err(),
        user.id(value).send().await.map(drop).unwrap_err(),
        client
            .delete_token()
            .token(value)
            .send()
            .await
            .map(drop)
            .unwrap_err(),
    ]
}

#[tokio::test]
async fn value_that_would_leave_its_place_is_not_sent() {
    let server = server().await;
    let client = client(&server);
    for value in ["", ".", ".."] {
        for error in errors_of(&client, value).await {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{value}");
        }
    }
    // The path of `delete_all_tokens`.
    for all in ["all", "ALL"] {
        let error = client.delete_token().token(all).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let other = "delete_all_tokens (DELETE /token/";
        assert!(error.to_string().contains(other), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn value_with_any_other_text_is_sent_as_one_segment() {
    let server = server().await;
    let client = client(&server);
    for (value, segment) in [
        ("a/b", "a%2Fb"),
        ("%2e%2e", "%252e%252e"),
        ("../..", "..%2F.."),
        ("?", "%3F"),
        ("#", "%23"),
        ("\n", "%0A"),
        (".\n.", ".%0A."),
        ("..;", "..%3B"),
        (r"..\..", r"..%5C.."),
    ] {
        let [domain, id, token] = errors_of(&client, value).await.map(|error| error.kind());
        assert_eq!([domain, id, token], [ErrorKind::Forbidden; 3], "{value}");
        let paths: Vec<_> = server.requests().into_iter().map(|it| it.path).collect();
        let expected = [
            format!("/rest/sip/domain/{segment}"),
            format!("/rest/janus/session/{GROUP}/user/{segment}"),
            format!("/rest/token/{segment}"),
        ];
        assert_eq!(paths, expected);
    }
}

/// The service repeats the path and the body. The logs are those of all crates.
#[tokio::test]
async fn secrets_of_path_and_body_are_neither_shown_nor_logged() {
    // Subscribers of other tests can turn events off.
    if !child::runs_alone("paths::secrets_of_path_and_body_are_neither_shown_nor_logged") {
        return;
    }
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = server().await;
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let (token, password) = ("an-invite+of/canary", "the canary's password");
    let check = client.check_sip_user_invite().token(token);
    let accept = client.accept_sip_user_invite().token(token);
    let accept = accept.body_map(|body| body.login("carol").password(password));
    let mut shown = format!("{check:?} {accept:?}");
    for error in [
        check.send().await.map(drop).unwrap_err(),
        accept.send().await.map(drop).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
        assert!(error.to_string().contains("/app/invite/[token]"), "{error}");
        shown += &shown_by(&error);
    }
    let logged = log.text();
    assert!(logged.contains("/rest/app/invite/[token]"), "{logged}");
    shown += &logged;
    assert!(!shown.contains("canary"), "{shown}");
    for request in server.requests() {
        assert!(request.path.contains("canary"), "it is sent");
        let tokens = request
            .headers
            .iter()
            .filter(|(name, _)| name == "authorization" || name.starts_with("x-auth"));
        assert_eq!(tokens.count(), 0, "a public operation");
    }
}
