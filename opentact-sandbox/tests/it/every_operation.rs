//! Every operation of the spec: its response fits the spec, with state or as an example.

use opentact_sandbox::{OPENAPI, Sandbox};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// The UUID of the one resource of each kind.
const UUID: &str = "1f0d8c62-7a3b-4e95-b6c4-5d20e9f1a837";

/// One resource of each kind.
fn seed() -> String {
    let of = |value: Value| json!([value]);
    let resource = || json!({ "uuid": UUID });
    let named = || json!({ "uuid": UUID, "name": "Example" });
    let seed = json!({
        "accounts": of(named()),
        "account_users": of(json!({ "uuid": UUID, "email": "alice@example.com", "password": "sandbox-password" })),
        "tokens": of(json!({ "uuid": UUID, "name": "Example", "token": "example-token", "user": UUID })),
        "connections": of(named()),
        "control_apps": of(named()),
        "messaging_profiles": of(named()),
        "orders": of(resource()),
        "leases": of(json!({ "uuid": UUID, "tn": 12_025_550_143_i64, "sip_connection": UUID, "messaging_profile": UUID })),
        "voice_profiles": of(named()),
        "domains": of(json!({ "domain": "sip.example.com", "sip_connection": UUID })),
        "switches": of(json!({ "uuid": UUID, "sip_domain": "sip.example.com" })),
        "users": of(json!({ "uuid": UUID, "login": "dana", "sip_domain": "sip.example.com" })),
        "invites": of(json!({ "uuid": UUID, "name": "Example", "token": "example-invite",
            "sip_domain": "sip.example.com", "expired_on": "2126-01-01T00:00:00.000Z" })),
        "messages": of(json!({ "uuid": UUID, "from": "12025550143", "to": "12025550196", "message": "Hello" })),
        "inbound_messages": of(json!({ "uuid": UUID, "from": "12025550196", "to": "12025550143", "message": "Hello" })),
        "addresses": of(named()),
        "office_hours": of(named()),
        "payments": of(resource()),
        "cart_entries": of(json!({ "uuid": UUID, "payload": {} })),
        "groups": of(json!({ "uuid": UUID, "name": "Example", "owner": "dana", "users": ["dana"] })),
        "numbers": ["12025550160-12025550199"],
    });
    seed.to_string()
}

/// Returns a path of the spec with the parameters of the seed.
fn path(operation: &str, template: &str) -> String {
    let token = match operation {
        "ModifyToken" => UUID,
        "RemoveByTokenString" => "example-token",
        _ => "example-invite",
    };
    let mut path = template.to_owned();
    for (name, value) in [
        ("uuid", UUID),
        ("session_uuid", UUID),
        ("sip_user_uuid", UUID),
        ("tn_lease", UUID),
        ("id", "dana"),
        ("domain", "sip.example.com"),
        ("tn", "12025550143"),
        ("ref_type", "payment"),
        ("token", token),
    ] {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    let query = match operation {
        "RequestUserPasswordResetEmail" | "RequestSIPUserPasswordResetEmailApp" => {
            "?email=alice@example.com&callback=https://example.com"
        }
        "GetTransactionInvoiceReport" | "GetTransactionDashboardReport" => {
            "?from=2026-01-01T00:00:00.000Z&to=2026-02-01T00:00:00.000Z"
        }
        _ => "",
    };
    path + query
}

/// Returns the first example of a request body, with the UUID of the seed in place of all others.
fn body(document: &Value, operation: &Value) -> Option<Value> {
    let examples = operation.pointer("/requestBody/content/application~1json/examples")?;
    let (_, example) = examples.as_object()?.iter().next()?;
    let reference = example["$ref"]
        .as_str()
        .and_then(|text| text.strip_prefix('#'));
    let example = reference
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(example);
    let mut value = example["value"].clone();
    replace_uuids(&mut value);
    Some(value)
}

fn replace_uuids(value: &mut Value) {
    match value {
        Value::String(text) if uuid::Uuid::try_parse(text).is_ok() => *text = UUID.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(replace_uuids),
        Value::Object(properties) => properties.values_mut().for_each(replace_uuids),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_responds_as_the_spec_says() {
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    let (seed, client) = (seed(), Client::new());
    let mut summary = String::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            let Some(id) = item.pointer(&format!("/{method}/operationId")) else {
                continue;
            };
            let (id, operation) = (id.as_str().unwrap(), &item[method]);
            // Each operation meets the state of the seed.
            let sandbox = Sandbox::builder().seed(&seed).check_responses();
            let sandbox = sandbox.start().await.unwrap();
            let url = format!("{}{}", sandbox.url(), path(id, template));
            let name = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let mut request = client.request(name, url);
            request = match (id, template.starts_with("/app")) {
                ("Auth", _) => request.basic_auth(sandbox.email(), Some(sandbox.password())),
                (_, true) => request.header("X-Auth-HA1B-Token", sandbox.token("dana")),
                _ => request.bearer_auth(sandbox.bearer_token()),
            };
            if let Some(body) = body(&document, operation) {
                request = request.json(&body);
            }
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            let is_example = response.headers().get("x-sandbox").is_some();
            let envelope: Value = response.json().await.unwrap();
            let message = envelope["message"].as_str().unwrap_or_default();
            let source = if is_example { "example" } else { "state" };
            summary += format!("{id}: {status} {source} {message}").trim_end();
            summary.push('\n');
        }
    }
    insta::assert_snapshot!(summary);
}
