//! Answers as the vendor's page prints them, and as real servers vary them.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_api::{Client, types};
use serde_json::{Value, json};
use support::{ALICE, Answer, BOB, GROUP, Server};

/// The vendor's sample answer of an operation, as the page prints it, but for the UUIDs: the
/// page has the placeholder `string` there.
fn sample(text: &str) -> Value {
    let mut sample = serde_json::from_str(text).unwrap();
    with_real_uuids(&mut sample);
    sample
}

fn with_real_uuids(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(uuid) = object.get_mut("uuid") {
                *uuid = GROUP.to_string().into();
            }
            object.values_mut().for_each(with_real_uuids);
        }
        Value::Array(items) => items.iter_mut().for_each(with_real_uuids),
        _ => {}
    }
}

/// A value without what the types leave out: empty lists.
fn without_empty_lists(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .filter(|(_, value)| **value != json!([]))
            .map(|(name, value)| (name.clone(), without_empty_lists(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_empty_lists).collect(),
        other => other.clone(),
    }
}

/// A client of a server that always answers with this body.
async fn answered_with(body: impl ToString) -> (Server, Client) {
    let server = Server::with(Answer::json(200, body.to_string())).await;
    let client = server.client();
    (server, client)
}

/// Serves the sample of an operation to the method for it, and compares what comes out with
/// what went in.
macro_rules! sample_decodes {
    ($name:ident, $operation:literal, |$client:ident| $request:expr) => {
        #[tokio::test]
        async fn $name() {
            let sample = sample(include_str!(concat!(
                "../../openapi/vendor/",
                $operation,
                ".json"
            )));
            let (_server, $client) = answered_with(&sample).await;
            let payload = $request.send().await.unwrap().into_inner();
            let decoded = serde_json::to_value(payload).unwrap();
            assert_eq!(decoded, without_empty_lists(&sample["payload"]));
        }
    };
}

sample_decodes!(list_groups, "GetSIPGroupsListApp", |client| client
    .list_groups());
sample_decodes!(create_group, "CreateSIPUserGroupApp", |client| {
    client.create_group().body_map(|body| body.name("Sales"))
});
sample_decodes!(update_group, "ModifySIPUserGroupApp", |client| client
    .update_group()
    .uuid(GROUP));
sample_decodes!(delete_group, "RemoveSIPUserGroupApp", |client| client
    .delete_group()
    .uuid(GROUP));
sample_decodes!(list_group_users, "GetSIPUserGroupUsersApp", |client| {
    client.list_group_users().uuid(GROUP)
});
sample_decodes!(add_group_users, "AddSIPUsersToSIPUserGroupApp", |client| {
    client
        .add_group_users()
        .uuid(GROUP)
        .body_map(|body| body.users(vec![ALICE]))
});
sample_decodes!(add_group_user, "AddSIPUserToSIPUserGroupApp", |client| {
    client.add_group_user().uuid(GROUP).sip_user_uuid(BOB)
});
sample_decodes!(
    remove_group_user,
    "RemoveSIPUserFromSIPUserGroupApp",
    |client| { client.remove_group_user().uuid(GROUP).sip_user_uuid(BOB) }
);

/// The first of the users that a server answers with.
async fn user(user: Value) -> types::SipUser {
    let (_server, client) = answered_with(json!({"success": true, "payload": [user]})).await;
    let users = client
        .list_group_users()
        .uuid(GROUP)
        .send()
        .await
        .unwrap()
        .into_inner();
    users.into_iter().next().unwrap()
}

/// The group that a server answers with.
async fn deleted(group: Value) -> types::SipUserGroup {
    let (_server, client) = answered_with(json!({"success": true, "payload": group})).await;
    let request = client.delete_group().uuid(GROUP);
    request.send().await.unwrap().into_inner()
}

#[tokio::test]
async fn every_property_of_a_user_may_be_null() {
    let page = sample(include_str!(
        "../../openapi/vendor/GetSIPUserGroupUsersApp.json"
    ));
    let names = page["payload"][0].as_object().unwrap().keys();
    let nulls: Value = names.map(|name| (name.clone(), Value::Null)).collect();
    assert_eq!(nulls.as_object().unwrap().len(), 19);
    assert_eq!(user(nulls).await, types::SipUser::default());
}

#[tokio::test]
async fn everything_but_uuid_and_name_of_a_group_may_be_null_or_absent() {
    let group = json!({
        "created_on": null, "modified_on": null, "uuid": GROUP, "name": "Sales", "owner": null,
        "users": null,
    });
    let nulls = deleted(group).await;
    assert!(nulls.users.is_empty());
    let absent = deleted(json!({"uuid": GROUP, "name": "Sales"})).await;
    assert_eq!(nulls, absent);
}

/// What is asked of a name that is sent is not asked of one that is received.
#[tokio::test]
async fn limits_of_requests_are_not_imposed_on_answers() {
    for name in ["", "Z", &"long ".repeat(40)] {
        let group = deleted(json!({"uuid": GROUP, "name": name})).await;
        assert_eq!(group.name, name);
    }
}

#[tokio::test]
async fn properties_and_genders_that_are_not_documented() {
    let user = user(json!({
        "login": "alice", "gender": "Genderqueer", "state": "active", "is_active": true,
        "sip_domain": {"name": "sip.example.com"},
    }))
    .await;
    assert_eq!(user.gender.as_deref(), Some("Genderqueer"));
    assert_eq!(user.login.as_deref(), Some("alice"));
}

#[tokio::test]
async fn times_with_and_without_milliseconds() {
    let user = user(json!({
        "created_on": "2024-01-16T14:15:48.540Z", "modified_on": "2019-08-24T14:15:22Z",
        "dob": "1991-06-14T02:00:00+02:00",
    }))
    .await;
    let written = serde_json::to_value(&user).unwrap();
    assert_eq!(written["created_on"], "2024-01-16T14:15:48.540Z");
    assert_eq!(written["modified_on"], "2019-08-24T14:15:22Z");
    assert_eq!(written["dob"], "1991-06-14T00:00:00Z");
}

/// Nothing in a free-form object is lost.
#[tokio::test]
async fn free_form_objects_are_kept() {
    let account = json!({"id": 9007199254740993_u64, "deep": [{"a": null}, 1.5, "x"]});
    let user = user(json!({"account": account})).await;
    assert_eq!(Value::Object(user.account.unwrap()), account);
}

#[tokio::test]
async fn status_and_headers_stay_reachable() {
    let mut answer = Answer::json(200, r#"{"success": true, "payload": []}"#);
    answer.headers.push(("x-request-id", "4711".to_owned()));
    let server = Server::with(answer).await;
    let groups = server.client().list_groups().send().await.unwrap();
    assert_eq!(groups.status(), 200);
    assert_eq!(groups.headers()["x-request-id"], "4711");
    assert!(groups.is_empty());
}
