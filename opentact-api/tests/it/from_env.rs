//! A client whose settings come from environment variables.

use opentact_api::Client;

use crate::support::child;

#[test]
fn from_env_reads_tokens_and_base_url_or_names_the_variable() {
    if child::is_child() {
        return match Client::from_env() {
            Ok(client) => println!("client of {}", client.base_url()),
            Err(error) => println!("error: {error}"),
        };
    }
    let test = "from_env::from_env_reads_tokens_and_base_url_or_names_the_variable";
    let with = |variables: &[(&str, &str)]| {
        let mut command = child::command(test);
        command
            .env_remove("OPENTACT_HA1B_TOKEN")
            .env_remove("OPENTACT_BEARER_TOKEN")
            .env_remove("OPENTACT_JWT")
            .env_remove("OPENTACT_BASE_URL")
            .env_remove("OPENTACT_ALLOW_HTTP")
            .envs(variables.iter().copied());
        child::pass(&mut command)
    };
    let none = "error: none of these environment variables is set: OPENTACT_HA1B_TOKEN, \
                OPENTACT_JWT, OPENTACT_BEARER_TOKEN";
    assert!(with(&[]).contains(none));
    let local = ("OPENTACT_BASE_URL", "http://127.0.0.1:4010/rest");
    let foreign = ("OPENTACT_BASE_URL", "http://example.com");
    assert!(with(&[local]).contains(none));
    let token = ("OPENTACT_HA1B_TOKEN", "token");
    let sandbox = ("OPENTACT_BASE_URL", "http://sandbox:4010/rest");
    let allow = |hosts| ("OPENTACT_ALLOW_HTTP", hosts);
    for hosts in ["sandbox", "other, Sandbox", "sandbox,", " , sandbox"] {
        let shown = with(&[token, sandbox, allow(hosts)]);
        assert!(shown.contains("client of http://sandbox:4010/rest\n"));
    }
    for (hosts, reason) in [
        ("other", "the base URL cannot be used: plain `http`"),
        ("sandbox.local", "the base URL cannot be used: plain `http`"),
        ("", "the base URL cannot be used: plain `http`"),
        (
            "sandbox,api.opentact.org",
            "the environment variable OPENTACT_ALLOW_HTTP cannot be used: it is a host of the service",
        ),
    ] {
        let shown = with(&[token, sandbox, allow(hosts)]);
        assert!(shown.contains(&format!("error: {reason}")), "{shown}");
    }
    for name in [
        "OPENTACT_HA1B_TOKEN",
        "OPENTACT_BEARER_TOKEN",
        "OPENTACT_JWT",
    ] {
        let token = (name, "token");
        assert!(with(&[token]).contains("client of https://api.opentact.org/rest\n"));
        assert!(with(&[token, allow("")]).contains("client of https://"));
        assert!(with(&[token, local]).contains("client of http://127.0.0.1:4010/rest\n"));
        let shown = with(&[token, foreign]);
        assert!(shown.contains("error: the base URL cannot be used: plain `http`"));
        let empty = format!("error: the environment variable {name} cannot be used: it is empty");
        assert!(with(&[(name, "")]).contains(&empty));
    }
}
