//! Copies of the token in memory. A child process has a client, and the test reads its memory, which
//! is possible on Linux.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::process::Stdio;

use opentact_api::Client;

use crate::support::child;

const LENGTH: u8 = 40;

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
    let mut process = child::command(test)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut seen = Vec::new();
    let mut go_on = process.stdin.take().unwrap();
    for line in BufReader::new(process.stdout.take().unwrap()).lines() {
        if let Some(stage) = line.unwrap().split("stage: ").nth(1) {
            seen.push(format!("{stage}: {}", copies(process.id())));
            go_on.write_all(b"\n").unwrap();
        }
    }
    assert!(process.wait().unwrap().success());
    insta::assert_snapshot!(seen.join("\n"), @"
    nothing: 0
    a builder: 1
    two builders: 2
    a builder, a client and its clone: 2
    the clone: 1
    all dropped: 0
    a string dropped, which nothing overwrites: 1
    ");
}

fn have_a_token() {
    stage("nothing");
    let builder = Client::builder(token());
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

/// Waits until the test has read the memory.
fn stage(name: &str) {
    println!("stage: {name}");
    std::io::stdin()
        .lock()
        .read_line(&mut String::new())
        .unwrap();
}

/// Counts the copies of the token in the writable memory of a process. The first bytes do not count:
/// the allocator overwrites them when memory is freed.
fn copies(process: u32) -> usize {
    let token = &token().into_bytes()[16..];
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let writable = maps.lines().filter(|line| line.contains(" rw"));
    let regions = writable.map(|line| {
        let (start, end) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [start, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
        let mut region = vec![0; usize::try_from(end - start).unwrap()];
        // Some of the kernel's pages cannot be read.
        let read = memory.read_exact_at(&mut region, start);
        read.map_or(0, |()| {
            region
                .windows(token.len())
                .filter(|window| *window == token)
                .count()
        })
    });
    regions.sum()
}
