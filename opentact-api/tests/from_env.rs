//! The client from the environment. One test in a file of its own: the environment belongs
//! to the whole process, so that each case is a process of its own.

use std::process::Command;

use opentact_api::Client;

const CASE: &str = "OPENTACT_TEST_CASE";

#[test]
fn from_env() {
    if std::env::var_os(CASE).is_some() {
        match Client::from_env() {
            Ok(client) => println!("client of {}", client.base_url()),
            Err(error) => println!("error: {error}"),
        }
        return;
    }
    let run = |variables: &[(&str, &str)]| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["from_env", "--exact", "--nocapture"])
            .env_remove("OPENTACT_HA1B_TOKEN")
            .env_remove("OPENTACT_BASE_URL")
            .env(CASE, "1")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let token = ("OPENTACT_HA1B_TOKEN", "token");
    assert!(run(&[]).contains("error: the environment variable OPENTACT_HA1B_TOKEN is not set"));
    assert!(run(&[token]).contains("client of https://api.opentact.org/rest\n"));
    let local = ("OPENTACT_BASE_URL", "http://127.0.0.1:4010/rest");
    assert!(run(&[token, local]).contains("client of http://127.0.0.1:4010/rest\n"));
    let foreign = ("OPENTACT_BASE_URL", "http://example.com");
    assert!(run(&[token, foreign]).contains("error: the base URL cannot be used: plain `http`"));
}
