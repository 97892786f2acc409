//! The memory for responses that cannot be decoded. A child process calls a server of the test, and reads
//! its own peak, which is possible on Linux.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use opentact_api::{Client, RetryPolicy};

use crate::support::server::TOKEN;
use crate::support::{GROUP, child};

/// The test that is run in the child process.
const TEST: &str = "decode_memory::undecodable_bodies_take_at_most_three_times_their_size";
/// The variable with the base URL for the child process.
const URL: &str = "OPENTACT_TEST_URL";
const MIB: usize = 1024 * 1024;
/// The size of a body: the largest that clients accept by default.
const BODY: usize = 8 * MIB;
/// Memory that does not depend on the body: buffers, and the stacks of threads.
const FIXED: usize = 4 * MIB;

/// The body of a response before the one that is measured. The pages of the program's code are then in
/// memory.
const FIRST: &str = r#"{"success": true, "payload": [{"login": 1, "groups": [{}]}, 7]}"#;

/// A user with every property, as the vendor's page shows it, and groups.
fn user(groups: &str) -> String {
    format!(
        r#"{{"created_on": "2024-01-16T14:15:48.540Z", "modified_on": "2024-02-16T14:15:48.540Z",
        "uuid": "{GROUP}", "login": "alice.liddell", "ha1": "0f7a1c5be2d94830a6b1f3c8d7e92045",
        "ha1b": "c1e8d2f07b3a4965e0d4b8a7f6c53912", "remote_ip": "192.0.2.17", "first_name": "Alice",
        "last_name": "Liddell", "email": "alice.liddell@example.com", "phone_number": "+12025550143",
        "avatar": "https://cdn.example.com/avatars/alice.png", "dob": "1991-06-14T00:00:00Z",
        "gender": "Female", "groups": [{groups}], "sip_connection": {{}}, "account": {{}},
        "created_by": {{}}, "modified_by": {{}}}}"#
    )
}

/// Returns a list of users of the size of a body, with another item at its start and at its end.
fn users(first: &str, user: &str, last: &str) -> String {
    let mut body = format!(r#"{{"success": true, "payload": [{first}"#);
    while body.len() + user.len() + last.len() < BODY - 10 {
        body += user;
        body.push(',');
    }
    body + last + "]}"
}

/// Calls a server with this response in a child process, and returns the peak of its memory in bytes.
fn peak(body: String) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/rest", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        for body in [FIRST, body.as_str()] {
            let (mut stream, _) = listener.accept().unwrap();
            let read = stream.read(&mut [0; 4096]).unwrap();
            assert!(read > 0);
            let length = body.len();
            // The client may stop reading.
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
        }
    });
    let output = child::pass(child::command(TEST).env(URL, url));
    server.join().unwrap();
    let peak = output.split("peak: ").nth(1).unwrap().lines().next();
    peak.unwrap().parse().unwrap()
}

#[test]
fn undecodable_bodies_take_at_most_three_times_their_size() {
    if child::is_child() {
        return call();
    }
    let user = user("");
    for (name, body) in [
        ("a fault at the start", users("7,", &user, &user)),
        ("a fault at the end", users("", &user, "7")),
        ("text that is cut", users("", &user, r#"{"login": "al"#)),
        ("a refusal", refusal()),
        ("a page", format!("<p>{}</p>", "no ".repeat(BODY / 3 - 30))),
        (
            "nested lists",
            format!(
                r#"{{"success": true, "payload": {}}}"#,
                "[".repeat(BODY - 40)
            ),
        ),
    ] {
        let peak = peak(body);
        assert!(peak <= 3 * BODY + FIXED, "{name}: {} KiB", peak / 1024);
    }
}

/// The decoded values may take more memory than the body. A fault adds nothing to them.
#[test]
fn undecodable_list_takes_no_more_memory_than_a_good_one() {
    let user = user(&format!(r#"{{"uuid": "{GROUP}", "name": "Sales"}}"#));
    let good = peak(users("", &user, &user));
    let bad = peak(users("", &user, "7"));
    assert!(
        bad <= good + FIXED,
        "{} and {} KiB",
        bad / 1024,
        good / 1024
    );
}

/// Each value is a warning until the fault at the end. `null` takes as much of the body and is no warning.
#[test]
fn many_values_that_cannot_be_read_take_no_more_memory_than_absent_ones() {
    let user = |value: &str| {
        let names =
            "dob login phone_number last_name first_name email gender avatar account groups";
        let entries = names.split(' ').map(|name| format!(r#""{name}":{value}"#));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
    };
    let [absent, bad] = ["null", "true"].map(|value| peak(users("", &user(value), "7")));
    assert!(
        bad <= absent + FIXED,
        "{} and {} KiB",
        bad / 1024,
        absent / 1024
    );
}

fn refusal() -> String {
    let message = "no ".repeat(BODY / 3 - 30);
    format!(r#"{{"success": false, "message": "{message}", "status": 400}}"#)
}

fn call() {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(std::env::var(URL).unwrap())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let send = || runtime.block_on(client.list_group_users().uuid(GROUP).send());
    assert!(send().is_err());
    // From here on, the kernel records the peak anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:");
    let result = send();
    println!("peak: {}", status("VmHWM:") - before);
    drop(result);
}

/// Returns a size of this process in bytes.
fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap();
    kilobytes.parse::<usize>().unwrap() * 1024
}
