//! Errors of the service and of the network, in words for people.

use opentact_sandbox::Fault;

use crate::support::{UNKNOWN, assert_session, opentact, sandbox, session, transcript};

/// Returns an error response with this page.
fn page(status: &str, html: &str) -> Fault {
    let length = html.len();
    Fault::raw(format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{html}"
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_html_is_named_and_not_printed() {
    let sandbox = sandbox().await;
    let html =
        "<!DOCTYPE html>\n<html><head><title>Sign in to\n the hotel</title></head><body><p>Hi</p>";
    let mut all = String::new();
    for fault in [
        page("200 OK", html),
        page("403 Forbidden", "<html><body>no</body></html>"),
        page("200 OK", "Welcome"),
    ] {
        sandbox.inject(fault).unwrap();
        all += &session(&sandbox, &["group list"]);
    }
    assert_session!(all, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn request_may_have_been_done_only_if_the_status_does_not_exclude_it() {
    let sandbox = sandbox().await;
    let mut all = String::new();
    for status in [400, 408, 409, 429, 500, 501] {
        sandbox.inject(Fault::status(status).times(3)).unwrap();
        all += &session(&sandbox, &["group create Sales"]);
        sandbox.clear_faults();
    }
    assert_session!(all, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn base_url_that_cannot_be_used_names_its_source_and_a_way_out() {
    let sandbox = sandbox().await;
    let mut all = String::new();
    for url in [
        "",
        "127.0.0.1:4010/rest",
        "localhost",
        "ftp://127.0.0.1",
        "http://127.0.0.1:1/rest",
    ] {
        for by_option in [true, false] {
            let mut command = opentact(&sandbox);
            command.args(["group", "list", "--timeout", "5s"]);
            match by_option {
                true => command.args(["--base-url", url]),
                false => command.env("OPENTACT_BASE_URL", url),
            };
            let source = if by_option {
                "--base-url"
            } else {
                "OPENTACT_BASE_URL"
            };
            let output = transcript(&command.output().unwrap());
            all += &format!("{source} '{url}'\n{output}");
        }
    }
    insta::assert_snapshot!(all, @"");
}

/// The values of the environment are no arguments.
#[tokio::test(flavor = "multi_thread")]
async fn usage_lines_with_variables_set_show_only_what_is_typed() {
    let sandbox = sandbox().await;
    let mut all = String::new();
    for line in ["group delete", "group users Sales extra", "group set-users"] {
        let mut command = opentact(&sandbox);
        command
            .env("OPENTACT_CA_FILE", "/nowhere")
            .env("OPENTACT_PROFILE", "work")
            .env("OPENTACT_ALLOW_HTTP", "sandbox");
        let output = command.args(line.split(' ')).output().unwrap();
        all += &format!("$ opentact {line}\n{}\n", transcript(&output));
    }
    assert_session!(all, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_request_is_logged_with_scheme_host_and_port() {
    let sandbox = sandbox().await;
    let line = format!("group users {UNKNOWN} -v --base-url {}", sandbox.url());
    assert_session!(session(&sandbox, &[&line]), @"");
}
