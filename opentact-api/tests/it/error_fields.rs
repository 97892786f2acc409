//! The refused parameters of error responses.

use opentact_api::{Error, ErrorKind};

use crate::support::secrets::shown_by;
use crate::support::server::{Response, Server, TOKEN};

/// Returns the error for a response whose `fields` are these.
async fn error_with(fields: &str) -> Error {
    let body = format!(
        r#"{{"success": false, "message": "Validation failed", "status": 400, "meta": "m", "fields": {fields}}}"#
    );
    error_of(&body).await
}

async fn error_of(body: &str) -> Error {
    let server = Server::with(Response::json(400, body)).await;
    let error = server.client().list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    error
}

fn shown(error: &Error) -> Vec<(&str, Option<&str>)> {
    let fields = error.fields().iter();
    fields
        .map(|field| (field.path(), field.message()))
        .collect()
}

#[tokio::test]
async fn fields_have_path_and_message_but_no_value() {
    let error = error_with(
        r#"{"params.to": {"message": "invalid integer number", "value": "canary"},
            "params.users": {"value": {"password": "canary"}}}"#,
    )
    .await;
    let fields = [
        ("params.to", Some("invalid integer number")),
        ("params.users", None),
    ];
    assert_eq!(shown(&error), fields);
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the service reported an error, status 400 Bad Request: Validation failed: `params.to`: invalid integer number; `params.users`");
    assert!(!shown_by(&error).contains("canary"), "{error:?}");
}

/// The start of a body without a message is shown otherwise.
#[tokio::test]
async fn body_with_fields_alone_is_not_shown() {
    for body in [
        r#"{"fields": {"params.to": {"message": "no", "value": "canary"}}}"#,
        r#"{"fields": ["canary"]}"#,
        r#"{"fields": "canary"}"#,
    ] {
        let error = error_of(body).await;
        assert_eq!(error.message(), None);
        assert!(!shown_by(&error).contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn fields_of_other_shapes_are_read_as_far_as_they_go() {
    let nested = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let nested = format!(r#"{{"a": {nested}, "b": {{"message": "no"}}}}"#);
    for (fields, expected) in [
        ("null", vec![]),
        ("[]", vec![]),
        ("7", vec![]),
        ("{}", vec![]),
        (r#"{"a": "no"}"#, vec![("a", Some("no"))]),
        (r#"{"a": null, "b": []}"#, vec![("a", None), ("b", None)]),
        (r#"{"a": {"message": 7}}"#, vec![("a", None)]),
        (r#"{"": {"message": ""}}"#, vec![("", None)]),
        (
            r#"{"a": {"message": "x"}, "a": {"message": "y"}}"#,
            vec![("a", Some("x")), ("a", Some("y"))],
        ),
        (nested.as_str(), vec![("a", None), ("b", Some("no"))]),
    ] {
        let error = error_with(fields).await;
        assert_eq!(shown(&error), expected, "{fields}");
        assert_eq!(error.message(), Some("Validation failed"), "{fields}");
    }
}

#[tokio::test]
async fn fields_are_redacted_and_limited() {
    let long = "na ".repeat(2000);
    let secret = format!(
        r#"{{"params.{TOKEN}": {{"message": "not {TOKEN}"}}, "{long}": {{"message": "a\nb {long}"}}}}"#
    );
    let error = error_with(&secret).await;
    assert_eq!(shown(&error)[0], ("params.[token]", Some("not [token]")));
    assert_eq!(error.fields()[1].path().chars().count(), 201);
    assert_eq!(error.fields()[1].message().unwrap().chars().count(), 1001);
    assert!(!error.to_string().contains('\n'), "{error}");

    let many: Vec<_> = (0..1000).map(|n| format!(r#""p{n}": "no""#)).collect();
    let error = error_with(&format!("{{{}}}", many.join(","))).await;
    assert_eq!(error.fields().len(), 32);
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the service reported an error, status 400 Bad Request: Validation failed: `p0`: no; `p1`: no; `p2`: no, and 29 more");
}
