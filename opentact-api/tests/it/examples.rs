//! The examples. They print their results, so each test runs again in a child process, whose output
//! is compared.

#[allow(dead_code)] // `main`
#[path = "../../examples/blocking.rs"]
mod blocking;
#[allow(dead_code)]
#[path = "../../examples/company_proxy.rs"]
mod company_proxy;
#[allow(dead_code)]
#[path = "../../examples/create_group.rs"]
mod create_group;
#[allow(dead_code)]
#[path = "../../examples/handle_errors.rs"]
mod handle_errors;
#[allow(dead_code)]
#[path = "../../examples/list_groups.rs"]
mod list_groups;
#[allow(dead_code)]
#[path = "../../examples/metrics.rs"]
mod metrics;
#[allow(dead_code)]
#[path = "../../examples/share_client.rs"]
mod share_client;
#[allow(dead_code)]
#[path = "../../examples/timeouts_and_retries.rs"]
mod timeouts_and_retries;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use insta::assert_snapshot;
use opentact_api::{Client, Proxy};

use crate::support::authority::Authority;
use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::proxy::{Proxy as ProxyServer, Tunnel};
use crate::support::server::Server;
use crate::support::{ALICE, BOB, GROUP, child, secrets};

const URL: &str = "OPENTACT_BASE_URL";
/// The lines before and after the output of an example.
const START: &str = "=== start ===\n";
const END: &str = "=== end ===\n";

/// Runs a test of this file in a child process and returns the output of its example.
fn output_of(test: &str, url: &str) -> String {
    let mut command = child::command(&format!("examples::{test}"));
    command
        .env("OPENTACT_HA1B_TOKEN", secrets::TOKEN)
        .env(URL, url);
    let stdout = child::pass(&mut command);
    let (_, output) = stdout.split_once(START).unwrap();
    output.split_once(END).unwrap().0.to_owned()
}

/// Marks the output of an example in a child process.
async fn marked<T>(example: impl Future<Output = T>) -> T {
    print!("{START}");
    let result = example.await;
    print!("{END}");
    result
}

/// Marks the output and the exit code of `handle_errors`.
async fn handle_errors_in_child(group: &str) {
    let client = Client::from_env().unwrap();
    marked(async {
        let code = handle_errors::run(&client, group).await;
        println!("success: {}", code == ExitCode::SUCCESS);
    })
    .await;
}

/// Starts a server that returns a group with a user, or the user.
async fn working_server() -> FaultyServer {
    let server = FaultyServer::start(Behaviour::Close).await;
    server.recover();
    server
}

/// The connection to the proxy is encrypted, and the proxy decrypts the requests to the service. It has
/// both certificates from an authority that only the example trusts.
#[tokio::test(flavor = "multi_thread")]
async fn company_proxy_lists_the_groups() {
    const AUTHORITY: &str = "OPENTACT_TEST_AUTHORITY";
    const PROXY: &str = "OPENTACT_TEST_PROXY";
    let test = "examples::company_proxy_lists_the_groups";
    if child::is_child() {
        let client = Client::builder()
            .ha1b_token(secrets::TOKEN)
            .base_url("https://service.test/rest");
        let authority = PathBuf::from(std::env::var_os(AUTHORITY).unwrap());
        let proxy = Proxy::url(std::env::var(PROXY).unwrap()).credentials("alice", "secret");
        let example = company_proxy::run(client, &authority, proxy);
        return marked(example).await.unwrap();
    }
    let authority = Authority::new();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), authority.pem()).unwrap();
    let service = Server::start().await;
    let shown = Arc::new(authority.server(&["service.test"]));
    let tunnel = Tunnel::Inspect(shown, service.address().port());
    let encryption = authority.server(&["127.0.0.1"]);
    let proxy = ProxyServer::start(tunnel, Some(encryption)).await;
    let mut command = child::command(test);
    command
        .env(AUTHORITY, file.path())
        .env(PROXY, format!("https://127.0.0.1:{}", proxy.port));
    let output = child::pass(&mut command);
    let (_, output) = output.split_once(START).unwrap();
    assert_snapshot!(output.split_once(END).unwrap().0, @"groups: 0");
    let requests = service.requests();
    let user_agent = requests[0].header("user-agent").unwrap();
    assert!(
        user_agent.ends_with(" company-directory/1.0"),
        "{user_agent}"
    );
    // The proxy of the example decrypts the request, and so it sees the token.
    assert!(proxy.seen().contains(secrets::TOKEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn list_groups_prints_groups_and_users() {
    if child::is_child() {
        let client = Client::from_env().unwrap();
        return marked(list_groups::run(&client)).await.unwrap();
    }
    let server = working_server().await;
    assert_snapshot!(output_of("list_groups_prints_groups_and_users", &server.url), @r"
    0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 Sales
        alice
    groups: 1
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn create_group_creates_a_group_and_adds_users() {
    if child::is_child() {
        let client = Client::from_env().unwrap();
        let example = create_group::run(&client, "Sales", vec![ALICE, BOB]);
        return marked(example).await.unwrap();
    }
    let server = Server::start().await;
    assert_snapshot!(output_of("create_group_creates_a_group_and_adds_users", &server.url), @r"
    0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 Sales
    users: 0
    ");
    let requests = server.requests();
    let bodies: Vec<&str> = requests
        .iter()
        .map(|request| request.body.as_str())
        .collect();
    assert_snapshot!(bodies.join("\n"), @r#"
    {"name":"Sales"}
    {"users":["5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812","c2d1a7f4-6b3e-4f0d-9a55-1e8b7d90c6a3"]}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors_deletes_the_group() {
    if child::is_child() {
        return handle_errors_in_child(&GROUP.to_string()).await;
    }
    let server = working_server().await;
    assert_snapshot!(output_of("handle_errors_deletes_the_group", &server.url), @r"
    deleted Sales
    success: true
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors_with_an_invalid_uuid_advises_a_correction() {
    if child::is_child() {
        return handle_errors_in_child("4711").await;
    }
    let server = working_server().await;
    let test = "handle_errors_with_an_invalid_uuid_advises_a_correction";
    let output = output_of(test, &server.url);
    let (_reason_of_the_uuid_crate, advice) = output.split_once('\n').unwrap();
    assert_snapshot!(advice, @r"
    => correct the program or its input
    success: false
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors_with_a_rate_limit_advises_to_wait() {
    if child::is_child() {
        return handle_errors_in_child(&GROUP.to_string()).await;
    }
    let server = FaultyServer::start(Behaviour::Respond(
        "429 Too Many Requests",
        "retry-after: 60\r\n",
        r#"{"success": false, "message": "too many requests", "status": 429}"#.into(),
    ))
    .await;
    assert_snapshot!(output_of("handle_errors_with_a_rate_limit_advises_to_wait", &server.url), @r"
    delete_group (DELETE /app/group/{uuid}): the service refused, status 429 Too Many Requests: too many requests (wait 60 s before the next request)
    => try again in 60 seconds
    success: false
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn timeouts_and_retries_fails_soon_and_outlasts_an_outage() {
    if child::is_child() {
        let builder = Client::builder()
            .ha1b_token(secrets::TOKEN)
            .base_url(std::env::var(URL).unwrap());
        return marked(timeouts_and_retries::run(builder)).await.unwrap();
    }
    let once = Behaviour::RespondOnce("503 Service Unavailable", "", vec![]);
    let server = FaultyServer::start(once).await;
    let test = "timeouts_and_retries_fails_soon_and_outlasts_an_outage";
    assert_snapshot!(output_of(test, &server.url), @r"
    list_groups (GET /app/group): the service reported an error, status 503 Service Unavailable
    groups: 1
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn share_client_counts_the_users_of_each_group() {
    if child::is_child() {
        let client = Client::from_env().unwrap();
        return marked(share_client::run(&client)).await.unwrap();
    }
    let server = working_server().await;
    assert_snapshot!(output_of("share_client_counts_the_users_of_each_group", &server.url), @"users in Sales: 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_prints_the_groups() {
    if child::is_child() {
        let client = Client::from_env().unwrap();
        return marked(async { blocking::run(&client) }).await.unwrap();
    }
    let server = working_server().await;
    assert_snapshot!(output_of("blocking_prints_the_groups", &server.url), @"0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 Sales");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_records_each_attempt() {
    if child::is_child() {
        let builder = Client::builder()
            .ha1b_token(secrets::TOKEN)
            .base_url(std::env::var(URL).unwrap());
        return marked(metrics::run(builder)).await.unwrap();
    }
    let once = Behaviour::RespondOnce("429 Too Many Requests", "", vec![]);
    let server = FaultyServer::start(once).await;
    let output = output_of("metrics_records_each_attempt", &server.url);
    assert!(output.contains("http.client.request.duration"), "{output}");
    // The order is not fixed, and the port is another one in each run.
    let points = output.split("DataPoint #").skip(1).map(|point| {
        let attributes = point
            .lines()
            .filter_map(|line| line.trim().strip_prefix("->"));
        let attributes = attributes.map(str::trim);
        let attributes = attributes.filter(|attribute| !attribute.starts_with("server.port"));
        let mut attributes: Vec<&str> = attributes.collect();
        attributes.sort_unstable();
        attributes.join(", ")
    });
    let mut points: Vec<String> = points.collect();
    points.sort_unstable();
    assert_snapshot!(points.join("\n"), @r"
    error.type: 429, http.request.method: GET, http.response.status_code: 429, server.address: 127.0.0.1, url.template: /app/group
    http.request.method: GET, http.response.status_code: 200, server.address: 127.0.0.1, url.template: /app/group
    ");
}
