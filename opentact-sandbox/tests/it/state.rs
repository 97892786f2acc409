//! The state file and the seed.

use std::path::Path;

use opentact_sandbox::{Sandbox, StartError, User};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{account_call, envelope, request};

async fn start_error(seed: &str) -> String {
    match Sandbox::builder().seed(seed).start().await {
        Err(StartError::File(findings)) => findings,
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn seed_fills_users_groups_numbers_domains_and_messages() {
    let seed = "
users:
  - { login: zoe, first_name: Zoe, token: token-of-zoe }
  - { login: yan, sip_domain: sales.example.com }
domains:
  - { domain: sip.example.com }
  - { domain: sales.example.com }
groups:
  - { name: Sales, owner: zoe, users: [yan, zoe] }
numbers: [12025550100, 12025550110-12025550119]
leases:
  - { tn: 12025550100, sip_connection: Head office }
messages:
  - { from: 12025550100, to: 12025550101, message: Hello, state: sending, delivered: false }
inbound_messages:
  - { from: 12025550101, to: 12025550100, message: Hello yourself }
";
    let sandbox = Sandbox::builder()
        .seed(seed)
        .check_responses()
        .start()
        .await
        .unwrap();
    let (_, groups) = envelope(request(&sandbox, "zoe", "GET", "/app/group")).await;
    assert_eq!(groups["payload"][0]["users"][0]["login"], "yan");
    let search = async |path: &str| {
        let token = sandbox.bearer_token();
        account_call(&sandbox, token, Method::POST, path, json!({}))
            .await
            .1
    };
    assert_eq!(search("/tn/search").await["total"], 10);
    let leases = search("/lease/tn/search").await;
    assert_eq!(leases["data"][0]["sip_connection"]["name"], "Head office");
    let both = search("/sms/search?take=1").await;
    assert_eq!(
        (&both["total"], &both["data"][0]["state"]),
        (&json!(2), &json!("success"))
    );
    let inbound = search("/sms/search/inbound").await;
    assert_eq!(inbound["data"][0]["thread"], both["data"][0]["thread"]);
}

#[tokio::test]
async fn seed_with_mistakes_reports_all_of_them_with_line_and_column() {
    let mut errors = String::new();
    for seed in [
        "users: [",
        "- users",
        "user: []\nnumbers: [twelve]\n",
        "users:\n  - { login: zoe, firstname: Zoe }\n  - { first_name: Yan }\n  - zoe\n",
        "users:\n  - { login: zoe, first_name: 5 }\n  - { login: yan, sip_domain: nowhere.example.com }\n",
        "users:\n  - { login: zoe }\n  - { login: zoe, token: t }\n",
        "domains:\n  - { domain: sales.example.com }\n",
        "numbers: [1--9223372036854775808, 12025550199-12025550160, 1-9223372036854775807]\n",
        "groups:\n  - { name: Sales, owner: zoe, user: [bob] }\n  - { name: ab, owner: bob }\n",
        "groups: [{ name: 1234, owner: alice }, { name: Sales, owner: 5 }, Sales]\n",
        "groups:\n  - { name: Sales, owner: alice, users: alice, created_on: garbage, modified_on: 5, uuid: five }\n",
        "groups:\n  - { name: Sales, owner: alice, uuid: 11111111-1111-4111-8111-111111111111 }\n  - { name: Support, owner: bob, uuid: 11111111-1111-4111-8111-111111111111 }\n",
        "users:\n  - { login: zoe }\n  - { login: zoe, sip_domain: b }\ndomains: [{ domain: sip.example.com }, { domain: b }]\ngroups:\n  - { name: Sales, owner: zoe }\n",
        "tokens:\n  - { token: abcd }\n  - { token: abcd }\n",
        "",
        "# nothing\n",
        "users: &users []\ngroups: *users\n",
    ] {
        errors += &format!("{}\n\n", start_error(seed).await.trim_end());
    }
    insta::assert_snapshot!(errors);
}

#[tokio::test]
async fn state_file_keeps_everything_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let start = || {
        Sandbox::builder()
            .state_file(&file)
            .check_responses()
            .start()
    };
    let first = start().await.unwrap();
    // Characters that YAML treats in another way than JSON.
    let name = "Sales \u{7f}\u{85}\u{2028}\u{feff}😀 \\ \" : # é";
    let body = json!({ "name": name, "users": [first.uuid("bob")] });
    envelope(request(&first, "alice", "POST", "/app/group").json(&body)).await;
    let token = first.bearer_token();
    let body = json!({ "name": "opentact" });
    let (_, token) = account_call(&first, token, Method::POST, "/token", body).await;
    let order =
        json!({ "items": [{ "tn": 12_025_550_160_i64, "features": [], "autorenew": true }] });
    let token = token["token"].as_str().unwrap();
    let (status, _) = account_call(&first, token, Method::POST, "/order", order).await;
    assert_eq!(status, 201);
    let (_, before) = envelope(request(&first, "alice", "GET", "/app/group")).await;
    assert_eq!(before["payload"][0]["name"], name);
    first.stop().await;
    assert_private(&file);

    let second = start().await.unwrap();
    let (_, after) = envelope(request(&second, "alice", "GET", "/app/group")).await;
    assert_eq!(after, before);
    let leases = account_call(&second, token, Method::GET, "/lease/tn", Value::Null).await;
    assert_eq!(leases.1[0]["tn"]["tn"], 12_025_550_160_i64);
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "a temporary file is left");
}

fn assert_private(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert!(file.exists());
}

/// A seed in which each kind of resource that others refer to can be deleted.
const CONNECTED: &str = "
account_users:
  - { email: alice@example.com, password: secret }
  - { email: bob@example.com, password: secret }
tokens: [{ token: token-of-bob, user: bob@example.com }]
connections: [{ name: Head office, created_by: bob@example.com, outbound_voice_profile: Calls }]
control_apps: [{ name: Robot, modified_by: bob@example.com }]
messaging_profiles: [{ name: Texts, created_by: bob@example.com }]
voice_profiles: [{ name: Calls, tn_lease: 11111111-1111-4111-8111-111111111111 }]
leases:
  - uuid: 11111111-1111-4111-8111-111111111111
    tn: 12025550100
    sip_connection: Head office
    sip_control_app: Robot
    messaging_profile: Texts
domains:
  - { domain: sip.example.com, sip_connection: Head office, sip_control_app: Robot, outbound_voice_profile: Calls }
  - { domain: other.example.com }
switches: [{ sip_domain: other.example.com }]
invites: [{ sip_domain: other.example.com }]
addresses: [{ user: bob@example.com }]
messages:
  - { from: 12025550100, to: 12025550101, message: Hi, tn_lease: 11111111-1111-4111-8111-111111111111 }
inbound_messages:
  - { from: 12025550101, to: 12025550100, message: Hi, tnlease: 11111111-1111-4111-8111-111111111111 }
";

#[tokio::test]
async fn state_file_can_be_read_again_after_the_deletion_of_what_others_refer_to() {
    let folder = tempfile::tempdir().unwrap();
    for (index, (section, key, path)) in [
        ("account_users", "uuid", "/user/"),
        ("connections", "uuid", "/sip/connection/"),
        ("control_apps", "uuid", "/sip/app/"),
        ("messaging_profiles", "uuid", "/profile/messaging/"),
        ("voice_profiles", "uuid", "/profile/outbound_voice/"),
        ("leases", "uuid", "/lease/tn/"),
        ("domains", "domain", "/sip/domain/"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = folder.path().join(format!("state{index}.json"));
        let start = || {
            let sandbox = Sandbox::builder().seed(CONNECTED).check_responses();
            sandbox.state_file(&file).start()
        };
        let first = start().await.unwrap();
        let deleted = first.state()[section].as_array().unwrap().last().unwrap()[key].clone();
        let deleted = deleted.as_str().unwrap();
        let path = format!("{path}{deleted}");
        let token = first.bearer_token();
        let (status, body) = account_call(&first, token, Method::DELETE, &path, Value::Null).await;
        assert_eq!(status, 200, "{path} {body}");
        let state = first.state();
        assert!(!state.to_string().contains(deleted), "{section}: {state}");
        first.seed(&state.to_string()).unwrap();
        first.stop().await;
        assert_eq!(start().await.unwrap().state(), state, "{section}");
    }
}

#[tokio::test]
async fn state_file_can_be_read_again_after_a_seed_that_replaces_what_others_refer_to() {
    let folder = tempfile::tempdir().unwrap();
    for (index, seed) in [
        "accounts: [{ name: Another }]",
        "account_users: [{ email: carol@example.com }]",
        "connections: []",
        "leases: []",
        "domains: [{ domain: sip.example.com }]",
    ]
    .into_iter()
    .enumerate()
    {
        let file = folder.path().join(format!("state{index}.json"));
        let start = || Sandbox::builder().seed(CONNECTED).state_file(&file).start();
        let first = start().await.unwrap();
        first.seed(seed).unwrap();
        let state = first.state();
        first.stop().await;
        assert_eq!(start().await.unwrap().state(), state, "{seed}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn state_file_is_private_though_somebody_prepared_its_temporary_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let prepared = format!("state.json.{}.tmp", std::process::id());
    let prepared = folder.path().join(prepared);
    std::fs::write(&prepared, "").unwrap();
    std::fs::set_permissions(&prepared, PermissionsExt::from_mode(0o666)).unwrap();
    Sandbox::builder().state_file(&file).start().await.unwrap();
    assert_private(&file);
    assert_eq!(std::fs::read_to_string(&prepared).unwrap(), "");
}

#[tokio::test]
async fn state_file_with_users_of_unusual_logins_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let start = || Sandbox::builder().state_file(&file).start();
    let first = start().await.unwrap();
    let token = first.bearer_token();
    let domain = json!({ "domain": "b" });
    account_call(&first, token, Method::POST, "/sip/domain", domain).await;
    // The default tokens of the first two cannot be sent, and those of the others are the same.
    for (domain, login) in [
        ("sip.example.com", "Zoë"),
        ("sip.example.com", ""),
        ("sip.example.com", "a@b"),
        ("b", "a"),
    ] {
        let body = json!({ "login": login, "password": "secret" });
        let path = format!("/sip/domain/{domain}/user");
        let (status, user) = account_call(&first, token, Method::POST, &path, body).await;
        assert_eq!(status, 200, "{login} {user}");
    }
    let state = first.state();
    first.stop().await;
    assert_eq!(start().await.unwrap().state(), state);
}

#[tokio::test]
async fn state_file_with_users_of_unusual_properties_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let start = || {
        let user = User::new("zoe").property("user", "a friend");
        Sandbox::builder().user(user).state_file(&file).start()
    };
    let first = start().await.unwrap();
    let state = first.state();
    first.stop().await;
    assert_eq!(start().await.unwrap().state(), state);
}

#[tokio::test]
async fn seed_refers_to_one_of_two_users_of_the_same_login_by_uuid() {
    let uuid = "11111111-1111-4111-8111-111111111111";
    let seed = format!(
        "
domains: [{{ domain: sip.example.com }}, {{ domain: b }}]
users: [{{ login: zoe }}, {{ login: zoe, sip_domain: b, uuid: {uuid} }}]
groups: [{{ name: Sales, owner: {uuid} }}]
"
    );
    let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
    assert_eq!(sandbox.state()["groups"][0]["owner"], uuid);
}

#[tokio::test]
async fn state_file_with_a_mistake_is_reported_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let text = "{\n  \"version\": 1,\n  \"domainz\": []\n}\n";
    std::fs::write(&file, text).unwrap();
    let error = Sandbox::builder()
        .state_file(&file)
        .start()
        .await
        .unwrap_err();
    let error = error
        .to_string()
        .replace(&file.display().to_string(), "state.json");
    insta::assert_snapshot!(error);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn change_that_cannot_be_saved_is_an_error_that_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let sandbox = Sandbox::builder().state_file(&file).start().await.unwrap();
    folder.close().unwrap();
    let create = request(&sandbox, "alice", "POST", "/app/group").json(&json!({ "name": "Sales" }));
    let (status, envelope) = envelope(create).await;
    let message = envelope["message"].as_str().unwrap();
    assert_eq!(status.as_u16(), 500);
    assert!(
        message.starts_with("the state was changed but not saved: "),
        "{message}"
    );
    assert!(message.contains("state.json"), "{message}");
}

#[tokio::test]
async fn reset_restores_the_state_of_the_start_and_seed_adds_to_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let groups = async || {
        let (_, groups) = envelope(request(&sandbox, "alice", "GET", "/app/group")).await;
        groups["payload"].as_array().unwrap().len()
    };
    sandbox
        .seed("groups: [{name: Sales, owner: alice}]")
        .unwrap();
    assert_eq!(groups().await, 1);
    assert!(
        sandbox
            .seed("groups: [{name: Support, owner: zoe}]")
            .is_err()
    );
    assert_eq!(groups().await, 1, "a seed with a mistake changes nothing");
    assert_eq!(sandbox.state()["groups"][0]["name"], "Sales");
    sandbox.reset().unwrap();
    assert_eq!(groups().await, 0);
    let response = Client::new()
        .get(format!("{}/app", sandbox.url()))
        .send()
        .await;
    assert_eq!(response.unwrap().status(), 401);
}
