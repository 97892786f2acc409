//! Properties of every response and of every value of every type.

use std::fmt::Debug;
use std::time::Duration;

use opentact_api::chrono::{DateTime, Utc};
use opentact_api::groups::{
    AddGroupUsersRequest, CreateGroupRequest, GroupName, SipUser, SipUserGroup, UpdateGroupRequest,
};
use opentact_api::{Client, ErrorKind, RetryPolicy, Secret, Uuid};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::{calls, secrets};

/// The largest response body that the client accepts. It has room for longer messages than errors show.
const LIMIT: usize = 4096;
/// The most characters of a message that an error shows, and `…`.
const MESSAGE: usize = 1001;
/// The time limit of a call.
const TIMEOUT: Duration = Duration::from_secs(2);
/// Far more than a call takes, so that one that does not end fails the test.
const DEADLINE: Duration = Duration::from_secs(60);

/// Bytes that are valid, damaged or no JSON.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let message = prop_oneof![json(), "\\PC{900,1100}".prop_map(Value::from)];
    let envelope = (json(), any::<bool>(), message).prop_map(|(payload, success, message)| {
        serde_json::json!({ "success": success, "payload": payload, "message": message })
    });
    let text = prop_oneof![json(), envelope].prop_map(|json| json.to_string().into_bytes());
    let damaged = (text.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(
        |(mut text, place, byte)| {
            *place.get_mut(&mut text) = byte;
            text
        },
    );
    prop_oneof![text, damaged, vec(any::<u8>(), 0..2 * LIMIT)]
}

/// Any JSON, often with names of properties that the types have.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<u128>().prop_map(|uuid| Value::from(Uuid::from_u128(uuid).to_string())),
    ];
    let name = prop_oneof![
        "[a-z]{0,5}",
        "uuid|name|users|owner|groups|ha1|created_on|account"
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

/// Texts with words of serde's messages and secrets, as an attacker writes them. A digest in Base64 is not
/// recognised between letters.
fn hostile_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        ", expected ",
        "missing field `",
        "duplicate field `",
        "unknown field `",
        "invalid type: ",
        " at line 1 column 2",
        "recursion limit exceeded",
        "`",
        "\"",
        "\\",
        "…",
        "...",
        " ",
        "\u{202e}",
        "\u{2028}",
    ]);
    let secret = prop::sample::select(secrets::all_encodings());
    let piece = prop_oneof![
        words.prop_map(str::to_owned),
        prop::sample::select(secrets::spellings()),
        (secret, vec(0..6_usize, 80)).prop_map(|(secret, escapes)| mixed(&secret, &escapes)),
        any::<String>(),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.join("|"))
}

/// Returns a text in which each character has an escape of its own.
fn mixed(text: &str, escapes: &[usize]) -> String {
    let escaped = text
        .bytes()
        .zip(escapes)
        .map(|(byte, escape)| match escape {
            0 => format!("%{byte:02X}"),
            1 => format!(r"\u{byte:04x}"),
            2 => format!("&#{byte};"),
            3 => format!("&amp;#x{byte:x};"),
            _ => char::from(byte).to_string(),
        });
    escaped.collect()
}

/// Any JSON with hostile texts as values and as names, and long numbers.
fn hostile_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        hostile_text().prop_map(Value::from),
        (u64::MAX / 2..).prop_map(Value::from),
        json(),
    ];
    let name = prop_oneof![
        hostile_text(),
        "uuid|name|users|owner|groups|ha1|created_on|account",
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

/// Returns JSON in which every name of an object may occur twice.
fn doubled(json: &Value, twice: bool) -> String {
    match json {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| doubled(item, twice)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let entries = object.iter().map(|(name, value)| {
                let (name, value) = (Value::from(name.as_str()), doubled(value, twice));
                let entry = format!("{name}:{value}");
                match twice {
                    true => format!("{entry},{entry}"),
                    false => entry,
                }
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        _ => json.to_string(),
    }
}

/// Returns the numbers and texts in JSON that a message could repeat.
fn values(json: &Value) -> Vec<String> {
    match json {
        Value::Array(items) => items.iter().flat_map(values).collect(),
        Value::Object(object) => object.values().flat_map(values).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Null | Value::Bool(_) => vec![],
    }
}

/// Bytes that are mostly valid HTTP.
fn response() -> impl Strategy<Value = Vec<u8>> {
    let http = (100..600_u16, body(), any::<bool>()).prop_map(|(status, body, has_length)| {
        let length = match has_length {
            true => format!("content-length: {}\r\n", body.len()),
            false => String::new(),
        };
        let head = format!("HTTP/1.1 {status} Status\r\n{length}connection: close\r\n\r\n");
        [head.as_bytes(), &body].concat()
    });
    prop_oneof![4 => http, 1 => vec(any::<u8>(), 0..LIMIT)]
}

/// Prints a failing case and writes no file.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn any_response_gives_a_payload_or_an_error_within_the_limits() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(FaultyServer::start(Behaviour::Close));
    let client = client(&server, LIMIT);
    proptest!(config(256), |(response in response())| {
        runtime.block_on(async {
            for call in calls::all() {
                server.change(Behaviour::Write(response.clone()));
                ends_within_limits(&client, &response, &call).await;
            }
        });
    });
}

#[test]
fn hostile_payload_shows_neither_a_value_nor_a_secret() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(FaultyServer::start(Behaviour::Close));
    let client = client(&server, 1024 * 1024);
    proptest!(config(512), |(json in hostile_json(), message in hostile_text(), twice in any::<bool>(), shape in 0..4)| {
        let payload = doubled(&json, twice);
        let message = Value::from(message);
        let (status, body) = match shape {
            0 => ("200 OK", format!(r#"{{"success":true,"payload":{payload}}}"#)),
            1 => ("200 OK", format!(r#"{{"success":true,"payload":[{payload},{{}}]}}"#)),
            2 => ("400 Bad Request", format!(r#"{{"success":false,"message":{message},"payload":{payload}}}"#)),
            _ => ("502 Bad Gateway", payload),
        };
        server.change(Behaviour::Respond(status, "", body.clone().into_bytes()));
        let error = match runtime.block_on(client.list_groups().send()) {
            Err(error) => error,
            Ok(groups) => {
                let shown = format!("{:?}", groups.warnings());
                prop_assert_eq!(secrets::find_spelled_in(&shown), None, "{}\n{}", body, shown);
                return Ok(());
            }
        };
        let shown = secrets::shown_by(&error);
        prop_assert_eq!(secrets::find_spelled_in(&shown), None, "{}\n{}", body, shown);
        prop_assert!(shown.len() < 20_000, "{}", shown.len());
        let line = error.to_string();
        prop_assert!(!line.contains(is_invisible), "{:?}", line);
        if error.kind() == ErrorKind::UndecodableResponse {
            for value in values(&json).iter().filter(|value| value.len() > 8) {
                prop_assert!(!shown.contains(value), "{}\n{}", value, shown);
            }
        }
    });
}

/// Returns `true` for characters that break a line, or change its direction.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn client(server: &FaultyServer, max_response_size: usize) -> Client {
    Client::builder()
        .ha1b_token(secrets::TOKEN)
        .base_url(&server.url)
        .timeout(TIMEOUT)
        .max_response_size(max_response_size)
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

async fn ends_within_limits(client: &Client, response: &[u8], call: &calls::Call) {
    let result = timeout(DEADLINE, (call.start)(client)).await.unwrap();
    match result {
        Ok(_) => assert!(response.len() < LIMIT + 200, "a larger body was accepted"),
        Err(error) => {
            assert_eq!((error.operation(), error.attempts()), (call.operation, 1));
            let message = error.message().unwrap_or_default().chars().count();
            assert!(message <= MESSAGE, "{message} characters");
            assert!(!error.to_string().contains(is_invisible));
        }
    }
}

fn date() -> impl Strategy<Value = DateTime<Utc>> {
    let seconds = DateTime::<Utc>::MIN_UTC.timestamp()..=DateTime::<Utc>::MAX_UTC.timestamp();
    (seconds, 0..1_000_000_000_u32)
        .prop_filter_map("a date", |(s, ns)| DateTime::from_timestamp(s, ns))
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn secret() -> impl Strategy<Value = Secret> {
    any::<String>().prop_map(Secret::from)
}

fn object() -> impl Strategy<Value = Map<String, Value>> {
    vec((any::<String>(), json()), 0..4).prop_map(|entries| entries.into_iter().collect())
}

fn name() -> impl Strategy<Value = GroupName> {
    ".{3,80}".prop_filter_map("a name", |name| GroupName::try_from(name).ok())
}

fn user() -> impl Strategy<Value = SipUser> {
    user_in(Just(vec![]).boxed())
}

/// A user in these groups.
fn user_in(groups: BoxedStrategy<Vec<SipUserGroup>>) -> impl Strategy<Value = SipUser> {
    let dates = [(); 3].map(|()| option::of(date()));
    let texts = [(); 8].map(|()| option::of(any::<String>()));
    let secrets = [(); 2].map(|()| option::of(secret()));
    let objects = [(); 4].map(|()| option::of(object()));
    let parts = (dates, texts, secrets, objects, option::of(uuid()), groups);
    parts.prop_map(|(dates, texts, secrets, objects, uuid, groups)| {
        let mut user: SipUser = serde_json::from_str("{}").unwrap();
        [user.created_on, user.modified_on, user.dob] = dates;
        [
            user.login,
            user.remote_ip,
            user.first_name,
            user.last_name,
            user.email,
            user.phone_number,
            user.avatar,
            user.gender,
        ] = texts;
        [user.ha1, user.ha1b] = secrets;
        [
            user.sip_connection,
            user.account,
            user.created_by,
            user.modified_by,
        ] = objects;
        (user.uuid, user.groups) = (uuid, groups);
        user
    })
}

fn group() -> impl Strategy<Value = SipUserGroup> {
    let dates = [(); 2].map(|()| option::of(date()));
    (
        dates,
        uuid(),
        any::<String>(),
        option::of(user()),
        vec(user(), 0..3),
    )
        .prop_map(|(dates, uuid, name, owner, users)| {
            let group = serde_json::json!({ "uuid": uuid, "name": name });
            let mut group: SipUserGroup = serde_json::from_value(group).unwrap();
            group.users = users;
            [group.created_on, group.modified_on] = dates;
            group.owner = owner;
            group
        })
}

fn round_trips<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(&read, value, "{json}");
}

proptest! {
    // Enough for every property to be present and absent many times.
    #![proptest_config(config(64))]

    #[test]
    fn user_round_trips_through_json(user in user_in(vec(group(), 0..2).boxed())) {
        round_trips(&user);
    }

    #[test]
    fn group_round_trips_through_json(group in group()) {
        round_trips(&group);
    }

    #[test]
    fn request_body_round_trips_through_json(
        name in name(),
        other_name in option::of(name()),
        users in vec(uuid(), 0..5),
        other_users in option::of(vec(uuid(), 0..5)),
    ) {
        round_trips(&name);
        round_trips(&AddGroupUsersRequest::builder().users(users).build().unwrap());
        let mut create = CreateGroupRequest::builder().name(name).build().unwrap();
        create.users.clone_from(&other_users);
        round_trips(&create);
        let mut update = UpdateGroupRequest::builder().build().unwrap();
        (update.name, update.users) = (other_name, other_users);
        round_trips(&update);
    }
}
