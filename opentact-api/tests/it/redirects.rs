//! Redirects, which the client does not follow.

use opentact_api::ErrorKind;

use crate::support::secrets::shown_by;
use crate::support::server::{Response, Server, TOKEN};

#[tokio::test]
async fn redirect_is_not_followed() {
    let elsewhere = Server::start().await;
    let redirect = Response::json(302, "").header("location", &elsewhere.url);
    let server = Server::with(redirect).await;
    let error = server.client().list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(elsewhere.requests().is_empty());
    let host = elsewhere.url.trim_end_matches("/rest");
    let line = error.to_string().replace(host, "http://elsewhere");
    insta::assert_snapshot!(line, @"list_groups (GET /app/group): the service redirects, and redirects are not followed, status 302 Found: to http://elsewhere (check the base URL)");
}

#[tokio::test]
async fn redirect_target_is_shown_without_secrets() {
    for target in [
        format!("https://user:{TOKEN}@elsewhere.example/{TOKEN}?{TOKEN}#{TOKEN}"),
        format!("https://{TOKEN}.elsewhere.example/"),
    ] {
        let server = Server::with(Response::json(301, "").header("location", target)).await;
        let error = server.client().list_groups().send().await.unwrap_err();
        let line = error.to_string();
        assert!(line.contains("elsewhere.example (check"), "{line}");
        assert!(!shown_by(&error).contains(TOKEN), "{line}");
    }
}
