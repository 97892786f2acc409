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
    assert_session!(all, @"
    $ opentact group list
    ! error: cannot list the groups of the current user: the response of http://127.0.0.1:<port> (set by OPENTACT_BASE_URL) is not as expected: it is not JSON: a page of HTML with the title `Sign in to the hotel`
    ! hint: check the base URL, which OPENTACT_BASE_URL sets
    [1]

    $ opentact group list
    ! error: cannot list the groups of the current user: a page of HTML (403 Forbidden from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    [4]

    $ opentact group list
    ! error: cannot list the groups of the current user: the response of http://127.0.0.1:<port> (set by OPENTACT_BASE_URL) is not as expected: it is not JSON: Welcome
    ! hint: check the base URL, which OPENTACT_BASE_URL sets
    [1]
    ");
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
    assert_session!(all, @"
    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (400 Bad Request from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    [1]

    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (408 Request Timeout from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    [1]

    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (409 Conflict from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    [1]

    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (429 Too Many Requests from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL), after 3 attempts
    ! hint: wait before the next request
    [1]

    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (500 Internal Server Error from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    ! hint: the service may have done it all the same: check before you repeat it
    [1]

    $ opentact group create Sales
    ! error: cannot create a group: an injected fault (501 Not Implemented from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)
    [1]
    ");
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
    insta::assert_snapshot!(all, @"
    --base-url ''
    ! error: the base URL of --base-url is empty
    ! hint: add http:// or https://
    [2]
    OPENTACT_BASE_URL ''
    ! error: the base URL of OPENTACT_BASE_URL is empty
    ! hint: add http:// or https://
    [2]
    --base-url '127.0.0.1:4010/rest'
    ! error: the base URL `127.0.0.1:4010/rest` of --base-url has no scheme
    ! hint: add http:// or https://
    [2]
    OPENTACT_BASE_URL '127.0.0.1:4010/rest'
    ! error: the base URL `127.0.0.1:4010/rest` of OPENTACT_BASE_URL has no scheme
    ! hint: add http:// or https://
    [2]
    --base-url 'localhost'
    ! error: the base URL `localhost` of --base-url has no scheme
    ! hint: add http:// or https://
    [2]
    OPENTACT_BASE_URL 'localhost'
    ! error: the base URL `localhost` of OPENTACT_BASE_URL has no scheme
    ! hint: add http:// or https://
    [2]
    --base-url 'ftp://127.0.0.1'
    ! error: the base URL of --base-url cannot be used: it is neither `https` nor `http`
    [2]
    OPENTACT_BASE_URL 'ftp://127.0.0.1'
    ! error: the base URL of OPENTACT_BASE_URL cannot be used: it is neither `https` nor `http`
    [2]
    --base-url 'http://127.0.0.1:1/rest'
    ! error: cannot list the groups of the current user: cannot reach http://127.0.0.1:1: Connection refused (os error 111), after 3 attempts
    ! hint: check the base URL, which --base-url sets
    [1]
    OPENTACT_BASE_URL 'http://127.0.0.1:1/rest'
    ! error: cannot list the groups of the current user: cannot reach http://127.0.0.1:1 (set by OPENTACT_BASE_URL): Connection refused (os error 111), after 3 attempts
    ! hint: check the base URL, which OPENTACT_BASE_URL sets
    [1]
    ");
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
    assert_session!(all, @"
    $ opentact group delete
    ! error: the following required arguments were not provided:
    !   <GROUP>
    ! 
    ! Usage: opentact group delete <GROUP>
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact group users Sales extra
    ! error: unexpected argument 'extra' found
    ! 
    ! Usage: opentact group users [OPTIONS] <GROUP>
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact group set-users
    ! error: the following required arguments were not provided:
    !   <GROUP>
    ! 
    ! Usage: opentact group set-users <GROUP> [USER]...
    ! 
    ! For more information, try '--help'.
    [2]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_request_is_logged_with_scheme_host_and_port() {
    let sandbox = sandbox().await;
    let line = format!("group users {UNKNOWN} -v --base-url {}", sandbox.url());
    assert_session!(session(&sandbox, &[&line]), @"
    $ opentact group users 00000000-0000-0000-0000-000000000003 -v --base-url http://127.0.0.1:<port>/rest
    ! The base URL is set by --base-url.
    ! GET http://127.0.0.1:<port>/rest/app/group/00000000-0000-0000-0000-000000000003/users 404 <n> ms
    ! error: `00000000-0000-0000-0000-000000000003`: cannot list the users of a group: there is no such group (404 Not Found from http://127.0.0.1:<port>)
    [3]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_token_of_an_operation_is_named_with_the_way_to_it() {
    let sandbox = sandbox().await;
    let lines = ["api sign_in", "number list", "domain list"];
    assert_session!(session(&sandbox, &lines), @"
    $ opentact api sign_in
    ! error: cannot sign in: it needs a sign-in with e-mail and password
    ! hint: `opentact login` does this
    [2]

    $ opentact number list
    ! error: cannot search the leases of telephone numbers: it needs the token of an account user or a sign-in with e-mail and password
    ! hint: sign in with `opentact login`, or set OPENTACT_BEARER_TOKEN
    [2]

    $ opentact domain list
    ! error: cannot list the SIP domains: it needs the token of an account user or a sign-in with e-mail and password
    ! hint: sign in with `opentact login`, or set OPENTACT_BEARER_TOKEN
    [2]
    ");
}
