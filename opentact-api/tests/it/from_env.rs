//! A client whose settings come from environment variables.

use opentact_api::Client;

use crate::support::child;

#[test]
fn from_env_reads_token_and_base_url_or_names_the_variable() {
    if child::is_child() {
        return match Client::from_env() {
            Ok(client) => println!("client of {}", client.base_url()),
            Err(error) => println!("error: {error}"),
        };
    }
    let test = "from_env::from_env_reads_token_and_base_url_or_names_the_variable";
    let with = |variables: &[(&str, &str)]| {
        let mut command = child::command(test);
        command
            .env_remove("OPENTACT_HA1B_TOKEN")
            .env_remove("OPENTACT_BASE_URL")
            .envs(variables.iter().copied());
        child::pass(&mut command)
    };
    let token = ("OPENTACT_HA1B_TOKEN", "token");
    assert!(with(&[]).contains("error: the environment variable OPENTACT_HA1B_TOKEN is not set"));
    assert!(with(&[token]).contains("client of https://api.opentact.org/rest\n"));
    let local = ("OPENTACT_BASE_URL", "http://127.0.0.1:4010/rest");
    assert!(with(&[token, local]).contains("client of http://127.0.0.1:4010/rest\n"));
    let foreign = ("OPENTACT_BASE_URL", "http://example.com");
    assert!(with(&[token, foreign]).contains("error: the base URL cannot be used: plain `http`"));
}
