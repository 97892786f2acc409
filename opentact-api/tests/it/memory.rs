//! Copies of the token in memory. A child process has a client, and the test reads its memory, which
//! is possible on Linux.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use opentact_api::{Client, RetryPolicy};

use crate::support::server::{Response, Server};
use crate::support::{child, secrets};

const LENGTH: u8 = 40;
/// The variable with the URL of a server that refuses every call.
const URL: &str = "OPENTACT_TEST_REFUSING_SERVER";

/// Returns a token that is long enough for its copies to survive in memory that is free.
fn long_token() -> String {
    token().repeat(8)
}

/// Makes the token at run time: a constant would be in the memory of the loaded program.
fn token() -> String {
    let mut token = String::with_capacity(LENGTH.into());
    token.extend((0..LENGTH).map(|byte| char::from(b'!' + byte * 2)));
    token
}

#[test]
fn token_is_overwritten_when_the_last_client_is_dropped() {
    if child::is_child() {
        return have_a_token();
    }
    let test = "memory::token_is_overwritten_when_the_last_client_is_dropped";
    let plain = [token().into_bytes()[16..].to_owned()];
    let seen = stages(&mut child::command(test), &plain, |copies| copies[0]);
    insta::assert_snapshot!(seen, @"
    nothing: 0
    a builder: 1
    two builders: 2
    a builder, a client and its clone: 2
    the clone: 1
    all dropped: 0
    a string dropped, which nothing overwrites: 1
    ");
}

#[test]
fn token_of_a_call_is_overwritten_when_its_request_or_call_ends() {
    if child::is_child() {
        return call_with_a_token();
    }
    let test = "memory::token_of_a_call_is_overwritten_when_its_request_or_call_ends";
    let plain = [token().into_bytes()[16..].to_owned()];
    let seen = stages(&mut child::command(test), &plain, |copies| copies[0]);
    insta::assert_snapshot!(seen, @"
    a client: 0
    a request: 1
    a request and its clone: 2
    the clone: 1
    a call that failed: 0
    ");
}

/// The password is kept as it is, to redact it, and in the Base64 of the header.
#[test]
fn password_is_overwritten_when_the_last_client_is_dropped() {
    if child::is_child() {
        return have_a_password();
    }
    let test = "memory::password_is_overwritten_when_the_last_client_is_dropped";
    // The three bytes before the password are four digits of their own.
    let base64 = STANDARD_NO_PAD.encode(token()).into_bytes()[16..48].to_owned();
    let both = [token().into_bytes()[16..].to_owned(), base64];
    let seen = stages(&mut child::command(test), &both, |copies| {
        copies[0] * 10 + copies[1]
    });
    // The first digit counts the plain copies, the second one those in Base64.
    insta::assert_snapshot!(seen, @"
    nothing: 0
    a builder: 10
    a client: 11
    a client and its clone: 11
    all dropped: 0
    ");
}

/// The copies that redaction makes are in hexadecimal and Base64, and of letters and digits only. Plain
/// copies do not count: the HTTP library has some in its buffers.
#[test]
fn token_encoded_for_redaction_is_overwritten() {
    if child::is_child() {
        return fail_with_a_token();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let body =
        r#"{"success": false, "message": "no such account, and no token either", "status": 401}"#;
    let server = runtime.block_on(Server::with(Response::json(401, body)));
    let test = "memory::token_encoded_for_redaction_is_overwritten";
    let mut command = child::command(test);
    let seen = stages(command.env(URL, &server.url), &encodings(), |copies| {
        copies.iter().filter(|copies| **copies > 0).count()
    });
    insta::assert_snapshot!(seen, @"
    nothing: 0
    calls refused: 0
    all dropped: 0
    encoded by the test: 5
    ");
}

/// Runs a test in a child process, and returns what is counted of the copies of each secret in its memory
/// at each stage.
fn stages(command: &mut Command, secrets: &[Vec<u8>], count: fn(&[usize]) -> usize) -> String {
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut seen = String::new();
    let mut go_on = process.stdin.take().unwrap();
    for line in BufReader::new(process.stdout.take().unwrap()).lines() {
        if let Some(stage) = line.unwrap().split("stage: ").nth(1) {
            let count = count(&copies(process.id(), secrets));
            seen += &format!("{stage}: {count}\n");
            go_on.write_all(b"\n").unwrap();
        }
    }
    assert!(process.wait().unwrap().success());
    seen
}

fn have_a_token() {
    stage("nothing");
    let builder = Client::builder().ha1b_token(token());
    stage("a builder");
    let other = builder.clone();
    stage("two builders");
    let client = builder.build().unwrap();
    let clone = client.clone();
    stage("a builder, a client and its clone");
    drop((other, client));
    stage("the clone");
    drop(clone);
    stage("all dropped");
    drop(token());
    stage("a string dropped, which nothing overwrites");
}

fn have_a_password() {
    stage("nothing");
    let builder = Client::builder().sign_in("me", token());
    stage("a builder");
    let client = builder.build().unwrap();
    stage("a client");
    let clone = client.clone();
    stage("a client and its clone");
    drop((client, clone));
    stage("all dropped");
}

/// Nothing is sent, because the HTTP library has copies of what it sends in its buffers.
fn call_with_a_token() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = Client::builder()
        .ha1b_token("another token")
        .base_url("http://127.0.0.1:1");
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    stage("a client");
    let request = client.list_groups().ha1b_token(token());
    stage("a request");
    let clone = request.clone();
    stage("a request and its clone");
    drop(request);
    stage("the clone");
    runtime.block_on(clone.send()).unwrap_err();
    stage("a call that failed");
}

fn fail_with_a_token() {
    let url = std::env::var(URL).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let builder = Client::builder()
        .ha1b_token(long_token())
        .retry(RetryPolicy::never());
    let client = builder.clone().base_url(url).build().unwrap();
    let unreachable = builder.base_url("http://127.0.0.1:1").build().unwrap();
    stage("nothing");
    runtime.block_on(async {
        for _ in 0..3 {
            client.list_groups().send().await.unwrap_err();
            client
                .delete_group()
                .uuid("no UUID")
                .send()
                .await
                .unwrap_err();
            unreachable.list_groups().send().await.unwrap_err();
        }
    });
    stage("calls refused");
    drop((client, unreachable, runtime));
    stage("all dropped");
    let encodings = encodings();
    stage("encoded by the test");
    drop(encodings);
}

/// Returns a part of each spelling that redaction looks for, but not the first bytes.
fn encodings() -> Vec<Vec<u8>> {
    let token = long_token();
    let hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
    let base64 = ["", ":", "a:"].map(|before| STANDARD_NO_PAD.encode(before.to_owned() + &token));
    let encodings = [token, hex].into_iter().chain(base64);
    let letters = encodings.map(|text| secrets::letters(&text).into_bytes());
    letters.map(|letters| letters[40..80].to_owned()).collect()
}

/// Waits until the test has read the memory.
fn stage(name: &str) {
    println!("stage: {name}");
    std::io::stdin()
        .lock()
        .read_line(&mut String::new())
        .unwrap();
}

/// Counts the copies of each secret in the writable memory of a process. The first bytes of a secret do not
/// count: the allocator overwrites them when memory is freed.
fn copies(process: u32, secrets: &[Vec<u8>]) -> Vec<usize> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut copies = vec![0; secrets.len()];
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [start, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
        let mut region = vec![0; usize::try_from(end - start).unwrap()];
        // Some of the kernel's pages cannot be read.
        if memory.read_exact_at(&mut region, start).is_err() {
            continue;
        }
        for (secret, copies) in secrets.iter().zip(&mut copies) {
            let windows = region.windows(secret.len());
            *copies += windows.filter(|window| window == secret).count();
        }
    }
    copies
}
