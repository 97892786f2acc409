//! Responses that do not match the spec: the error shows nothing from them, and an optional property
//! that cannot be read is left out.

use opentact_api::{Error, ErrorKind, ResponseValue, Uuid, groups};
use serde_json::{Value, json};

use crate::support::GROUP;
use crate::support::secrets::{self, shown_by};
use crate::support::server::{Response, Server};

async fn list_groups(
    body: impl Into<Vec<u8>>,
) -> Result<ResponseValue<Vec<groups::SipUserGroup>>, Error> {
    let server = Server::with(Response::json(200, body)).await;
    server.client().list_groups().send().await
}

/// Lists a group with these properties beside its UUID and name.
async fn listed(properties: &str) -> ResponseValue<Vec<groups::SipUserGroup>> {
    let body = format!(
        r#"{{"success": true, "payload": [{{"uuid": "{GROUP}", "name": "Sales", {properties}}}]}}"#
    );
    list_groups(body).await.unwrap()
}

/// The texts that serde writes around a value, and that a server can write as well.
#[tokio::test]
async fn error_for_values_with_the_words_of_serde_shows_none_of_them() {
    let (token, ha1) = (secrets::TOKEN, secrets::HA1);
    let words = format!(
        "x, expected {token} and {ha1} missing field `{token}` duplicate field `{ha1}` unknown variant"
    );
    let hex: String = words.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let group = |properties: String| {
        let payload = format!(r#"[{{"owner": "{words}", {properties}}}]"#);
        format!(r#"{{"success": true, "payload": {payload}}}"#)
    };
    let mut lines = String::new();
    for (what, body) in [
        (
            "the issue",
            format!(r#"{{"success":true,"payload":[{{"uuid":5,"owner":"{words}","name":"x"}}]}}"#),
        ),
        (
            "a value",
            group(format!(r#""name": "a", "uuid": "{words}""#)),
        ),
        (
            "an escaped value",
            group(format!(r#""name": "a", "uuid": "{hex}""#)),
        ),
        ("a name", group(format!(r#""{words}": 1, "uuid": 5"#))),
        ("an escaped name", group(format!(r#""{hex}": 1"#))),
        (
            "a name around it",
            format!(r#"{{"success": true, "payload": {{"{words}": [1]}}}}"#),
        ),
        (
            "a repeated name",
            group(format!(r#""name": "a", "{words}": 1, "name": "{words}""#)),
        ),
        ("a number", group(r#""name": "a", "uuid": 123e9999"#.into())),
        ("a broken escape", group(format!(r#""name": "{words}\q""#))),
        ("half a pair", group(format!(r#""name": "{words}\ud800""#))),
        (
            "a control character",
            group(format!("\"name\": \"{words}\n\"")),
        ),
        ("a broken literal", group(format!(r#""uuid": tr{words}"#))),
        (
            "half of it",
            format!(r#"{{"success": true, "payload": [{{"uuid": "{words}"#),
        ),
        (
            "text after it",
            format!(r#"{{"success": true, "payload": []}} {words}"#),
        ),
        ("a string", format!(r#""{words}""#)),
        ("a list", format!(r#"["{words}"]"#)),
        (
            "a success that is a string",
            format!(r#"{{"success": "{words}", "payload": []}}"#),
        ),
        (
            "a payload that is a string",
            format!(r#"{{"success": true, "payload": "{words}"}}"#),
        ),
    ] {
        let error = list_groups(body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UndecodableResponse, "{what}");
        let shown = shown_by(&error);
        assert_eq!(secrets::find_in(&shown), None, "{what}: {shown}");
        lines += &format!("{what}\n    {}\n", error.message().unwrap());
    }
    insta::assert_snapshot!(lines);
}

#[tokio::test]
async fn optional_value_that_cannot_be_read_is_left_out_and_recorded() {
    let mut lines = String::new();
    for properties in [
        r#""created_on": "yesterday""#,
        r#""created_on": 1700000000"#,
        r#""owner": "alice""#,
        r#""owner": {"uuid": "4711", "login": "alice"}"#,
        r#""owner": {"login": "\ud800"}"#,
        r#""owner": {"login": "a	b", "dob": [], "gender": false}"#,
        r#""owner": {"account": {"a": "\ud800"}}"#,
        r#""owner": {"account": [1]}"#,
        r#""owner": {"groups": [{"name": "no uuid"}], "login": "alice"}"#,
        r#""owner": {"login": "a", "login": "b"}"#,
        r#""users": [{"login": "alice"}, 7]"#,
        r#""users": {}"#,
        r#""users": [{"dob": 1}, {"ha1": {"deep": [{}]}}]"#,
    ] {
        let groups = listed(properties).await;
        assert_eq!((groups[0].uuid, &*groups[0].name), (GROUP, "Sales"));
        lines += &format!("{properties}\n");
        for warning in groups.warnings() {
            lines += &format!("    {warning}\n");
        }
        let shown = format!("{groups:?}");
        assert!(shown.contains("warnings"), "{shown}");
        let (payload, parts) = groups.into_parts();
        assert!(!parts.warnings.is_empty());
        let rest = serde_json::to_value(&payload[0]).unwrap();
        let rest = rest.as_object().unwrap().iter();
        let rest: Value = rest
            .filter(|(name, _)| !["uuid", "name"].contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        lines += &format!("    {rest}\n");
    }
    insta::assert_snapshot!(lines);
}

#[tokio::test]
async fn list_with_bad_optional_values_keeps_every_object() {
    let group =
        |n: u128| json!({"uuid": Uuid::from_u128(n), "name": "Sales", "owner": {"login": "alice"}});
    let mut groups: Vec<Value> = (0..1000).map(group).collect();
    groups[3]["owner"]["dob"] = json!("0000-00-00");
    groups[999]["created_on"] = json!(false);
    let body = json!({"success": true, "payload": groups}).to_string();
    let groups = list_groups(body).await.unwrap();
    assert_eq!(groups.len(), 1000);
    assert_eq!(
        groups[3].owner.as_ref().unwrap().login.as_deref(),
        Some("alice")
    );
    let warnings: Vec<String> = groups.warnings().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r"
    `payload[3].owner.dob`: expected a date-time, found a string
    `payload[999].created_on`: expected a date-time, found a boolean
    ");
}

#[tokio::test]
async fn good_response_has_no_warnings() {
    let groups = listed(r#""unknown": {"uuid": 1}, "owner": null, "users": null"#).await;
    assert_eq!(groups.warnings(), []);
    assert!(groups[0].users.is_empty());
}

#[tokio::test]
async fn refusal_with_repeated_properties_keeps_its_status_and_first_message() {
    for status in [200, 400] {
        let body =
            r#"{"success": false, "message": "no such group", "message": "x", "status": 404}"#;
        let server = Server::with(Response::json(status, body)).await;
        let error = server.client().list_groups().send().await.unwrap_err();
        assert_eq!(error.api_status(), Some(404));
        assert_eq!(error.message(), Some("no such group"));
    }
}

/// Returns lists within one another.
fn lists(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

/// serde_json reads 127 levels, and one bad value changes nothing about that. The lists are in 5 levels.
#[tokio::test]
async fn deep_values_beside_one_that_cannot_be_read_are_kept() {
    for (levels, bad, warnings) in [(122, "null", 0), (122, "1", 1), (123, "null", 1)] {
        let owner = format!(
            r#""owner": {{"dob": {bad}, "account": {{"a": {}}}}}"#,
            lists(levels)
        );
        let groups = listed(&owner).await;
        assert_eq!(groups.warnings().len(), warnings, "{:?}", groups.warnings());
        let account = &groups[0].owner.as_ref().unwrap().account;
        assert_eq!(account.is_some(), levels == 122, "{levels} {bad}");
    }
}

#[tokio::test]
async fn warnings_beyond_a_thousand_are_not_kept() {
    let users = [r#"{"dob": 1}"#; 1200].join(",");
    let groups = listed(&format!(r#""users": [{users}]"#)).await;
    assert_eq!(
        (groups[0].users.len(), groups.warnings().len()),
        (1200, 1000)
    );
    assert_eq!(groups.warnings()[999].path(), "payload[0].users[999].dob");
}

/// Lists and objects within one another, as deep as they are read, and deeper. The innermost owner has a
/// deep account as well.
#[tokio::test]
async fn deepest_objects_fit_on_the_stack_of_a_thread() {
    for created_on in [r#""2024-01-16T14:15:48.540Z""#, "1"] {
        for (levels, inner) in [(20, 1), (20, 62), (20, 1000), (42, 1), (43, 1), (1000, 1)] {
            let open = format!(
                r#"{{"uuid": "{GROUP}", "name": "a", "created_on": {created_on}, "owner": {{"groups": ["#
            );
            let account = format!(r#"], "account": {{"a": {}}}}}}}"#, lists(inner));
            let body = format!(
                r#"{{"success": true, "payload": [{}{account}{}]}}"#,
                open.repeat(levels),
                "]}}".repeat(levels - 1)
            );
            let large = format!("{body}{}", " ".repeat(100_000));
            for body in [body, large] {
                assert_eq!(list_groups(body).await.unwrap().len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn response_value_maps_its_payload_and_keeps_the_rest() {
    let body = r#"{"success": true, "payload": []}"#;
    let server = Server::with(Response::json(200, body).header("x-request-id", "4711")).await;
    let groups = server.client().list_groups().send().await.unwrap();
    let number = groups.map(|groups| groups.len());
    assert_eq!((*number, number.status().as_u16()), (0, 200));
    assert_eq!(number.request_id(), Some("4711"));
    assert_eq!(number.clone().into_inner(), 0);
}
