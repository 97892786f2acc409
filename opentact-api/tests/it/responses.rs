//! Responses from the vendor's page, and variations of them that real servers send.

use opentact_api::{Client, groups};
use serde_json::{Value, json};

use crate::support::server::{Response, Server};
use crate::support::{ALICE, BOB, GROUP};

/// Parses the vendor's sample. Its UUIDs replace the placeholder `string`.
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

/// Removes empty lists, which the types do not serialize.
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

/// Starts a server that always responds with this body, and a client for it.
async fn responding_with(body: impl ToString) -> (Server, Client) {
    let server = Server::with(Response::json(200, body.to_string())).await;
    let client = server.client();
    (server, client)
}

/// Serves the vendor's sample to the operation, and compares the payload with it.
macro_rules! sample_decodes {
    ($name:ident, $operation:literal, |$client:ident| $request:expr) => {
        #[tokio::test]
        async fn $name() {
            let sample = sample(include_str!(concat!(
                "../../../openapi/vendor/",
                $operation,
                ".json"
            )));
            let (_server, $client) = responding_with(&sample).await;
            let payload = $request.send().await.unwrap().into_inner();
            let decoded = serde_json::to_value(payload).unwrap();
            assert_eq!(decoded, without_empty_lists(&sample["payload"]));
        }
    };
}

sample_decodes!(
    list_groups_decodes_the_vendors_sample,
    "GetSIPGroupsListApp",
    |client| client.list_groups()
);
sample_decodes!(
    create_group_decodes_the_vendors_sample,
    "CreateSIPUserGroupApp",
    |client| client.create_group().body_map(|body| body.name("Sales"))
);
sample_decodes!(
    update_group_decodes_the_vendors_sample,
    "ModifySIPUserGroupApp",
    |client| client.update_group().uuid(GROUP)
);
sample_decodes!(
    delete_group_decodes_the_vendors_sample,
    "RemoveSIPUserGroupApp",
    |client| client.delete_group().uuid(GROUP)
);
sample_decodes!(
    list_group_users_decodes_the_vendors_sample,
    "GetSIPUserGroupUsersApp",
    |client| client.list_group_users().uuid(GROUP)
);
sample_decodes!(
    add_group_users_decodes_the_vendors_sample,
    "AddSIPUsersToSIPUserGroupApp",
    |client| {
        let request = client.add_group_users().uuid(GROUP);
        request.body_map(|body| body.users(vec![ALICE]))
    }
);
sample_decodes!(
    add_group_user_decodes_the_vendors_sample,
    "AddSIPUserToSIPUserGroupApp",
    |client| client.add_group_user().uuid(GROUP).sip_user_uuid(BOB)
);
sample_decodes!(
    remove_group_user_decodes_the_vendors_sample,
    "RemoveSIPUserFromSIPUserGroupApp",
    |client| client.remove_group_user().uuid(GROUP).sip_user_uuid(BOB)
);

/// Receives a list with one user.
async fn received_user(user: Value) -> groups::SipUser {
    let (_server, client) = responding_with(json!({"success": true, "payload": [user]})).await;
    let users = client
        .list_group_users()
        .uuid(GROUP)
        .send()
        .await
        .unwrap()
        .into_inner();
    users.into_iter().next().unwrap()
}

/// Receives a group.
async fn received_group(group: Value) -> groups::SipUserGroup {
    let (_server, client) = responding_with(json!({"success": true, "payload": group})).await;
    let request = client.delete_group().uuid(GROUP);
    request.send().await.unwrap().into_inner()
}

#[tokio::test]
async fn user_with_every_property_null_decodes() {
    let page = sample(include_str!(
        "../../../openapi/vendor/GetSIPUserGroupUsersApp.json"
    ));
    let names = page["payload"][0].as_object().unwrap().keys();
    let nulls: Value = names.map(|name| (name.clone(), Value::Null)).collect();
    assert_eq!(nulls.as_object().unwrap().len(), 19);
    assert_eq!(received_user(nulls).await, groups::SipUser::default());
}

#[tokio::test]
async fn group_with_uuid_and_name_only_decodes() {
    let group = json!({
        "created_on": null, "modified_on": null, "uuid": GROUP, "name": "Sales", "owner": null,
        "users": null,
    });
    let nulls = received_group(group).await;
    assert!(nulls.users.is_empty());
    let absent = received_group(json!({"uuid": GROUP, "name": "Sales"})).await;
    assert_eq!(nulls, absent);
}

#[tokio::test]
async fn group_name_beyond_the_limits_of_requests_decodes() {
    for name in ["", "Z", &"long ".repeat(40)] {
        let group = received_group(json!({"uuid": GROUP, "name": name})).await;
        assert_eq!(group.name, name);
    }
}

#[tokio::test]
async fn user_with_undocumented_properties_and_gender_decodes() {
    let user = received_user(json!({
        "login": "alice", "gender": "Genderqueer", "state": "active", "is_active": true,
        "sip_domain": {"name": "sip.example.com"},
    }))
    .await;
    assert_eq!(user.gender.as_deref(), Some("Genderqueer"));
    assert_eq!(user.login.as_deref(), Some("alice"));
}

#[tokio::test]
async fn times_with_and_without_milliseconds_keep_their_precision() {
    let user = received_user(json!({
        "created_on": "2024-01-16T14:15:48.540Z", "modified_on": "2019-08-24T14:15:22Z",
        "dob": "1991-06-14T02:00:00+02:00",
    }))
    .await;
    let written = serde_json::to_value(&user).unwrap();
    assert_eq!(written["created_on"], "2024-01-16T14:15:48.540Z");
    assert_eq!(written["modified_on"], "2019-08-24T14:15:22Z");
    assert_eq!(written["dob"], "1991-06-14T00:00:00Z");
}

#[tokio::test]
async fn free_form_object_decodes_without_loss() {
    let account = json!({"id": 9007199254740993_u64, "deep": [{"a": null}, 1.5, "x"]});
    let user = received_user(json!({"account": account})).await;
    assert_eq!(Value::Object(user.account.unwrap()), account);
}

#[tokio::test]
async fn response_value_keeps_status_and_headers() {
    let response = Response::json(200, r#"{"success": true, "payload": []}"#);
    let server = Server::with(response.header("x-request-id", "4711")).await;
    let groups = server.client().list_groups().send().await.unwrap();
    assert_eq!(groups.status(), 200);
    assert_eq!(groups.headers()["x-request-id"], "4711");
    assert!(groups.is_empty());
}
