//! The request of an error, and its outcome.

use crate::support::GROUP;
use crate::support::server::{Response, Server};

/// A program with words of its own for its users names the request in them.
#[tokio::test]
async fn error_names_the_request_and_the_base_url() {
    let server = Server::with(Response::json(404, "{}")).await;
    let error = server
        .client()
        .delete_group()
        .uuid(GROUP)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.method(), error.path_template()),
        ("DELETE", "/app/group/{uuid}")
    );
    assert_eq!(error.base_url(), Some(server.url.as_str()));
    let client = server.client();
    let request = client.create_group();
    let error = request
        .body_map(|body| body.name("ab"))
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.method(), error.base_url()), ("POST", None));
}

/// The service got no whole request, refused it, or does not know the operation.
#[tokio::test]
async fn status_that_proves_that_nothing_was_done_gives_no_warning() {
    for (status, warns) in [
        (400, false),
        (408, false),
        (409, false),
        (501, false),
        (500, true),
        (503, true),
    ] {
        let client = Server::with(Response::json(status, "{}")).await.client();
        let request = client.create_group().body_map(|body| body.name("Sales"));
        let error = request.send().await.unwrap_err();
        let line = error.to_string();
        assert_eq!(error.may_have_been_done(), warns, "{line}");
        assert_eq!(line.contains("may have carried it out"), warns, "{line}");
    }
}
